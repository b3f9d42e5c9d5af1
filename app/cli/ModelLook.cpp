#include "app/cli/ModelLook.h"

#include "app/cli/CommandLine.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

QString shape(const QJsonValue& sides)
{
    QStringList texts;
    for (const QJsonValue& side : sides.toArray())
        texts << QString::number(qint64(side.toDouble()));
    return u'[' + texts.join(u", "_s) + u']';
}

qsizetype widest(const QJsonArray& rows)
{
    qsizetype width = 0;
    for (const QJsonValue& row : rows)
        width = std::max(width, row["name"_L1].toString().size());
    return width;
}

QString number(double value)
{
    return QString::number(value, 'g', 5);
}

/// The rows of model.tensors with the measured numbers in them.
QJsonArray measuredRows(const Value& value)
{
    QJsonArray rows = value.info["tensors"_L1].toArray();
    const Array& histogram = value.array(u"histogram"_s);
    if (histogram.rows() != rows.size())
        return rows;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QJsonObject row = rows[i].toObject();
        for (const char* name : {"mean", "deviation", "minimum", "maximum", "zeros"})
            row.insert(QLatin1String(name), value.array(QLatin1String(name)).doubles()[size_t(i)]);
        for (const char* name : {"nan", "infinite"})
            row.insert(QLatin1String(name), value.array(QLatin1String(name)).integers()[size_t(i)]);
        QJsonArray bins;
        for (const qint64 count : histogram.integers().subspan(size_t(i * histogram.shape[1]), size_t(histogram.shape[1])))
            bins.append(count);
        row.insert("histogram"_L1, bins);
        rows[i] = row;
    }
    return rows;
}

} // namespace

int printTensors(CommandLine& line, const QString& model, bool statistics)
{
    const Value value = line.run(u"model.tensors"_s, {{u"model"_s, model}, {u"statistics"_s, statistics}});
    const QJsonArray rows = statistics ? measuredRows(value) : value.info["tensors"_L1].toArray();
    if (line.common.json) {
        QJsonObject document = value.info;
        document.remove("measured"_L1);
        document.insert("tensors"_L1, rows);
        line.print(document);
        return 0;
    }
    const auto width = -int(widest(rows));
    for (const QJsonValue& row : rows) {
        QString text = u"%1  %2  %3"_s.arg(row["name"_L1].toString(), width).arg(row["dtype"_L1].toString(), -8).arg(shape(row["shape"_L1]));
        if (statistics) {
            text += u"  mean %1  deviation %2  min %3  max %4  zeros %5 %"_s.arg(number(row["mean"_L1].toDouble()),
                number(row["deviation"_L1].toDouble()), number(row["minimum"_L1].toDouble()),
                number(row["maximum"_L1].toDouble()), number(100 * row["zeros"_L1].toDouble()));
            const double broken = row["nan"_L1].toDouble() + row["infinite"_L1].toDouble();
            if (broken > 0)
                text += u"  NaN or infinite %1"_s.arg(broken);
        }
        line.print(text);
    }
    for (const QJsonValue& note : value.info["notes"_L1].toArray())
        line.print(note.toString());
    line.print(u"%1 tensors, %2 parameters"_s.arg(rows.size()).arg(qint64(value.info["parameters"_L1].toDouble())));
    return 0;
}

int printComparison(CommandLine& line, const QString& model, const QString& other)
{
    const QJsonObject info = line.run(u"model.compare"_s, {{u"model"_s, model}, {u"other"_s, other}}).info;
    if (line.common.json) {
        line.print(info);
        return 0;
    }
    const QJsonArray rows = info["rows"_L1].toArray();
    const auto width = -int(widest(rows));
    for (const QJsonValue& row : rows) {
        const QString status = row["status"_L1].toString();
        if (status == "equal"_L1)
            continue;
        QString text = u"%1  %2"_s.arg(row["name"_L1].toString(), width).arg(status, -11);
        if (status == "differs"_L1)
            text += u"  max %1  mean %2  relative %3"_s.arg(number(row["max"_L1].toDouble(NAN)),
                number(row["mean"_L1].toDouble(NAN)), number(row["relative"_L1].toDouble(NAN)));
        else
            text += u"  %1  %2"_s.arg(row["shape_a"_L1].isArray() ? shape(row["shape_a"_L1]) : u"-"_s,
                row["shape_b"_L1].isArray() ? shape(row["shape_b"_L1]) : u"-"_s);
        line.print(text);
    }
    QStringList counts;
    const QJsonObject all = info["counts"_L1].toObject();
    for (auto count = all.begin(); count != all.end(); ++count)
        counts << u"%1 %2"_s.arg(count.key()).arg(count->toInt());
    line.print(counts.join(u", "_s));
    return 0;
}

} // namespace triptych
