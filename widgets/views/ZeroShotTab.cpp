#include "widgets/views/ZeroShotTab.h"

#include "widgets/views/AlignmentData.h"
#include "widgets/views/EmbeddingRows.h"
#include "widgets/views/ProbabilityBars.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSet>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

constexpr int kDelay = 400; // milliseconds without typing
constexpr int kBulkDelay = 1500; // while samples are still being embedded, batch by batch

QStringList linesOf(const QPlainTextEdit& edit)
{
    QStringList lines;
    for (const QString& line : edit.toPlainText().split(u'\n')) {
        const QString text = line.trimmed();
        if (!text.isEmpty() && !lines.contains(text))
            lines << text;
    }
    return lines;
}

}

ZeroShotTab::ZeroShotTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_modality(new QComboBox)
    , m_labels(new QPlainTextEdit)
    , m_templates(new QPlainTextEdit(QStringLiteral("{}")))
    , m_headline(new QLabel)
    , m_accuracy(new QLabel)
    , m_bars(new ProbabilityBars)
    , m_delay(new QTimer(this))
{
    m_delay->setSingleShot(true);
    buildLayout();
    connect(m_labels, &QPlainTextEdit::textChanged, this, [this] {
        m_ownLabels = true;
        m_delay->start(kDelay);
        Q_EMIT stateChanged();
    });
    connect(m_templates, &QPlainTextEdit::textChanged, this, [this] {
        m_delay->start(kDelay);
        Q_EMIT stateChanged();
    });
    connect(m_modality, &QComboBox::activated, this, [this] {
        ask();
        Q_EMIT stateChanged();
    });
    connect(m_delay, &QTimer::timeout, this, &ZeroShotTab::ask);
    connect(&session, &Session::selectionChanged, this, &ZeroShotTab::ask);
    connect(&session, &Session::samplesChanged, this, &ZeroShotTab::fillLabels);
    connect(&session, &Session::opened, this, [this] {
        m_ownLabels = false;
        fillLabels();
    });
    connect(&session, &Session::embeddingsChanged, this, [this] {
        fillModalities();
        m_delay->start(m_session.isEmbedding() ? kBulkDelay : kDelay);
    });
    connect(&session, &Session::valueReady, this, &ZeroShotTab::receive);
    connect(
        &session, &Session::valueFailed, this, [this](const QString& key, const QString& error) {
            if (key != m_currentKey && key != m_scopeKey)
                return;
            (key == m_currentKey ? m_headline : m_accuracy)->setText(error);
            (key == m_currentKey ? m_currentKey : m_scopeKey).clear();
        });
    fillLabels();
    fillModalities();
    ask();
}

void ZeroShotTab::buildLayout()
{
    m_labels->setAccessibleName(tr("Labels, one a line"));
    m_labels->setTabChangesFocus(true);
    m_templates->setAccessibleName(tr("Templates, one a line"));
    m_templates->setTabChangesFocus(true);
    m_templates->setMaximumHeight(84);
    m_templates->setToolTip(tr("{} stands for the label. Several templates are averaged."));
    m_modality->setAccessibleName(tr("What is classified"));
    m_headline->setWordWrap(true);
    m_accuracy->setWordWrap(true);
    m_accuracy->setForegroundRole(QPalette::PlaceholderText);

    auto* left = new QVBoxLayout;
    left->setSpacing(6);
    const auto labelled = [left](const QString& text, QWidget* widget, int stretch) {
        auto* label = new QLabel(text);
        label->setBuddy(widget);
        left->addWidget(label);
        left->addWidget(widget, stretch);
    };
    labelled(tr("&Classify"), m_modality, 0);
    labelled(tr("La&bels, one a line"), m_labels, 1);
    labelled(tr("&Templates, {} is the label"), m_templates, 0);
    auto* leftSide = new QWidget;
    leftSide->setLayout(left);
    left->setContentsMargins(0, 0, 0, 0);
    leftSide->setFixedWidth(240);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_bars);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_headline);
    right->addWidget(scroll, 1);
    right->addWidget(m_accuracy);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 10, 8, 8);
    layout->setSpacing(20);
    layout->addWidget(leftSide);
    layout->addLayout(right, 1);
}

void ZeroShotTab::fillLabels()
{
    if (m_ownLabels)
        return;
    QStringList labels;
    QSet<QString> seen;
    for (const Sample& sample : m_session.samples()) {
        if (!sample.label.isEmpty() && !seen.contains(sample.label)) {
            seen.insert(sample.label);
            labels << sample.label;
        }
    }
    std::sort(labels.begin(), labels.end(),
        [](const QString& a, const QString& b) { return a.localeAwareCompare(b) < 0; });
    const QString text = labels.join(u'\n');
    if (text == m_labels->toPlainText())
        return;
    const QSignalBlocker blocker(m_labels);
    m_labels->setPlainText(text);
    m_delay->start(kDelay);
}

