#include "widgets/views/MapBar.h"

#include "widgets/forms/OptionForm.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/views/CommandText.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

/// What is not chosen here: a map on screen has two dimensions, and runs resume by themselves.
const QStringList& hiddenOptions()
{
    static const QStringList names { QStringLiteral("dims"), QStringLiteral("threads"),
        QStringLiteral("from"), QStringLiteral("until"), QStringLiteral("quality") };
    return names;
}

/// The marker of a modality, in `color`.
QIcon shapeIcon(Modality modality, const QColor& color)
{
    QPixmap pixmap(32, 32);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(16, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPath(markerPath(shapeOf(modality), 20));
    return pixmap;
}

} // namespace

MapBar::MapBar(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(0);
    layout->addWidget(buildProjectionLine());
    layout->addWidget(buildLookLine());
}

void MapBar::setMethods(const std::vector<MethodInfo>& methods)
{
    m_methods.clear();
    m_method->clear();
    for (const MethodInfo& method : methods) {
        // Methods of the room that are no maps (placing, measuring) take further inputs.
        if (method.room != QLatin1String("projection") || !method.id.startsWith(QLatin1String("project."))
            || method.inputs != QStringList { QStringLiteral("embeddings") })
            continue;
        m_methods.push_back(method);
        m_method->addItem(translatedTitle(method), method.id);
    }
    chooseMethod(m_methodId);
}

void MapBar::chooseMethod(const QString& id)
{
    m_methodId = id;
    m_method->setCurrentIndex(m_method->findData(id));
    const auto found = std::find_if(m_methods.begin(), m_methods.end(),
        [&id](const MethodInfo& method) { return method.id == id; });
    if (found == m_methods.end())
        return;
    QStringList names;
    for (const OptionInfo& option : found->options)
        if (!hiddenOptions().contains(option.name))
            names << option.name;
    const QSignalBlocker quiet(m_form);
    m_form->setOptions(names.isEmpty() ? QList<OptionInfo> {} : found->options, names);
    m_form->setValues(m_options.value(id).toObject());
    m_options[id] = m_form->values();
    m_optionsButton->setEnabled(!names.isEmpty());
}

QJsonObject MapBar::options() const
{
    return m_options.value(m_methodId).toObject();
}

QString MapBar::color() const
{
    const QString id = m_color->currentData().toString();
    return id.isEmpty() ? QStringLiteral("modality") : id;
}

bool MapBar::pairsShown() const
{
    return m_pairs->isChecked();
}

bool MapBar::picturesShown() const
{
    return m_pictures->isChecked();
}

QString MapBar::search() const
{
    return m_search->text().trimmed();
}

void MapBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void MapBar::setColorChoices(const QList<ColorChoice>& choices)
{
    const QString before = m_wantedColor.isEmpty() ? color() : m_wantedColor;
    m_color->clear();
    for (const ColorChoice& choice : choices)
        m_color->addItem(choice.title, choice.id);
    m_color->setCurrentIndex(std::max(0, m_color->findData(before)));
}

void MapBar::setModalities(const std::vector<Modality>& modalities)
{
    if (modalities == m_modalities)
        return;
    m_modalities = modalities;
    rebuildChips();
}

void MapBar::rebuildChips()
{
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const ThemeColors theme = themeColors(palette());
    const bool own = color() == QLatin1String("modality"); // else colours mean something else
    const std::vector<Modality> order { Modality::Image, Modality::Text, Modality::Audio, Modality::Video,
        Modality::Features };
    for (const Modality modality : m_modalities) {
        auto* chip = button(modalityTitle(modality), tr("Show or hide this modality"), true);
        chip->setObjectName(QStringLiteral("chip"));
        const auto number = std::find(order.begin(), order.end(), modality) - order.begin();
        chip->setIcon(shapeIcon(modality, own ? categoryColor(int(number), theme.dark) : theme.muted));
        chip->setIconSize({ 12, 12 });
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setChecked(std::find(m_hidden.begin(), m_hidden.end(), modality) == m_hidden.end());
        connect(chip, &QToolButton::toggled, this, [this, modality](bool on) {
            std::erase(m_hidden, modality);
            if (!on)
                m_hidden.push_back(modality);
            Q_EMIT modalitiesChanged();
        });
        m_chips->addWidget(chip);
    }
}

void MapBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuildChips();
}

void MapBar::setPairCount(qsizetype count)
{
    m_pairs->setText(count > 0 ? tr("Pairs (%L1)").arg(count) : tr("Pairs"));
    m_pairs->setEnabled(count > 0);
}

void MapBar::setMatches(qsizetype count)
{
    m_matches->setText(count < 0 ? QString() : tr("%n found", nullptr, int(count)));
}

void MapBar::setProjectionState(MapProjection::State state, int epoch, int epochs)
{
    using State = MapProjection::State;
    const bool running = state == State::Running;
    m_run->setText(running ? tr("Pause") : state == State::Paused ? tr("Resume") : tr("Run"));
    m_run->setEnabled(state != State::Empty && state != State::Waiting);
    QString text;
    if (running && epochs > 0)
        text = tr("epoch %1 of %2 (%3 %)").arg(epoch).arg(epochs).arg(100 * epoch / epochs);
    else if (running)
        text = tr("starting…");
    else if (state == State::Paused)
        text = tr("paused at epoch %1 of %2").arg(epoch).arg(epochs);
    m_progress->setText(text);
}

QJsonObject MapBar::state() const
{
    QJsonArray hidden;
    for (const Modality modality : m_hidden)
        hidden.append(modalityName(modality));
    return { { QStringLiteral("method"), m_methodId }, { QStringLiteral("options"), m_options },
        { QStringLiteral("color"), m_wantedColor.isEmpty() ? color() : m_wantedColor },
        { QStringLiteral("hidden"), hidden }, { QStringLiteral("pairs"), m_pairs->isChecked() },
        { QStringLiteral("pictures"), m_pictures->isChecked() } };
}

void MapBar::setState(const QJsonObject& state)
{
    m_options = state.value(QLatin1String("options")).toObject();
    const QString method = state.value(QLatin1String("method")).toString();
    chooseMethod(method.isEmpty() ? QStringLiteral("project.umap") : method);
    m_wantedColor = state.value(QLatin1String("color")).toString();
    if (const int at = m_color->findData(m_wantedColor); at >= 0)
        m_color->setCurrentIndex(at);
    m_hidden.clear();
    for (const QJsonValue& name : state.value(QLatin1String("hidden")).toArray())
        if (const auto modality = modalityFromName(name.toString()))
            m_hidden.push_back(*modality);
    rebuildChips();
    const QSignalBlocker quietPictures(m_pictures);
    m_pictures->setChecked(state.value(QLatin1String("pictures")).toBool());
    const QSignalBlocker quiet(m_pairs);
    m_pairs->setChecked(state.value(QLatin1String("pairs")).toBool());
}

} // namespace triptych
