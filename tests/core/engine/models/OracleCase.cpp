#include "tests/core/engine/models/OracleCase.h"

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtDebug>
#include <cmath>

using namespace triptych;

namespace oracle {

namespace {

Value runMethod(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    SilentProgress progress;
    for (const Method& method : modelMethods()) {
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, given), inputs, progress);
    }
    qFatal("no such method");
}

/// Largest difference; infinite where the shapes differ or ours is not a number.
double largest(const Array& ours, const Array& theirs)
{
    if (ours.shape != theirs.shape)
        return INFINITY;
    double worst = 0;
    for (qsizetype i = 0; i < qsizetype(theirs.floats().size()); ++i) {
        const double off = std::abs(double(ours.floats()[i]) - double(theirs.floats()[i]));
        worst = std::isnan(off) ? INFINITY : std::max(worst, off);
    }
    return worst;
}

QString shapeText(const Array& array)
{
    QStringList sides;
    for (const qint64 side : array.shape)
        sides << QString::number(side);
    return sides.join(u'x');
}

QStringList strings(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toVariant().toStringList();
}

/// "['a', 'b']", as a few cases have it.
QStringList pythonList(QString text)
{
    const QJsonArray list = QJsonDocument::fromJson(text.replace(u'\'', u'"').toUtf8()).array();
    return QVariant(list.toVariantList()).toStringList();
}

} // namespace

QString familyFolder(const QString& family)
{
    const QString folder = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/models/") + family;
    return QDir(folder).exists() ? folder : QString();
}

QStringList caseNames(const QString& family)
{
    const QString folder = familyFolder(family);
    return folder.isEmpty() ? QStringList() : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

QJsonObject caseJson(const QString& folder)
{
    QFile file(folder + QStringLiteral("/case.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QString differences(const QString& folder, const QStringList& skip)
try {
    Inputs inputs;
    inputs.values[QStringLiteral("inputs")]
        = std::make_shared<Value>(readNpz(folder + QStringLiteral("/inputs.npz")));
    const Value got = runMethod(QStringLiteral("model.hidden"),
        { { QStringLiteral("model"), folder + QStringLiteral("/checkpoint") } }, inputs);
    const Value expected = readNpz(folder + QStringLiteral("/expected.npz"));
    const QJsonObject outputs = caseJson(folder).value(QStringLiteral("outputs")).toObject();
    QStringList wrong;
    double worstShare = 0;
    QString worstName;
    for (const QString& name : outputs.keys()) {
        if (skip.contains(name))
            continue;
        if (!got.has(name)) {
            wrong << QStringLiteral("%1 is missing").arg(name);
            continue;
        }
        const Array& ours = got.array(name);
        const Array& theirs = expected.array(name);
        const double tolerance = outputs.value(name).toObject().value(QStringLiteral("atol")).toDouble();
        const double off = largest(ours, theirs);
        if (!(off <= tolerance)) {
            wrong << QStringLiteral("%1: off by %2, may be %3 (shape %4 for %5)")
                         .arg(name).arg(off).arg(tolerance).arg(shapeText(ours), shapeText(theirs));
        }
        if (off / tolerance >= worstShare) {
            worstShare = off / tolerance;
            worstName = QStringLiteral("%1 %2 of %3").arg(name).arg(off).arg(tolerance);
        }
    }
    qInfo().noquote() << QStringLiteral("%1: %2 outputs, nearest to its tolerance: %3")
                             .arg(folder.section(u'/', -2)).arg(outputs.size()).arg(worstName);
    if (outputs.isEmpty())
        wrong << QStringLiteral("case.json names no output");
    return wrong.join(u'\n');
} catch (const Error& error) {
    return error.message();
}

QString tokenDifferences(const QString& folder)
try {
    const QJsonObject json = caseJson(folder);
    const QJsonObject call = json.value(QStringLiteral("tokenizer_call")).toObject();
    const QStringList texts = strings(json, "texts").isEmpty() ? strings(call, "texts") : strings(json, "texts");
    const QStringList pairs = strings(call, "pairs") + pythonList(call.value(QStringLiteral("text_pair")).toString());
    if (texts.isEmpty())
        return QStringLiteral("case.json has no texts");
    const Value inputs = readNpz(folder + QStringLiteral("/inputs.npz"));
    const Array& ids = inputs.array(QStringLiteral("input_ids"));
    TokenizeOptions options;
    options.padding = Padding::MaxLength;
    options.maxLength = int(ids.shape[1]);
    const auto rows = Tokenizer::open(folder + QStringLiteral("/checkpoint"))->encode(texts, pairs, options);
    QStringList wrong;
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto wanted = ids.integers().subspan(i * size_t(ids.shape[1]), size_t(ids.shape[1]));
        if (!std::equal(wanted.begin(), wanted.end(), rows[i].ids.begin(), rows[i].ids.end()))
            wrong << QStringLiteral("\"%1\": other ids").arg(texts[qsizetype(i)]);
    }
    return wrong.join(u'\n');
} catch (const Error& error) {
    return error.message();
}

QString signalDifferences(const QString& folder, const QString& input, double tolerance)
try {
    const QJsonObject json = caseJson(folder);
    const bool sounds = json.contains(QStringLiteral("audio"));
    const QStringList names = strings(json, sounds ? "audio" : "images");
    Inputs inputs;
    for (const QString& name : names) {
        Sample sample;
        sample.id = name;
        Source& source = sample.sources[sounds ? Modality::Audio : Modality::Image];
        source.path = QDir::cleanPath(folder + QStringLiteral("/checkpoint/") + name);
        if (!QFile::exists(source.path))
            source.path = QDir::cleanPath(folder + u'/' + name);
        if (!QFile::exists(source.path) && sounds)
            source.path = QDir::cleanPath(folder + QStringLiteral("/../../../assets/audio/") + name);
        inputs.samples.push_back(sample);
    }
    const Value got = runMethod(QStringLiteral("model.preprocess"),
        { { QStringLiteral("model"), folder + QStringLiteral("/checkpoint") } }, inputs);
    const Value given = readNpz(folder + QStringLiteral("/inputs.npz"));
    const Array& wanted = given.array(input);
    if (!got.has(input))
        return QStringLiteral("model.preprocess gives no %1").arg(input);
    const Array& ours = got.array(input);
    if (ours.shape != wanted.shape)
        return QStringLiteral("%1: shape %2 for %3").arg(input, shapeText(ours), shapeText(wanted));
    const qint64 count = wanted.count() / wanted.rows();
    QStringList wrong;
    for (qint64 row = 0; row < wanted.rows(); ++row) {
        const bool jpeg = names[row].endsWith(QStringLiteral(".jpg")); // decoders differ by some levels
        double worst = 0;
        for (qint64 i = row * count; i < (row + 1) * count; ++i)
            worst = std::max(worst, double(std::abs(ours.floats()[size_t(i)] - wanted.floats()[size_t(i)])));
        if (!(worst <= (jpeg ? 0.1 : tolerance)))
            wrong << QStringLiteral("%1: off by %2").arg(names[row]).arg(worst);
    }
    return wrong.join(u'\n');
} catch (const Error& error) {
    return error.message();
}

} // namespace oracle
