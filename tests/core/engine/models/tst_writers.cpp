#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/writing/Search.h"
#include "core/values/Npz.h"
#include "tests/core/engine/models/OracleCase.h"

#include <ATen/Functions.h>
#include <QJsonArray>
#include <QTest>

using namespace triptych;

namespace {

QString folderOf(const char* name)
{
    const QString path = QLatin1String(name);
    const QString family = oracle::familyFolder(path.section(u'/', 0, 0));
    return family.isEmpty() ? family : family + u'/' + path.section(u'/', 1);
}

at::Tensor input(const QString& folder, const char* name)
{
    const Value inputs = readNpz(folder + QStringLiteral("/inputs.npz"));
    const Array& array = inputs.array(QLatin1String(name));
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    const at::Tensor tensor = at::empty(shape, array.type == ArrayType::Int64 ? at::kLong : at::kFloat);
    std::copy(array.bytes.begin(), array.bytes.end(), static_cast<char*>(tensor.data_ptr()));
    return tensor;
}

using Rows = std::vector<std::vector<qint64>>;

Rows rowsOf(const QJsonValue& lists)
{
    Rows rows;
    for (const QJsonValue& list : lists.toArray()) {
        rows.emplace_back();
        for (const QJsonValue& id : list.toArray())
            rows.back().push_back(id.toInteger());
    }
    return rows;
}

/// Every row of the memory, filled up to the longest as the reference's generate() does.
Rows written(Writer& writer, const Memory& memory, const WritingRules& rules)
{
    SilentProgress progress;
    Rows rows;
    size_t longest = 0;
    for (int64_t i = 0; i < memory.states.size(0); ++i) {
        rows.push_back(write(writer.decoder(), rowOf(memory, i), rules, progress).ids);
        longest = std::max(longest, rows.back().size());
    }
    for (auto& row : rows)
        row.resize(longest, rules.padding);
    return rows;
}

QString text(const Rows& rows)
{
    QStringList lines;
    for (const auto& row : rows) {
        QStringList ids;
        for (const qint64 id : row)
            ids << QString::number(id);
        lines << ids.join(u' ');
    }
    return lines.join(u'\n');
}

} // namespace

/// Models that write, against Hugging Face's own outputs and ids.
class TstWriters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTransformers_data();
    void outputsAgreeWithTransformers();
    void visionEncoderDecoderWritesTheSameIds();
    void blipWritesTheSameCaptions();
    void blipWritesTheSameAnswers();

private:
    ModelStore m_store { QStringLiteral("cpu"), QString() };
};

void TstWriters::outputsAgreeWithTransformers_data()
{
    if (oracle::familyFolder(QStringLiteral("blip")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const char* name : { "vision_encoder_decoder/vit_gpt2", "blip/captioning", "blip/vqa", "vilt/vqa", "lxmert/vqa",
             "visual_bert/vqa" })
        QTest::newRow(name) << folderOf(name);
}

void TstWriters::outputsAgreeWithTransformers()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstWriters::visionEncoderDecoderWritesTheSameIds()
{
    const QString folder = folderOf("vision_encoder_decoder/vit_gpt2");
    if (folder.isEmpty())
        QSKIP("the shared oracles are not here");
    const auto model = m_store.open(folder + QStringLiteral("/checkpoint"));
    const QJsonObject expected = oracle::caseJson(folder).value(QStringLiteral("generation")).toObject();
    Writer& writer = model->writer();
    const Memory memory = writer.read({ { Modality::Image, { .values = input(folder, "pixel_values") } } }, {});
    WritingRules rules = writer.rules();
    rules.maxLength = expected.value(QStringLiteral("max_length")).toInt();
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(expected.value(QStringLiteral("greedy")))));
    const QJsonArray said = expected.value(QStringLiteral("greedy_text")).toArray();
    const Rows ids = written(writer, memory, rules);
    for (size_t i = 0; i < ids.size(); ++i)
        QCOMPARE(model->tokenizer().decode(ids[i]), said[qsizetype(i)].toString());
    rules.beams = 4;
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(expected.value(QStringLiteral("beam4")))));
}

void TstWriters::blipWritesTheSameCaptions()
{
    const QString folder = folderOf("blip/captioning");
    if (folder.isEmpty())
        QSKIP("the shared oracles are not here");
    const auto model = m_store.open(folder + QStringLiteral("/checkpoint"));
    const QJsonObject expected = oracle::caseJson(folder).value(QStringLiteral("generation")).toObject();
    Writer& writer = model->writer();
    const Memory memory = writer.read({ { Modality::Image, { .values = input(folder, "pixel_values") } } }, {});
    const auto wanted = [&](const char* name, const char* key) {
        return expected.value(QLatin1String(name)).toObject().value(QLatin1String(key));
    };
    WritingRules rules = writer.rules();
    rules.maxLength = wanted("greedy", "max_length").toInt();
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(wanted("greedy", "ids"))));
    rules.beams = wanted("beam3", "num_beams").toInt();
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(wanted("beam3", "ids"))));
    rules.beams = 1;
    rules.maxLength = wanted("greedy_with_prompt", "max_length").toInt();
    rules.start = rowsOf(wanted("greedy_with_prompt", "prompt_ids")).front();
    rules.start.pop_back();
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(wanted("greedy_with_prompt", "ids"))));
}

void TstWriters::blipWritesTheSameAnswers()
{
    const QString folder = folderOf("blip/vqa");
    if (folder.isEmpty())
        QSKIP("the shared oracles are not here");
    const auto model = m_store.open(folder + QStringLiteral("/checkpoint"));
    const QJsonObject expected = oracle::caseJson(folder).value(QStringLiteral("generation")).toObject();
    Writer& writer = model->writer();
    QVERIFY(writer.takesQuestion());
    Memory memory = writer.read({ { Modality::Image, { .values = input(folder, "pixel_values") } },
                                    { Modality::Text, { .ids = input(folder, "input_ids"),
                                                          .mask = input(folder, "attention_mask") } } },
        { .attention = true });
    QCOMPARE(memory.looked.front().sizes().vec(), (std::vector<int64_t> { 2, 4, 11, 17 }));
    memory.mask = at::Tensor(); // the reference's generate() looks at the padding of the question too
    WritingRules rules = writer.rules();
    rules.maxLength = expected.value(QStringLiteral("max_length")).toInt();
    QCOMPARE(text(written(writer, memory, rules)), text(rowsOf(expected.value(QStringLiteral("greedy_ids")))));
}

QTEST_MAIN(TstWriters)
#include "tst_writers.moc"
