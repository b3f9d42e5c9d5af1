#include "widgets/views/AttentionPane.h"

#include "widgets/views/CommandText.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

constexpr int kDelay = 250; // ms of quiet before typed text or a dragged layer is computed
const QLatin1String kRaw("attend.raw");

/// Draws no map by itself, or is shown by AttentionWords.
bool isHelper(const QString& id)
{
    return id == u"attend.maps" || id == kRaw || id == u"attend.cross" || id == u"attend.joint";
}

}

AttentionPane::AttentionPane(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_method(new QComboBox)
    , m_towards(new QLabel(tr("towards")))
    , m_target(new QComboBox)
    , m_text(new QLineEdit)
    , m_canvas(new AttentionCanvas)
    , m_caption(new QLabel)
    , m_delay(new QTimer(this))
{
    // Two panels stay halves: the boxes give way, and show the whole name when they open.
    for (QComboBox* box : {m_method, m_target}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(box == m_method ? 14 : 9);
    }
    m_method->setAccessibleName(tr("Method"));
    m_target->setAccessibleName(tr("Target of the explanation"));
    m_text->setAccessibleName(tr("Text to explain the similarity to"));
    m_text->setPlaceholderText(tr("a text of your own"));
    m_text->setMinimumWidth(90);
    m_caption->setWordWrap(true);
    m_caption->setForegroundRole(QPalette::PlaceholderText);
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_caption->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelay);

    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_method);
    bar->addWidget(m_towards);
    bar->addWidget(m_target);
    bar->addWidget(m_text, 1);
    bar->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_caption);

    connect(m_method, &QComboBox::activated, this, [this] {
        Q_EMIT methodChanged();
        refresh();
        Q_EMIT stateChanged();
    });
    connect(m_target, &QComboBox::activated, this, [this] {
        m_chosenTarget = m_target->currentData().toString();
        refresh();
        if (m_text->isVisible())
            m_text->setFocus();
        Q_EMIT stateChanged();
    });
    connect(m_text, &QLineEdit::textEdited, m_delay, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::editingFinished, this, &AttentionPane::stateChanged);
    connect(m_delay, &QTimer::timeout, this, &AttentionPane::request);
    connect(&session, &Session::engineReady, this, &AttentionPane::fillMethods);
    connect(
        &session, &Session::valueReady, this, [this](const QString& key, const ValuePtr& value) {
            if (key == m_waitingFor) {
                m_waitingFor.clear();
                if (!attention::isMap(*value)) {
                    showMessage(tr(
                        "The map of this sample cannot be read. Choose another method or sample."));
                    return;
                }
                m_shownKey = key;
                m_value = value;
                draw(*value);
            }
        });
    connect(&session, &Session::valueFailed, this, [this](const QString& key, const QString& error) {
        if (key != m_waitingFor)
            return;
        m_waitingFor.clear();
        showMessage(error);
    });
    fillMethods();
}

void AttentionPane::fillMethods()
{
    const QString wanted = m_wantedMethod.isEmpty() ? method() : m_wantedMethod;
    m_method->clear();
    if (m_subject.attends)
        m_method->addItem(tr("Attention of a head"), QString(kRaw));
    for (const MethodInfo& each : m_session.methods()) {
        const bool fits = m_subject.attends || each.id == u"attend.gradcam";
        if (each.room == QLatin1String("attention") && !isHelper(each.id) && fits) {
            m_method->addItem(translatedTitle(each), each.id);
            m_method->setItemData(m_method->count() - 1, each.reference, Qt::ToolTipRole);
        }
    }
    m_method->setCurrentIndex(std::max(0, m_method->findData(wanted)));
    if (method() == wanted)
        m_wantedMethod.clear();
    Q_EMIT methodChanged();
    refresh();
}

QString AttentionPane::method() const
{
    const QString id = m_method->currentData().toString();
    return id.isEmpty() ? QString(kRaw) : id;
}

void AttentionPane::setMethod(const QString& id)
{
    m_wantedMethod = id;
    fillMethods();
}

const MethodInfo* AttentionPane::info() const
{
    const auto& methods = m_session.methods();
    const auto found = std::find_if(methods.begin(), methods.end(),
        [&](const MethodInfo& each) { return each.id == method(); });
    return found == methods.end() ? nullptr : &*found;
}