void ZeroShotTab::fillModalities()
{
    const QVariant before = m_modality->currentData();
    m_modality->clear();
    for (const Modality modality : m_session.embeddedModalities()) {
        if (modality != Modality::Text)
            m_modality->addItem(modalityTitle(modality), int(modality));
    }
    m_modality->setCurrentIndex(std::max(0, m_modality->findData(before)));
}

void ZeroShotTab::setScope(const QStringList& ids, const QString& title)
{
    if (ids == m_scope && title == m_scopeTitle)
        return;
    m_scope = ids;
    m_scopeTitle = title;
    m_delay->start(kDelay);
}

QStringList ZeroShotTab::labels() const
{
    return linesOf(*m_labels);
}

QStringList ZeroShotTab::templates() const
{
    const QStringList lines = linesOf(*m_templates);
    return lines.isEmpty() ? QStringList {QStringLiteral("{}")} : lines;
}

QString ZeroShotTab::accuracyText() const
{
    return m_accuracy->text();
}

bool ZeroShotTab::isSettled() const
{
    return m_currentKey.isEmpty() && m_scopeKey.isEmpty() && !m_delay->isActive();
}

Recipe ZeroShotTab::recipe(const EmbeddingSet& set, const QStringList& ids) const
{
    return {QStringLiteral("score.zeroshot"),
        {{QStringLiteral("model"), m_session.currentModel()},
            {QStringLiteral("labels"), QJsonArray::fromStringList(labels())},
            {QStringLiteral("templates"), QJsonArray::fromStringList(templates())}},
        {{QStringLiteral("embeddings"), rowsName(set, ids)}}};
}

void ZeroShotTab::ask()
{
    m_delay->stop();
    m_currentKey.clear();
    m_scopeKey.clear();
    m_currentValue.reset();
    m_scopeValue.reset();
    m_asked = labels();
    m_accuracy->clear();
    m_bars->setProbabilities({}, {}, {});
    const auto set = m_modality->currentIndex() < 0
        ? nullptr
        : m_session.embeddings(Modality(m_modality->currentData().toInt()));
    if (!set) {
        m_headline->setText(tr("Nothing but text is embedded yet. Add pictures or sounds and embed "
                               "them: Analyse ▸ Embed every sample."));
    } else if (labels().size() < 2) {
        m_headline->setText(tr("Write at least two labels on the left, one a line."));
    } else {
        askCurrent(*set);
        askScope(*set);
    }
}

void ZeroShotTab::askCurrent(const EmbeddingSet& set)
{
    const QString id = m_session.current();
    if (id.isEmpty() || set.indexOf(id) < 0) {
        m_headline->setText(id.isEmpty()
                ? tr("Select a sample to classify it.")
                : tr("The selected sample has no embedding in this modality."));
        return;
    }
    const Recipe asked = recipe(set, {id});
    m_currentKey = asked.key();
    m_headline->setText(tr("Computing…"));
    Inputs inputs;
    inputs.values[QStringLiteral("embeddings")] = rowsFor(set, {id});
    m_session.request(asked, inputs, tr("Zero-shot classification"));
}

void ZeroShotTab::askScope(const EmbeddingSet& set)
{
    const QStringList known = labels();
    const QSet<QString> names(known.begin(), known.end());
    const QSet<QString> embedded(set.ids.begin(), set.ids.end());
    QStringList ids;
    for (const QString& id : m_scope) {
        const Sample* sample = m_session.sample(id);
        if (sample && names.contains(sample->label) && embedded.contains(id))
            ids << id;
    }
    if (ids.isEmpty()) {
        m_accuracy->setText(tr("%1: no sample has one of these labels, so there is no accuracy.")
                                .arg(m_scopeTitle));
        return;
    }
    const Recipe asked = recipe(set, ids);
    m_scopeKey = asked.key();
    m_scopeIds = ids;
    Inputs inputs;
    inputs.values[QStringLiteral("embeddings")] = rowsFor(set, ids);
    m_session.request(asked, inputs, tr("Zero-shot accuracy"));
}

void ZeroShotTab::receive(const QString& key, const ValuePtr& value)
{
    if (key == m_currentKey) { // both keys are one when the scope is the current sample alone
        m_currentValue = value;
        showCurrent(*value);
    }
    if (key == m_scopeKey) {
        m_scopeValue = value;
        showAccuracy(*value);
    }
    if (key == m_currentKey)
        m_currentKey.clear();
    if (key == m_scopeKey)
        m_scopeKey.clear();
}

} // namespace triptych
