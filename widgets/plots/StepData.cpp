#include "widgets/plots/StepData.h"

#include "widgets/plots/Plot.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepData)
};

/// %1, %2 … become `args`. Unlike QString::arg it leaves alone what is not there.
QString filled(const QString& text, const QStringList& args)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (number < 1 || number > args.size()) {
            result += text[i];
            continue;
        }
        result += args[number - 1];
        ++i;
    }
    return result;
}

QString translated(const QJsonValue& text)
{
    const QByteArray source = text.toString().toUtf8();
    return source.isEmpty() ? QString() : QCoreApplication::translate("Step", source.constData());
}

StepScale scaleOf(const QJsonValue& axis)
{
    return { translated(axis["name"_L1]), axis["unit"_L1].toString(), axis["start"_L1].toDouble(),
        axis["step"_L1].toDouble(1) };
}

/// Dimensions that an array of this kind has; 0 where it may be missing.
int dimensionsOf(const QString& kind)
{
    if (kind == "pictures"_L1)
        return 4;
    if (kind == "picture"_L1 || kind == "maps"_L1)
        return 3;
    if (kind == "heat"_L1 || kind == "lines"_L1 || kind == "points"_L1)
        return 2;
    return kind == "bars"_L1 || kind == "vector"_L1 ? 1 : 0;
}

bool isRight(const StepData& step)
{
    static const QStringList kinds { u"picture"_s, u"pictures"_s, u"maps"_s, u"heat"_s, u"lines"_s, u"bars"_s, u"vector"_s,
        u"tokens"_s, u"points"_s, u"text"_s };
    if (!kinds.contains(step.kind))
        return false;
    const int wanted = dimensionsOf(step.kind);
    if (wanted == 0)
        return true;
    if (step.array.shape.size() != wanted || step.array.count() < 1
        || step.array.bytes.size() != step.array.count() * sizeOf(step.array.type))
        return false;
    if (step.kind == "points"_L1)
        return step.size(1) >= 2;
    const bool isPicture = step.kind.startsWith("picture"_L1);
    const int channels = step.size(wanted - 1);
    return !isPicture || (step.array.type == ArrayType::UInt8 && (channels == 3 || channels == 4));
}

StepData stepOf(const QJsonValue& json, const Value& value)
{
    StepData step;
    const QJsonArray words = json["args"_L1].toArray();
    QStringList args;
    for (const QJsonValue& word : words)
        args << word.toString();
    step.kind = json["kind"_L1].toString();
    step.title = filled(translated(json["title"_L1]), args);
    step.about = filled(translated(json["about"_L1]), args);
    step.text = json["text"_L1].toString();
    for (const QJsonValue& label : json["labels"_L1].toArray())
        step.labels << label.toString();
    step.x = scaleOf(json["x"_L1]);
    step.y = scaleOf(json["y"_L1]);
    step.diverging = json["diverging"_L1].toBool();
    step.shared = json["shared"_L1].toBool();
    for (const QJsonValue& link : json["links"_L1].toArray())
        step.links.emplace_back(link[0].toInt(), link[1].toInt());
    const QString name = json["array"_L1].toString();
    if (!name.isEmpty() && value.has(name)) {
        const Array& array = value.array(name);
        step.array = array.type == ArrayType::UInt8 && step.kind.startsWith("picture"_L1) ? array : array.toFloat();
    }
    return step;
}

StepData vectorOf(const Value& value)
{
    StepData step;
    step.kind = u"vector"_s;
    step.title = Tr::tr("Vector");
    step.about = Tr::tr("What the method makes of this sample; it tells no steps between.");
    const Array rows = value.array(u"embeddings"_s).toFloat();
    const qint64 columns = rows.shape.size() == 2 ? rows.shape[1] : 0;
    if (rows.count() >= columns && columns > 0)
        step.array = Array::of(rows.floats().first(size_t(columns)), { columns });
    return step;
}

} // namespace

QString StepScale::title() const
{
    if (name.isEmpty() || unit.isEmpty())
        return name + unit;
    return Tr::tr("%1 (%2)", "an axis and its unit").arg(name, unit);
}

QString StepScale::at(double index) const
{
    const QString number = shortNumber(start + index * step);
    return unit.isEmpty() ? number : Tr::tr("%1 %2", "a number and its unit").arg(number, unit);
}

std::vector<StepData> stepsOf(const Value& value)
{
    std::vector<StepData> steps;
    for (const QJsonValue& json : value.info["steps"_L1].toArray()) {
        StepData step = stepOf(json, value);
        if (isRight(step))
            steps.push_back(std::move(step));
    }
    if (steps.empty() && value.has(u"embeddings"_s)) {
        StepData step = vectorOf(value);
        if (isRight(step))
            steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace triptych
