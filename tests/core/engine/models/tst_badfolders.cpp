// Folders that went wrong on the way, or were made to do harm: each is a clear Error, none a crash or a hang.

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <sys/stat.h>

using namespace triptych;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QString shipped()
{
    return QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources/models/triptych-mini");
}

/// What is done to a copy of the model that ships.
using Harm = std::function<void(const QDir& folder)>;

void remove(const QDir& folder, const char* name)
{
    QVERIFY(QFile::remove(folder.filePath(QLatin1String(name))));
}

/// config.json with one value changed, by its path of keys.
void configure(const QDir& folder, const QStringList& keys, const QJsonValue& value)
{
    const QString path = folder.filePath(QStringLiteral("config.json"));
    QJsonObject top = readJsonObject(path);
    if (keys.size() == 1) {
        top[keys[0]] = value;
    } else {
        QJsonObject inner = top[keys[0]].toObject();
        inner[keys[1]] = value;
        top[keys[0]] = inner;
    }
    write(path, QJsonDocument(top).toJson());
}

} // namespace

class TstBadFolders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachIsRefusedWithASentence_data();
    void eachIsRefusedWithASentence();
    void brokenTokenizersAreTold_data();
    void brokenTokenizersAreTold();
    void pathsThatGoInCirclesAreRefused();
    void pipesAreNotWaitedFor();
    void halfAFileIsRefusedWhereverItEnds();

private:
    static void row(const char* name, const char* said, Harm harm) { QTest::newRow(name) << QString::fromUtf8(said) << harm; }
};

Q_DECLARE_METATYPE(Harm)

void TstBadFolders::eachIsRefusedWithASentence_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<Harm>("harm");
    row("no weights", "there are no weights", [](const QDir& folder) { remove(folder, "model.safetensors"); });
    row("no config", "no config.json", [](const QDir& folder) { remove(folder, "config.json"); });
    row("TensorFlow weights alone", "tf_model.h5", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        write(folder.filePath(QStringLiteral("tf_model.h5")), "h5");
    });
    row("config a list", "config.json", [](const QDir& folder) { write(folder.filePath(QStringLiteral("config.json")), "[]"); });
    row("config 100,000 deep", "config.json", [](const QDir& folder) {
        write(folder.filePath(QStringLiteral("config.json")),
            "{\"model_type\":\"triptych\",\"x\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}");
    });
    row("config is a folder", "config.json", [](const QDir& folder) {
        remove(folder, "config.json");
        QVERIFY(folder.mkdir(QStringLiteral("config.json")));
    });
    row("weights are a folder", "model.safetensors", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        QVERIFY(folder.mkdir(QStringLiteral("model.safetensors")));
    });
    for (const char* key : { "hidden_size", "num_hidden_layers", "num_attention_heads" }) {
        for (const QJsonValue& value : { QJsonValue(-1), QJsonValue(0), QJsonValue(1e300), QJsonValue(4294967296.0),
                 QJsonValue(2147483647), QJsonValue(QStringLiteral("many")) }) {
            const QByteArray name = QByteArray(key) + ' ' + QJsonDocument(QJsonArray { value }).toJson(QJsonDocument::Compact);
            row(name.constData(), "", [key, value](const QDir& folder) {
                configure(folder, { QStringLiteral("vision_config"), QLatin1String(key) }, value);
            });
        }
    }
    row("pictures of a billion pixels a side", "",
        [](const QDir& folder) { configure(folder, { QStringLiteral("vision_config"), QStringLiteral("image_size") }, 1000000000); });
    row("shard index points outside", "../", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        write(folder.filePath(QStringLiteral("model.safetensors.index.json")), R"({"weight_map":{"a":"../../etc/passwd"}})");
    });
    row("shard index names itself", "index.json", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        write(folder.filePath(QStringLiteral("model.safetensors.index.json")), R"({"weight_map":{"a":"model.safetensors.index.json"}})");
    });
    row("shard is missing", "is missing", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        write(folder.filePath(QStringLiteral("model.safetensors.index.json")), R"({"weight_map":{"a":"model-1.safetensors"}})");
    });
    row("tensor in two shards", "another part", [](const QDir& folder) {
        remove(folder, "model.safetensors");
        write(folder.filePath(QStringLiteral("model.safetensors.index.json")), R"({"weight_map":{"a":"1.safetensors","b":"2.safetensors"}})");
        for (const char* name : { "1.safetensors", "2.safetensors" })
            writeSafetensors(folder.filePath(QLatin1String(name)), { { "a", at::ones({ 2 }) }, { "b", at::ones({ 2 }) } }, at::kFloat);
    });
    row("preprocessor damaged", "preprocessor_config.json",
        [](const QDir& folder) { write(folder.filePath(QStringLiteral("preprocessor_config.json")), "{"); });
}

