#include "widgets/views/RetrievalTab.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace triptych {

namespace {

QString text(const QJsonValue& value)
{
    return value.isDouble() ? QLocale().toString(value.toDouble(), 'f', 4) : QStringLiteral("–");
}

struct Line {
    QString title;
    QJsonValue value;
    QString null;
    QString about;
};

QList<Line> lines(const QJsonObject& info, const QString& a, const QString& b)
{
    const QJsonObject cka = info.value(QLatin1String("cka")).toObject();
    const QJsonObject knn = info.value(QLatin1String("mutual_knn")).toObject();
    const QJsonObject uniformity = info.value(QLatin1String("uniformity")).toObject();
    const QJsonObject nulls = info.value(QLatin1String("nulls")).toObject();
    const QJsonObject evenly = nulls.value(QLatin1String("uniformity")).toObject();
    const QString k = QString::number(knn.value(QLatin1String("k")).toInt(10));
    const QString threshold = text(cka.value(QLatin1String("null_threshold")));
    const QString p = text(cka.value(QLatin1String("p")));
    const QString svccaNull
        = text(nulls.value(QLatin1String("svcca")).toObject().value(QLatin1String("mean")));
    return {
        {ScoresTab::tr("CKA, unbiased"), cka.value(QLatin1String("unbiased")),
            ScoresTab::tr("0 for unrelated sets"),
            ScoresTab::tr("linear centred kernel alignment with the unbiased HSIC; 1 = the same "
                          "geometry, 0 = none in common")},
        {ScoresTab::tr("CKA, calibrated"), cka.value(QLatin1String("calibrated")),
            ScoresTab::tr("0 for shuffled pairs, p = %1").arg(p),
            ScoresTab::tr("how far CKA stands above the threshold that shuffled pairs reach")},
        {ScoresTab::tr("CKA, biased"), cka.value(QLatin1String("biased")),
            ScoresTab::tr("threshold of shuffled pairs %1").arg(threshold),
            ScoresTab::tr("for comparison only: random vectors already score high when N is small "
                          "against the dimension")},
        {ScoresTab::tr("SVCCA"), info.value(QLatin1String("svcca")),
            ScoresTab::tr("%1 for shuffled pairs").arg(svccaNull),
            ScoresTab::tr("mean canonical correlation of the leading directions; 1 is best")},
        {ScoresTab::tr("Mutual kNN, k = %1").arg(k), knn.value(QLatin1String("value")),
            ScoresTab::tr("%1 for random neighbours").arg(text(knn.value(QLatin1String("null")))),
            ScoresTab::tr("share of the %1 nearest neighbours that both modalities agree on")
                .arg(k)},
        {ScoresTab::tr("Modality gap"), info.value(QLatin1String("gap")),
            ScoresTab::tr("%1 with sides swapped at random")
                .arg(text(nulls.value(QLatin1String("gap")))),
            ScoresTab::tr("distance between the two means on the unit sphere; 0 = no gap")},
        {ScoresTab::tr("Alignment"), info.value(QLatin1String("alignment")),
            ScoresTab::tr("%1 over all pairs, right and wrong")
                .arg(text(nulls.value(QLatin1String("alignment")))),
            ScoresTab::tr("mean squared distance of the two sides of a pair; lower is better")},
        {ScoresTab::tr("Uniformity, %1").arg(a), uniformity.value(QLatin1String("a")),
            ScoresTab::tr("%1 on a uniform sphere").arg(text(evenly.value(QLatin1String("a")))),
            ScoresTab::tr("log mean exp(−2 d²) over its pairs; lower is more evenly spread")},
        {ScoresTab::tr("Uniformity, %1").arg(b), uniformity.value(QLatin1String("b")),
            ScoresTab::tr("%1 on a uniform sphere").arg(text(evenly.value(QLatin1String("b")))),
            ScoresTab::tr("log mean exp(−2 d²) over its pairs; lower is more evenly spread")},
        {ScoresTab::tr("Tie rate"), info.value(QLatin1String("tie_rate")),
            ScoresTab::tr("0 = none"),
            ScoresTab::tr("share of queries whose rank depends on equal cosines")},
    };
}

}

ScoresTab::ScoresTab(QWidget* parent)
    : QWidget(parent)
    , m_message(new QLabel)
    , m_table(new ValueTable)
    , m_warnings(new QLabel)
{
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(24);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_message->hide();
    m_warnings->setWordWrap(true);
    m_warnings->setForegroundRole(QPalette::PlaceholderText);
    m_table->setAccessibleName(tr("Scores of the alignment"));
    m_table->setHeaders(
        {tr("Score"), tr("Value"), tr("N"), tr("Null or reference"), tr("Definition")});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 10, 8, 8);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_warnings);
}

void ScoresTab::setResult(const AlignmentResult& result)
{
    const bool there = result.message.isEmpty() && result.scores;
    m_message->setText(result.message.isEmpty() ? tr("Measuring…") : result.message);
    m_message->setVisible(!there);
    m_table->setVisible(there);
    m_warnings->setVisible(there);
    if (!there)
        return;
    QList<ValueTable::Row> rows;
    for (const Line& line :
        lines(result.scores->info, modalityTitle(result.pairs.a), modalityTitle(result.pairs.b))) {
        if (!line.value.isDouble())
            continue;
        rows << ValueTable::Row {{},
            {{line.title, line.title, line.about},
                {text(line.value), line.value.toDouble(), line.about},
                {QLocale().toString(result.pairs.size()), result.pairs.size(), {}},
                {line.null, line.null, {}}, {line.about, line.about, {}}}};
    }
    m_table->setRows(rows);
    m_table->resizeColumnsToContents();
    m_warnings->setText(result.scores->strings(QStringLiteral("warnings")).join(u'\n'));
}

} // namespace triptych
