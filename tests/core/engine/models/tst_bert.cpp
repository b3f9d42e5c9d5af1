#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Families.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/OracleCase.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace triptych;

/// BERT, and one tiny BERT in every container, against Hugging Face's own outputs.
class TstBert : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data() { cases(); }
    void outputsAgreeWithTransformers();
    void tokensAgreeWithTransformers_data() { cases(); }
    void tokensAgreeWithTransformers();
    void badFoldersAreRefusedWithTheReason_data();
    void badFoldersAreRefusedWithTheReason();

private:
    static void cases();
};

void TstBert::cases()
{
    if (oracle::familyFolder(QStringLiteral("bert")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const char* family : { "bert", "formats" }) {
        const QString parent = oracle::familyFolder(QLatin1String(family));
        for (const QString& name : oracle::caseNames(QLatin1String(family))) {
            if (name != QLatin1String("must_be_refused"))
                QTest::newRow(qPrintable(name)) << parent + u'/' + name;
        }
    }
}

void TstBert::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstBert::tokensAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::tokenDifferences(folder), QString());
}

void TstBert::badFoldersAreRefusedWithTheReason_data()
{
    if (oracle::familyFolder(QStringLiteral("formats")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("says"); // what the message must hold, in this order
    const auto row = [](const char* name, const char* says) { QTest::newRow(name) << QString::fromLatin1(says); };
    row("bin_is_html", "pytorch_model.bin");
    row("bin_truncated", "pytorch_model.bin");
    row("config_heads_do_not_divide", "num_attention_heads.*do not divide");
    row("config_not_json", "config.json is no JSON");
    row("empty_file", "model.safetensors");
    row("header_length_huge", "model.safetensors.*header");
    row("header_not_json", "model.safetensors.*header");
    row("lfs_pointer", "model.safetensors");
    row("negative_shape", "model.safetensors");
    row("offset_past_end", "model.safetensors");
    row("offset_reversed", "model.safetensors");
    row("path_escape_in_index", "index.json names the part .*not a file of this folder");
    row("pickle_calls_function", "pytorch_model.bin");
    row("shape_mismatch", "model.safetensors");
    row("shape_overflow", "model.safetensors");
    row("shard_missing", "missing, though");
    row("tensor_missing", "the tensor .* is missing");
    row("tensor_wrong_shape", "the tensor .* has the shape .* but config.json asks for");
    row("truncated_body", "model.safetensors");
    row("unknown_dtype", "model.safetensors");
    row("unknown_model_type", "the model_type");
}

void TstBert::badFoldersAreRefusedWithTheReason()
{
    QFETCH(QString, says);
    const QString folder = oracle::familyFolder(QStringLiteral("formats")) + QStringLiteral("/must_be_refused/")
        + QLatin1String(QTest::currentDataTag());
    QVERIFY(QDir(folder).exists());
    try {
        buildTowers(Checkpoint::open(folder), at::Device(at::kCPU));
    } catch (const Error& error) {
        QVERIFY2(QRegularExpression(says).match(error.message()).hasMatch(), qPrintable(error.message()));
        return;
    }
    QFAIL("it opened");
}

QTEST_GUILESS_MAIN(TstBert)
#include "tst_bert.moc"