void TstBadFolders::eachIsRefusedWithASentence()
{
    QFETCH(QString, said);
    QFETCH(Harm, harm);
    QTemporaryDir made;
    const QDir folder(made.path());
    for (const QString& name : QDir(shipped()).entryList(QDir::Files))
        QVERIFY(QFile::copy(QDir(shipped()).filePath(name), folder.filePath(name)));
    harm(folder);
    ModelStore store(QStringLiteral("cpu"), QString());
    QElapsedTimer clock;
    clock.start();
    try {
        store.open(folder.path());
        QFAIL("it was opened");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(said), qPrintable(error.message()));
    }
    QVERIFY2(clock.elapsed() < 20'000, "it took as long as a hang");
}

void TstBadFolders::brokenTokenizersAreTold_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("cut short", R"({"model":{"type":"BPE","vocab":{"a":0)");
    row("deep", "{\"model\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}");
    row("no model", R"({"version":"1.0"})");
    row("model of no known type", R"({"model":{"type":"Magic","vocab":{}}})");
    row("vocabulary with negative ids", R"({"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":-5}}})");
    row("vocabulary with ids past 31 bits", R"({"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":99999999999}}})");
    row("merge of what is no token", R"({"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}})");
    row("normalizer of no known type", R"({"normalizer":{"type":"Magic"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})");
    row("pattern that never ends",
        R"({"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a+)+$("},"behavior":"Isolated","invert":false},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}})");
}

void TstBadFolders::brokenTokenizersAreTold()
{
    QFETCH(QByteArray, json);
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("tokenizer.json")), json);
    QVERIFY_EXCEPTION_THROWN(Tokenizer::open(folder.path()), Error);
}

void TstBadFolders::pathsThatGoInCirclesAreRefused()
{
    QTemporaryDir folder;
    const QString a = folder.filePath(QStringLiteral("a"));
    const QString b = folder.filePath(QStringLiteral("b"));
    QVERIFY(QFile::link(b, a));
    QVERIFY(QFile::link(a, b));
    QVERIFY_EXCEPTION_THROWN(Checkpoint::open(a), Error);
    QVERIFY(QDir().mkdir(folder.filePath(QStringLiteral("model"))));
    QVERIFY(QFile::link(a, folder.filePath(QStringLiteral("model/model.safetensors"))));
    QVERIFY(QFile::link(folder.path(), folder.filePath(QStringLiteral("model/up"))));
    QVERIFY_EXCEPTION_THROWN(Checkpoint::open(folder.filePath(QStringLiteral("model"))), Error);
}

void TstBadFolders::pipesAreNotWaitedFor()
{
    QTemporaryDir folder;
    const QString pipe = folder.filePath(QStringLiteral("model.safetensors"));
    QVERIFY(mkfifo(QFile::encodeName(pipe).constData(), 0600) == 0);
    QVERIFY_EXCEPTION_THROWN(Checkpoint::open(pipe), Error);
    QVERIFY_EXCEPTION_THROWN(Checkpoint::open(folder.path()), Error);
}

void TstBadFolders::halfAFileIsRefusedWhereverItEnds()
{
    QTemporaryDir folder;
    QFile whole(shipped() + QStringLiteral("/model.safetensors"));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    const QString path = folder.filePath(QStringLiteral("cut.safetensors"));
    for (qsizetype size : { qsizetype(0), qsizetype(1), qsizetype(7), qsizetype(8), qsizetype(9), qsizetype(1000),
             bytes.size() / 2, bytes.size() - 1 }) {
        write(path, bytes.left(size));
        QVERIFY_EXCEPTION_THROWN(Checkpoint::open(path), Error);
    }
}

QTEST_MAIN(TstBadFolders)
#include "tst_badfolders.moc"
