#include "widgets/views/AlignmentView.h"

#include "widgets/views/CommandText.h"
#include "widgets/views/MatrixTab.h"
#include "widgets/views/RetrievalTab.h"
#include "widgets/views/ZeroShotTab.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

constexpr qsizetype kLargest = 4000; // pairs: 64 MB of cosines
constexpr int kDelay = 120; // milliseconds: a lasso changes the selection many times
constexpr int kBulkDelay = 1500; // while samples are still being embedded, batch by batch

QString pairId(Modality a, Modality b)
{
    return modalityName(a) + u':' + modalityName(b);
}

}

AlignmentView::AlignmentView(Session& session, QWidget* parent)
    : View(session, parent)
    , m_pair(new QComboBox)
    , m_scope(new QComboBox)
    , m_count(new QLabel)
    , m_tabs(new QTabWidget)
    , m_matrix(new MatrixTab(session))
    , m_retrieval(new RetrievalTab(session))
    , m_scores(new ScoresTab)
    , m_zeroShot(new ZeroShotTab(session))
    , m_delay(new QTimer(this))
{
    m_delay->setSingleShot(true);
    buildLayout();
    connect(m_delay, &QTimer::timeout, this, &AlignmentView::measure);
    connect(m_pair, &QComboBox::activated, this, [this] {
        m_wantedPair.clear();
        measure();
        Q_EMIT stateChanged();
    });
    connect(m_scope, &QComboBox::activated, this, [this] {
        m_scopeChosen = true;
        measure();
        Q_EMIT stateChanged();
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &AlignmentView::stateChanged);
    connect(m_matrix, &MatrixTab::stateChanged, this, &AlignmentView::stateChanged);
    connect(m_zeroShot, &ZeroShotTab::stateChanged, this, &AlignmentView::stateChanged);
    connect(&session, &Session::embeddingsChanged, this, &AlignmentView::fillPairs);
    connect(&session, &Session::samplesChanged, this, [this] { m_delay->start(kDelay); });
    connect(&session, &Session::engineReady, this, [this] { m_delay->start(kDelay); });
    connect(&session, &Session::opened, this, [this] {
        m_scopeChosen = false;
        fillPairs();
    });
    connect(&session, &Session::selectionChanged, this, [this] {
        if (scope() == Scope::Selection)
            m_delay->start(kDelay);
    });
    connect(&session, &Session::valueReady, this, &AlignmentView::receive);
    connect(&session, &Session::valueFailed, this, &AlignmentView::fail);
    fillPairs();
}

QString AlignmentView::title() const
{
    return tr("Alignment");
}

void AlignmentView::buildLayout()
{
    for (const Scope scope : {Scope::Unseen, Scope::Seen, Scope::All, Scope::Selection})
        m_scope->addItem(scopeTitle(scope), scopeName(scope));
    m_pair->setAccessibleName(tr("Pair of modalities"));
    m_pair->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_scope->setAccessibleName(tr("Samples to measure over"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto* top = new QHBoxLayout;
    top->setSpacing(6);
    const auto labelled = [top](const QString& text, QWidget* widget) {
        auto* label = new QLabel(text);
        label->setBuddy(widget);
        top->addWidget(label);
        top->addWidget(widget);
        top->addSpacing(10);
    };
    labelled(tr("&Pair"), m_pair);
    labelled(tr("&Over"), m_scope);
    top->addWidget(m_count);
    top->addStretch();
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_matrix, tr("Similarity"));
    m_tabs->addTab(m_retrieval, tr("Retrieval"));
    m_tabs->addTab(m_scores, tr("Scores"));
    m_tabs->addTab(m_zeroShot, tr("Zero-shot"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_tabs, 1);
}

void AlignmentView::fillPairs()
{
    const QString wanted = m_wantedPair.isEmpty() ? m_pair->currentData().toString() : m_wantedPair;
    const std::vector<Modality> modalities = session().embeddedModalities();
    m_pair->clear();
    for (const Modality a : modalities) {
        for (const Modality b : modalities) {
            if (a != b)
                m_pair->addItem(
                    modalityTitle(a) + QStringLiteral(" → ") + modalityTitle(b), pairId(a, b));
        }
    }
    m_pair->setCurrentIndex(m_pair->count() == 0 ? -1 : std::max(0, m_pair->findData(wanted)));
    if (m_pair->currentData().toString() == m_wantedPair)
        m_wantedPair.clear();
    m_pair->setEnabled(m_pair->count() > 0);
    if (!m_scopeChosen)
        m_scope->setCurrentIndex(m_scope->findData(scopeName(defaultScope(session()))));
    m_delay->start(session().isEmbedding() ? kBulkDelay : kDelay);
}

Scope AlignmentView::scope() const
{
    return scopeFromName(m_scope->currentData().toString()).value_or(Scope::All);
}

QString AlignmentView::emptyReason(const PairRows& pairs) const
{
    if (session().samples().empty())
        return tr(
            "Nothing is open yet. Drop pictures, sounds and texts, or open the sample workspace.");
    if (m_pair->count() == 0) {
        return session().isEmbedding()
            ? tr("Embedding the samples… the numbers follow.")
            : tr("An alignment needs embeddings of two modalities, such as pictures and their "
                 "texts. "
                 "Add samples that have both; Analyse ▸ Embed every sample starts the rest.");
    }
    if (pairs.size() < 2) {
        return scope() == Scope::Selection
            ? tr("Select at least two samples that have both modalities: drag a lasso on the map, "
                 "or Ctrl+click in the library.")
            : tr("Fewer than two samples here have both modalities. Choose another pair or other "
                 "samples above.");
    }
    if (pairs.size() > kLargest) {
        return tr("%1 pairs are more than this view measures at once (%2). Choose fewer samples "
                  "above; the command line has no limit.")
            .arg(QLocale().toString(pairs.size()), QLocale().toString(kLargest));
    }
    return {};
}

void AlignmentView::measure()
{
    m_delay->stop();
    m_similarityKey.clear();
    m_scoresKey.clear();
    AlignmentResult result;
    const QStringList names = m_pair->currentData().toString().split(u':');
    const auto a = modalityFromName(names.value(0));
    const auto b = modalityFromName(names.value(1));
    if (a && b)
        result.pairs = pairRows(session(), *a, *b, scope());
    result.message = emptyReason(result.pairs);
    m_zeroShot->setScope(scopeIds(session(), scope()), scopeTitle(scope()));
    setResult(result);
    if (!result.message.isEmpty())
        return;
    const Recipe similarity {QStringLiteral("score.similarity"), {}, result.pairs.recipeInputs()};
    const Recipe scores {QStringLiteral("score.all"), {}, result.pairs.recipeInputs()};
    m_similarityKey = similarity.key();
    m_scoresKey = scores.key();
    const Inputs inputs = result.pairs.inputs();
    session().request(similarity, inputs, tr("Similarity matrix"));
    session().request(scores, inputs, tr("Alignment scores"));
}

void AlignmentView::receive(const QString& key, const ValuePtr& value)
{
    if (key != m_similarityKey && key != m_scoresKey)
        return;
    AlignmentResult result = m_result;
    if (key == m_similarityKey) {
        m_similarityKey.clear();
        const qint64 count = result.pairs.size();
        if (value->has(QStringLiteral("similarity"))
            && value->array(QStringLiteral("similarity")).shape == QList<qint64> {count, count})
            result.similarity = value;
        else
            result.message
                = tr("The similarity matrix does not fit the samples. Choose the samples again.");
    } else {
        m_scoresKey.clear();
        result.scores = value;
    }
    setResult(result);
}

void AlignmentView::fail(const QString& key, const QString& error)
{
    if (key != m_similarityKey && key != m_scoresKey)
        return;
    m_similarityKey.clear();
    m_scoresKey.clear();
    AlignmentResult result = m_result;
    result.message = error;
    setResult(result);
}

void AlignmentView::setResult(const AlignmentResult& result)
{
    m_result = result;
    m_count->setText(result.pairs.size() > 0
            ? tr("N = %1 pairs").arg(QLocale().toString(result.pairs.size()))
            : QString());
    m_matrix->setResult(result);
    m_retrieval->setResult(result);
    m_scores->setResult(result);
}

bool AlignmentView::isSettled() const
{
    return m_similarityKey.isEmpty() && m_scoresKey.isEmpty() && !m_delay->isActive()
        && m_zeroShot->isSettled();
}

View* makeAlignmentView(Session& session)
{
    return new AlignmentView(session);
}

} // namespace triptych
