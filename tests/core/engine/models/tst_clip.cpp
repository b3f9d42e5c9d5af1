#include "core/engine/Method.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/engine/models/Tokenizer.h"
#include "core/values/Npz.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

QString clipCases()
{
    return QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/models/clip");
}

QJsonObject json(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

Value runMethod(EngineContext& context, const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    for (const Method& method : modelMethods()) {
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, given), inputs, progress);
    }
    return {};
}

} // namespace

/// Hugging Face's own outputs, see oracles/README.md.
class TstClip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data() { cases(); }
    void outputsAgreeWithTransformers();
    void tokensAgreeWithTransformers_data() { cases(); }
    void tokensAgreeWithTransformers();
    void picturesAgreeWithTransformers_data() { cases(); }
    void picturesAgreeWithTransformers();

private:
    static void cases();
};

void TstClip::cases()
{
    if (!QDir(clipCases()).exists())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const QString& name : QDir(clipCases()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << clipCases() + u'/' + name;
}

void TstClip::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    Inputs inputs;
    inputs.values[QStringLiteral("inputs")]
        = std::make_shared<Value>(readNpz(folder + QStringLiteral("/inputs.npz")));
    const Value got = runMethod(context, QStringLiteral("model.hidden"),
        { { QStringLiteral("model"), folder + QStringLiteral("/checkpoint") } }, inputs);
    const Value expected = readNpz(folder + QStringLiteral("/expected.npz"));
    const QJsonObject outputs
        = json(folder + QStringLiteral("/case.json")).value(QStringLiteral("outputs")).toObject();
    QVERIFY(outputs.size() > 5);
    for (const QString& name : outputs.keys()) {
        QVERIFY2(got.has(name), qPrintable(name));
        const Array& ours = got.array(name);
        const Array& theirs = expected.array(name);
        QVERIFY2(ours.shape == theirs.shape, qPrintable(name));
        const double tolerance = outputs.value(name).toObject().value(QStringLiteral("atol")).toDouble();
        double worst = 0;
        for (qsizetype i = 0; i < qsizetype(theirs.floats().size()); ++i)
            worst = std::max(worst, double(std::abs(ours.floats()[i] - theirs.floats()[i])));
        QVERIFY2(worst <= tolerance,
            qPrintable(QStringLiteral("%1: off by %2, may be %3").arg(name).arg(worst).arg(tolerance)));
    }
}

void TstClip::tokensAgreeWithTransformers()
{
    QFETCH(QString, folder);
    const QStringList texts = json(folder + QStringLiteral("/case.json"))
                                  .value(QStringLiteral("texts")).toVariant().toStringList();
    if (texts.isEmpty())
        QSKIP("this case has no text");
    const Value inputs = readNpz(folder + QStringLiteral("/inputs.npz"));
    const Array& ids = inputs.array(QStringLiteral("input_ids"));
    TokenizeOptions options;
    options.padding = Padding::MaxLength;
    options.maxLength = int(ids.shape[1]);
    const auto rows = Tokenizer::open(folder + QStringLiteral("/checkpoint"))->encode(texts, {}, options);
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto wanted = ids.integers().subspan(i * size_t(ids.shape[1]), size_t(ids.shape[1]));
        QVERIFY(std::equal(wanted.begin(), wanted.end(), rows[i].ids.begin(), rows[i].ids.end()));
    }
}

void TstClip::picturesAgreeWithTransformers()
{
    QFETCH(QString, folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    Inputs inputs;
    const QJsonArray images
        = json(folder + QStringLiteral("/case.json")).value(QStringLiteral("images")).toArray();
    for (const QJsonValue& image : images) {
        Sample sample;
        sample.id = image.toString();
        sample.sources[Modality::Image].path
            = QDir::cleanPath(folder + QStringLiteral("/checkpoint/") + image.toString());
        if (!QFile::exists(sample.sources[Modality::Image].path))
            sample.sources[Modality::Image].path = QDir::cleanPath(folder + u'/' + image.toString());
        inputs.samples.push_back(sample);
    }
    const Value got = runMethod(context, QStringLiteral("model.preprocess"),
        { { QStringLiteral("model"), folder + QStringLiteral("/checkpoint") } }, inputs);
    const Value given = readNpz(folder + QStringLiteral("/inputs.npz"));
    const Array& wanted = given.array(QStringLiteral("pixel_values"));
    const Array& ours = got.array(QStringLiteral("pixel_values"));
    QVERIFY(ours.shape == wanted.shape);
    const qint64 count = wanted.count() / wanted.rows();
    for (qint64 row = 0; row < wanted.rows(); ++row) {
        // JPEG decoders may differ by some levels; everything else is exact.
        const bool jpeg = images[row].toString().endsWith(QStringLiteral(".jpg"));
        double worst = 0;
        for (qint64 i = row * count; i < (row + 1) * count; ++i)
            worst = std::max(worst, double(std::abs(ours.floats()[i] - wanted.floats()[i])));
        QVERIFY2(worst <= (jpeg ? 0.1 : 1e-6), qPrintable(images[row].toString() + QString::number(worst)));
    }
}

QTEST_MAIN(TstClip)
#include "tst_clip.moc"
