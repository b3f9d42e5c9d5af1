#include "widgets/views/RetrievalTab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {

QString direction(Modality from, Modality to)
{
    return modalityTitle(from) + QStringLiteral(" → ") + modalityTitle(to);
}

QLabel* messageLabel()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    label->setMargin(24);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

ValueTable::Cell number(const QJsonValue& value, int decimals)
{
    if (!value.isDouble())
        return {QStringLiteral("–"), -1.0, {}};
    return {QLocale().toString(value.toDouble(), 'f', decimals), value.toDouble(), {}};
}

struct Metric {
    const char* key;
    QString title;
    QString about;
    int decimals;
};

}

RetrievalTab::RetrievalTab(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_message(messageLabel())
    , m_numbers(new ValueTable)
    , m_direction(new QComboBox)
    , m_filter(new QLineEdit)
    , m_count(new QLabel)
    , m_misses(new ValueTable)
{
    m_numbers->setAccessibleName(tr("Retrieval scores"));
    m_misses->setAccessibleName(tr("Queries that missed"));
    m_direction->setAccessibleName(tr("Direction of the misses"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(220);
    m_filter->setAccessibleName(tr("Filter the misses"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_misses->setHeaders({tr("Query"), tr("Rank of its own"), tr("Came first instead"),
        tr("Cosine, own"), tr("Cosine, first")});

    auto* bar = new QHBoxLayout;
    auto* label = new QLabel(tr("&Misses"));
    label->setBuddy(m_direction);
    bar->addWidget(label);
    bar->addWidget(m_direction);
    bar->addWidget(m_count);
    bar->addStretch();
    bar->addWidget(m_filter);
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 6, 0, 0);
    lowerLayout->setSpacing(8);
    lowerLayout->addLayout(bar);
    lowerLayout->addWidget(m_misses, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_numbers);
    splitter->addWidget(lower);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({160, 400});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 10, 8, 8);
    layout->addWidget(m_message, 1);
    layout->addWidget(splitter, 1);
    m_message->hide();

    connect(m_direction, &QComboBox::currentIndexChanged, this, &RetrievalTab::fillMisses);
    connect(m_filter, &QLineEdit::textChanged, m_misses, &ValueTable::setFilter);
    connect(
        m_misses, &ValueTable::picked, this, [this](const QString& id) { m_session.select({id}); });
    connect(&session, &Session::selectionChanged, this,
        [this] { m_misses->showSample(m_session.current()); });
}

void RetrievalTab::setResult(const AlignmentResult& result)
{
    m_result = result;
    const bool there = result.message.isEmpty() && result.scores;
    m_message->setText(result.message.isEmpty() ? tr("Measuring…") : result.message);
    m_message->setVisible(!there);
    m_numbers->parentWidget()->setVisible(there);
    if (!there)
        return;
    const QSignalBlocker blocker(m_direction);
    const int before = qMax(0, m_direction->currentIndex());
    m_direction->clear();
    m_direction->addItem(direction(result.pairs.a, result.pairs.b));
    m_direction->addItem(direction(result.pairs.b, result.pairs.a));
    m_direction->setCurrentIndex(before);
    fillNumbers();
    fillMisses();
}

void RetrievalTab::setDirection(int direction)
{
    m_direction->setCurrentIndex(direction);
}

void RetrievalTab::fillNumbers()
{
    const QJsonObject info = m_result.scores->info;
    const QJsonObject forward = info.value(QLatin1String("a_to_b")).toObject();
    const QJsonObject back = info.value(QLatin1String("b_to_a")).toObject();
    const QJsonObject chance = info.value(QLatin1String("chance")).toObject();
    const QString n = QLocale().toString(m_result.pairs.size());
    m_numbers->setHeaders({tr("Score"), direction(m_result.pairs.a, m_result.pairs.b),
        direction(m_result.pairs.b, m_result.pairs.a), tr("Chance"), tr("N"), tr("Definition")});

    const QString recall
        = tr("share of queries with a positive among the first %1; higher is better");
    const std::array metrics {
        Metric {"recall_at_1", tr("R@1"), recall.arg(1), 3},
        Metric {"recall_at_5", tr("R@5"), recall.arg(5), 3},
        Metric {"recall_at_10", tr("R@10"), recall.arg(10), 3},
        Metric {"median_rank", tr("Median rank"),
            tr("rank = 1 + number ranked higher + half of the ties, best positive; 1 is best"), 1},
        Metric {"mrr", tr("MRR"), tr("mean of 1 / rank; 1 is best"), 3},
    };
    QList<ValueTable::Row> rows;
    for (const Metric& metric : metrics) {
        const QLatin1String key(metric.key);
        const QString tip = tr("%1: %2. N = %3 pairs; samples of one group, such as equal "
                               "captions, count as positives of each "
                               "other. Values of different N cannot be compared.")
                                .arg(metric.title, metric.about, n);
        QList<ValueTable::Cell> cells {{metric.title, metric.title, tip},
            number(forward.value(key), metric.decimals), number(back.value(key), metric.decimals),
            number(chance.value(key), metric.decimals), {n, m_result.pairs.size(), {}},
            {metric.about, metric.about, tip}};
        for (int c = 1; c < 4; ++c)
            cells[c].toolTip = tip;
        rows << ValueTable::Row {{}, cells};
    }
    m_numbers->setRows(rows);
    m_numbers->resizeColumnsToContents();
}

void RetrievalTab::fillMisses()
{
    if (!m_result.scores || !m_result.similarity) {
        m_misses->setRows({});
        return;
    }
    const bool back = m_direction->currentIndex() == 1;
    const PairRows& pairs = m_result.pairs;
    const Modality from = back ? pairs.b : pairs.a;
    const Modality to = back ? pairs.a : pairs.b;
    const std::vector<double> ranks
        = ranksOf(*m_result.scores, back ? QStringLiteral("ranks_b") : QStringLiteral("ranks_a"));
    if (qsizetype(ranks.size()) != pairs.size()) {
        m_misses->setRows({});
        return;
    }
    const std::vector<Miss> found = misses(
        m_result.similarity->array(QStringLiteral("similarity")), ranks, pairs.groups, back);
    const auto name = [this](const QString& id, Modality modality) {
        const Sample* sample = m_session.sample(id);
        return sample ? caption(*sample, modality) : id;
    };
    QList<ValueTable::Row> rows;
    rows.reserve(qsizetype(found.size()));
    for (const Miss& miss : found) {
        const QString query = name(pairs.ids[miss.query], from);
        const QString first = name(pairs.ids[miss.first], to);
        rows << ValueTable::Row {pairs.ids[miss.query],
            {{query, query, {}}, number(miss.rank, miss.rank == double(qint64(miss.rank)) ? 0 : 1),
                {first, first, {}}, number(double(miss.own), 3), number(double(miss.best), 3)}};
    }
    m_misses->setRows(rows);
    m_count->setText(tr("%1 of %2 queries")
                         .arg(QLocale().toString(rows.size()), QLocale().toString(pairs.size())));
    m_misses->resizeColumnsToContents();
    for (const int column : {0, 2})
        m_misses->setColumnWidth(column, std::clamp(m_misses->columnWidth(column), 160, 320));
    m_misses->showSample(m_session.current());
}

} // namespace triptych
