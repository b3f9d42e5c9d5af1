#include "core/engine/benchmark/Report.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

const QString style = uR"(
body{font:15px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff;max-width:1180px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{max-width:75ch}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13.5px}
th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid #e3e6ea;white-space:nowrap}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff}
th{font-weight:600;vertical-align:bottom;border-bottom:2px solid #c4c9d0}td.best{font-weight:700}
td.reason{white-space:normal;text-align:left}
.quiet{color:#656d76}svg text{font:12px system-ui,sans-serif;fill:#1f2328}pre{font-size:12px;overflow-x:auto}
)"_s;

QString escaped(const QString& text) { return text.toHtmlEscaped(); }

/// Three digits that mean something; whole numbers whole.
QString number(double value)
{
    if (std::abs(value) >= 100 || value == std::round(value))
        return QString::number(value, 'f', 0);
    return QString::number(value, 'f', std::abs(value) >= 10 ? 1 : 3);
}

QString withDeviation(const QJsonObject& line)
{
    const QString mean = number(line[u"mean"].toDouble());
    if (!line[u"std"].isDouble())
        return mean;
    return u"%1 <span class=quiet>± %2</span>"_s.arg(mean, number(line[u"std"].toDouble()));
}

/// Methods, best first in the first main metric; those without figures last.
QStringList ranked(const QJsonObject& document)
{
    QStringList names = document[u"methods"].toVariant().toStringList();
    QString first;
    for (const QJsonValue metric : document[u"metrics"].toArray())
        if (first.isEmpty() && metric[u"main"].toBool())
            first = metric[u"name"].toString();
    const QJsonObject summary = document[u"summary"].toObject();
    std::stable_sort(names.begin(), names.end(), [&](const QString& a, const QString& b) {
        return summary[a][first][u"mean"].toDouble(-1e300) > summary[b][first][u"mean"].toDouble(-1e300);
    });
    return names;
}

QString mainTable(const QJsonObject& document, const QStringList& names)
{
    const QJsonObject summary = document[u"summary"].toObject();
    QString head = u"<tr><th>Method</th>"_s;
    for (const QJsonValue metric : document[u"metrics"].toArray())
        head += u"<th>%1</th>"_s.arg(escaped(metric[u"title"].toString()));
    QString rows;
    for (const QString& name : names) {
        rows += u"<tr><td>%1</td>"_s.arg(escaped(name));
        for (const QJsonValue metric : document[u"metrics"].toArray()) {
            const QString id = metric[u"name"].toString();
            const QJsonObject line = summary[name][id].toObject();
            const bool isBest = document[u"reference"][id].toString() == name;
            const QString mark = line[u"tie"].toBool() ? u" ="_s : QString();
            rows += line.isEmpty() ? u"<td class=quiet>–</td>"_s
                                   : u"<td%1>%2%3</td>"_s.arg(isBest ? u" class=best"_s : QString(), withDeviation(line), mark);
        }
        rows += u"</tr>\n"_s;
    }
    return u"<div class=scroll><table>%1</tr>\n%2</table></div>"_s.arg(head, rows);
}

/// Horizontal bars with the deviation over seeds as a line.
QString bars(const QJsonObject& document, const QJsonObject& metric, const QStringList& names)
{
    constexpr int row = 24, left = 190, width = 560;
    const QJsonObject summary = document[u"summary"].toObject();
    const QString id = metric[u"name"].toString();
    double most = metric[u"share"].toBool() ? 1 : 0;
    QStringList shown;
    for (const QString& name : names) {
        const QJsonObject line = summary[name][id].toObject();
        if (line.isEmpty())
            continue;
        shown << name;
        most = std::max(most, line[u"mean"].toDouble() + line[u"std"].toDouble());
    }
    QString marks;
    for (int tick = 0; tick <= 4; ++tick) {
        const double x = left + width * tick / 4.0;
        marks += u"<line x1='%1' y1='0' x2='%1' y2='%2' stroke='#e3e6ea'/><text x='%1' y='%3' text-anchor='middle'>%4</text>"_s
                     .arg(x).arg(row * shown.size()).arg(row * shown.size() + 16).arg(number(most * tick / 4));
    }
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const QJsonObject line = summary[shown[i]][id].toObject();
        const double mean = line[u"mean"].toDouble(), std = line[u"std"].toDouble();
        const auto at = [&](double value) { return left + width * std::max(0.0, value) / std::max(most, 1e-12); };
        const double y = double(row) * double(i);
        const bool isBest = document[u"reference"][id].toString() == shown[i];
        marks += u"<text x='%1' y='%2' text-anchor='end'>%3</text>"_s.arg(left - 8).arg(y + 16).arg(escaped(shown[i]));
        marks += u"<rect x='%1' y='%2' width='%3' height='%4' rx='2' fill='%5'/>"_s.arg(left).arg(y + 4)
                     .arg(at(mean) - left).arg(row - 8).arg(isBest ? u"#0969da"_s : line[u"tie"].toBool() ? u"#7fb4ea"_s : u"#b6bec8"_s);
        if (std > 0)
            marks += u"<line x1='%1' y1='%2' x2='%3' y2='%2' stroke='#1f2328' stroke-width='1.5'/>"_s.arg(at(mean - std))
                         .arg(y + row / 2).arg(at(mean + std));
        marks += u"<text x='%1' y='%2'>%3</text>"_s.arg(at(mean + std) + 6).arg(y + 16).arg(number(mean));
    }
    return u"<svg viewBox='0 0 %1 %2' width='%1' role='img' aria-label='%3'>%4</svg>"_s.arg(left + width + 60)
        .arg(row * shown.size() + 22).arg(escaped(metric[u"title"].toString()), marks);
}