bool AttentionPane::hasOption(const QString& name) const
{
    const MethodInfo* method = info();
    return method
        && std::any_of(method->options.begin(), method->options.end(),
            [&](const OptionInfo& option) { return option.name == name; });
}

bool AttentionPane::explainsOwnText() const
{
    return hasOption(QStringLiteral("target")) && m_target->currentData().toString() == kOwnText;
}

bool AttentionPane::usesLayer() const
{
    return method() == kRaw || hasOption(QStringLiteral("layer"));
}

bool AttentionPane::usesHead() const
{
    return method() == kRaw || hasOption(QStringLiteral("head"));
}

void AttentionPane::setSubject(const AttentionSubject& subject)
{
    const bool other
        = subject.sampleId != m_subject.sampleId || subject.modality != m_subject.modality;
    const bool others = subject.attends != m_subject.attends;
    const bool level = subject.layer != m_subject.layer || subject.head != m_subject.head;
    if (subject.frame != m_subject.frame)
        m_value.reset();
    m_subject = subject;
    if (other) {
        m_canvas->setModality(subject.modality);
        m_value.reset();
    }
    fillTargets();
    if (others) {
        if (!subject.attends)
            m_wantedMethod = method(); // comes back with the next tower that attends
        fillMethods();
        return;
    }
    // A dragged layer slider asks a method that computes per layer only when it comes to rest.
    if (!other && level && method() != kRaw) {
        if (usesLayer())
            m_delay->start();
        return;
    }
    refresh();
}

void AttentionPane::refresh()
{
    const bool target = !m_subject.sampleId.isEmpty() && hasOption(QStringLiteral("target"));
    m_towards->setVisible(target);
    m_target->setVisible(target);
    m_text->setVisible(target && explainsOwnText());
    m_delay->stop();
    if (m_subject.sampleId.isEmpty() || (method() == kRaw && !m_subject.maps)) {
        m_waitingFor.clear();
        showMessage(m_subject.waiting);
    } else if (method() == kRaw) {
        m_waitingFor.clear();
        drawRaw();
    } else {
        request();
    }
}

void AttentionPane::drawRaw()
{
    const Value& maps = *m_subject.maps;
    m_value.reset();
    m_canvas->setMessage({});
    m_canvas->setValueCaption(tr("attention probability"));
    m_canvas->setMap(attention::slice(maps, m_subject.layer, m_subject.head), maps.info);
    const double special = attention::specialShare(maps, m_subject.layer, m_subject.head);
    setCaption(tr("How much of the query's attention goes to each cell in this head; %1 % goes to "
                  "special positions. "
                  "It shows where the head looks, not what decides the embedding.")
                   .arg(shortNumber(100 * special)),
        maps.info);
    Q_EMIT mapChanged();
}

void AttentionPane::request()
{
    if (!m_session.sample(m_subject.sampleId) || method() == kRaw)
        return;
    const QJsonObject asked = options();
    const bool own = explainsOwnText();
    if (own && m_text->text().trimmed().isEmpty()) {
        m_waitingFor.clear();
        showMessage(tr("Type a text above: the map then shows which parts speak for it."));
        return;
    }
    const Recipe recipe = m_session.recipeFor(method(), m_subject.sampleId, asked);
    if (m_value && recipe.key() == m_shownKey) {
        m_waitingFor.clear();
        return;
    }
    m_waitingFor = recipe.key();
    if (!m_value)
        showMessage(tr("Computing…"));
    m_session.request(recipe, m_subject.sampleId, m_method->currentText());
}

void AttentionPane::draw(const Value& value)
{
    m_canvas->setMessage({});
    m_canvas->setValueCaption(
        method() == QLatin1String("attend.similarity") ? tr("cosine") : tr("relevance"));
    if (method() == QLatin1String("attend.rollout"))
        m_canvas->setValueCaption(tr("share of the rollout"));
    m_canvas->setMap(attention::map(value), value.info);
    const QString label = value.info.value(u"label").toString();
    const QString caption = translatedCaption(value.info.value(QLatin1String("caption")).toString());
    setCaption(label.isEmpty() ? caption : tr("Class: %1.").arg(label) + u' ' + caption, value.info);
    Q_EMIT mapChanged();
}

void AttentionPane::showMessage(const QString& message)
{
    m_value.reset();
    m_canvas->setMap({});
    m_canvas->setMessage(message);
    m_caption->clear();
    Q_EMIT mapChanged();
}

} // namespace triptych
