#include "widgets/views/MapBar.h"

#include "widgets/forms/OptionForm.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/views/CommandText.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTimer>
#include <QToolButton>
#include <QWidgetAction>
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

QHBoxLayout* lineOf(QWidget* widget)
{
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(6);
    return layout;
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

QToolButton* MapBar::button(const QString& text, const QString& tip, bool checkable)
{
    auto* result = new QToolButton(this);
    result->setText(text);
    result->setToolTip(tip);
    result->setStatusTip(tip);
    result->setAccessibleName(text);
    result->setCheckable(checkable);
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

QWidget* MapBar::buildProjectionLine()
{
    auto* widget = new QWidget(this);
    auto* line = lineOf(widget);
    m_method = new QComboBox(this);
    m_method->setAccessibleName(tr("Projection"));
    m_method->setPlaceholderText(tr("Projection"));
    m_method->setToolTip(tr("How the embeddings are laid out in two dimensions"));
    connect(m_method, &QComboBox::activated, this, [this](int index) {
        chooseMethod(m_method->itemData(index).toString());
        Q_EMIT projectionChanged();
    });
    line->addWidget(m_method);

    m_form = new OptionForm(this);
    m_form->setContentsMargins(8, 8, 8, 8);
    auto* menu = new QMenu(this);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(m_form);
    menu->addAction(action);
    m_optionsButton = button(tr("Options"), tr("Neighbours, distance, seed and the like"), false);
    m_optionsButton->setPopupMode(QToolButton::InstantPopup);
    m_optionsButton->setMenu(menu);
    line->addWidget(m_optionsButton);
    m_settle = new QTimer(this); // one run for several quick changes
    m_settle->setSingleShot(true);
    m_settle->setInterval(500);
    connect(m_form, &OptionForm::changed, this, [this] {
        m_options[m_methodId] = m_form->values();
        m_settle->start();
    });
    connect(m_settle, &QTimer::timeout, this, &MapBar::projectionChanged);

    m_run = button(tr("Run"), tr("Lay the map out anew, with the samples that were placed on it"), false);
    connect(m_run, &QToolButton::clicked, this, &MapBar::runClicked);
    line->addWidget(m_run);
    m_progress = new QLabel(this);
    m_progress->setObjectName(QStringLiteral("quiet"));
    line->addWidget(m_progress);
    line->addStretch();

    m_matches = new QLabel(this);
    m_matches->setObjectName(QStringLiteral("quiet"));
    line->addWidget(m_matches);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search text or /regex/"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setToolTip(tr("Fades what does not match; Enter selects what does"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    connect(m_search, &QLineEdit::textChanged, this, &MapBar::searchChanged);
    connect(m_search, &QLineEdit::returnPressed, this, &MapBar::matchesTaken);
    line->addWidget(m_search, 1);
    return widget;
}

QWidget* MapBar::buildLookLine()
{
    auto* widget = new QWidget(this);
    auto* line = lineOf(widget);
    auto* label = new QLabel(tr("Colour"), this);
    line->addWidget(label);
    m_color = new QComboBox(this);
    m_color->setAccessibleName(tr("Colour by"));
    label->setBuddy(m_color);
    connect(m_color, &QComboBox::activated, this, [this] {
        m_wantedColor.clear();
        rebuildChips();
        Q_EMIT colorChanged();
    });
    line->addWidget(m_color);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(4);
    line->addLayout(m_chips);
    m_pairs = button(tr("Pairs"), tr("Lines between the modalities of each sample"), true);
    connect(m_pairs, &QToolButton::toggled, this, &MapBar::pairsChanged);
    line->addWidget(m_pairs);
    line->addStretch();

    auto* tools = new QButtonGroup(this);
    const std::tuple<QString, QString, ScatterPlot::Tool> table[] {
        { tr("Move"), tr("Drag moves the map; Shift and drag selects a box"), ScatterPlot::Tool::Move },
        { tr("Box"), tr("Drag selects a box; Shift adds"), ScatterPlot::Tool::Box },
        { tr("Lasso"), tr("Draw round points to select them; Shift adds"), ScatterPlot::Tool::Lasso },
    };
    for (const auto& [text, tip, tool] : table) {
        auto* item = button(text, tip, true);
        item->setChecked(tool == ScatterPlot::Tool::Move);
        tools->addButton(item);
        connect(item, &QToolButton::clicked, this, [this, which = tool] { Q_EMIT toolChanged(which); });
        line->addWidget(item);
    }
    auto* fit = button(tr("Fit"), tr("Show every point"), false);
    connect(fit, &QToolButton::clicked, this, &MapBar::fitClicked);
    line->addWidget(fit);
    return widget;
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
        { QStringLiteral("hidden"), hidden }, { QStringLiteral("pairs"), m_pairs->isChecked() } };
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
    const QSignalBlocker quiet(m_pairs);
    m_pairs->setChecked(state.value(QLatin1String("pairs")).toBool());
}

} // namespace triptych