QString differences(const QJsonObject& document, const QJsonObject& metric, const QStringList& names)
{
    const QString id = metric[u"name"].toString();
    const QJsonObject summary = document[u"summary"].toObject();
    QString rows;
    for (const QString& name : names) {
        const QJsonObject line = summary[name][id].toObject();
        if (!line.contains(u"interval"))
            continue;
        rows += u"<tr><td>%1</td><td>%2</td><td>%3 … %4</td><td>%5</td><td>%6</td></tr>\n"_s.arg(escaped(name),
            number(line[u"difference"].toDouble()), number(line[u"interval"][0].toDouble()),
            number(line[u"interval"][1].toDouble()), QString::number(line[u"p_holm"].toDouble(), 'g', 2),
            line[u"tie"].toBool() ? u"tie"_s : QString());
    }
    if (rows.isEmpty())
        return {};
    return u"<details><summary>Differences to %1</summary><table><tr><th>Method</th><th>Difference</th>"
           "<th>95 % interval</th><th>p (Holm)</th><th></th></tr>\n%2</table></details>"_s.arg(
               escaped(document[u"reference"][id].toString()), rows);
}

QString failures(const QJsonObject& document)
{
    QString rows;
    for (const QJsonValue failure : document[u"failures"].toArray())
        rows += u"<tr><td>%1</td><td>%2</td><td class=reason>%3</td></tr>\n"_s.arg(escaped(failure[u"method"].toString()),
            QString::number(failure[u"seed"].toInteger()), escaped(failure[u"reason"].toString()));
    if (rows.isEmpty())
        return {};
    return u"<h2>Without figures</h2><table><tr><th>Method</th><th>Seed</th><th>Why</th></tr>\n%1</table>"_s.arg(rows);
}

} // namespace

QByteArray pageOf(const QJsonObject& document)
{
    const QStringList names = ranked(document);
    QString page = u"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
                   "<title>%1</title><style>%2</style><h1>%1</h1><p>%3</p>"_s
                       .arg(escaped(document[u"title"].toString()), style, escaped(document[u"about"].toString()));
    page += u"<p class=quiet>Mean ± standard deviation over %1 seeds. Bold: the method that others are compared with. "
            "“=”: a tie with it, that is, the 95 % interval of the paired difference contains 0 (cluster bootstrap, %2 "
            "draws).</p>"_s.arg(document[u"seeds"].toArray().size()).arg(document[u"bootstrap"][u"resamples"].toInt());
    page += mainTable(document, names);
    for (const QJsonValue metric : document[u"metrics"].toArray())
        if (metric[u"main"].toBool() && !document[u"reference"][metric[u"name"].toString()].toString().isEmpty())
            page += u"<h2>%1</h2>"_s.arg(escaped(metric[u"title"].toString())) + bars(document, metric.toObject(), names)
                + differences(document, metric.toObject(), names);
    page += failures(document);
    QJsonObject facts;
    for (const QString& fact : { u"configuration"_s, u"split_hash"_s, u"versions"_s, u"threads"_s, u"device"_s, u"bootstrap"_s })
        facts[fact] = document[fact];
    page += u"<h2>How it was made</h2><pre>%1</pre></html>\n"_s.arg(escaped(QString::fromUtf8(QJsonDocument(facts).toJson())));
    return page.toUtf8();
}

} // namespace triptych::benchmark
