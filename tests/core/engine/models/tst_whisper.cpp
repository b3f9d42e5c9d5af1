#include "core/engine/models/Model.h"
#include "core/engine/models/families/Whisper.h"
#include "core/engine/models/nn/Weights.h"
#include "core/engine/models/writing/Search.h"
#include "core/jobs/Error.h"
#include "core/jobs/Progress.h"

#include "tests/core/engine/models/SoundSupport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace sound;

/// Whisper's writing: prompt, languages, forbidden ids.
class TstWhisper : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsPromptedByItsRules();
    void itWritesTheSameWithAndWithoutACache();
};

void TstWhisper::itIsPromptedByItsRules()
{
    QTemporaryDir folder;
    fixtures::write(folder.filePath(QStringLiteral("generation_config.json")), generation);
    RandomWeights weights(3, at::kCPU);
    const Towers towers = buildWhisper({ QStringLiteral("whisper"), json(whisper), weights, folder.path() });
    Writer& writer = *towers.writer;
    QCOMPARE(writer.languages(), QStringList({ QStringLiteral("de"), QStringLiteral("en"), QStringLiteral("fr") }));
    EncoderInput input;
    input.values = at::randn({ 1, 8, 100 });
    const Memory memory = writer.read({ { Modality::Audio, input } }, {});
    const auto start = [&](const char* options) { return writer.rulesFor(memory, json(options)).start; };
    QCOMPARE(start(R"({"language": "fr", "task": "translate"})"), (std::vector<qint64> { 30, 32, 35, 36 }));
    // Found out: the likeliest of the three after the start.
    const at::Tensor logits
        = writer.decoder().decode(at::full({ 1, 1 }, 30, at::kLong), memory, {}).more.at("logits")[0][0];
    const qint64 likeliest = 31 + logits.slice(0, 31, 34).argmax().item<int64_t>();
    QCOMPARE(start("{}"), (std::vector<qint64> { 30, likeliest, 34, 36 }));
    QVERIFY_EXCEPTION_THROWN(start(R"({"language": "xx"})"), Error);
    QVERIFY_EXCEPTION_THROWN(start(R"({"task": "sing"})"), Error);
}

void TstWhisper::itWritesTheSameWithAndWithoutACache()
{
    QTemporaryDir folder;
    fixtures::write(folder.filePath(QStringLiteral("generation_config.json")), generation);
    RandomWeights weights(3, at::kCPU);
    const Towers towers = buildWhisper({ QStringLiteral("whisper"), json(whisper), weights, folder.path() });
    Writer& writer = *towers.writer;
    EncoderInput input;
    input.values = at::randn({ 1, 8, 100 });
    const Memory memory = writer.read({ { Modality::Audio, input } }, {});
    const WritingRules rules = writer.rulesFor(memory, json(R"({"language": "en"})"));
    SilentProgress progress;
    const Written written = write(writer.decoder(), memory, rules, progress);
    std::vector<int64_t> ids(rules.start.begin(), rules.start.end());
    while (ids.size() < 16 && ids.back() != 29) {
        at::Tensor logits = writer.decoder()
                                .decode(at::tensor(ids, at::kLong).unsqueeze(0), memory, { .gradients = true })
                                .more.at("logits")[0][-1]
                                .detach()
                                .clone();
        for (const qint64 never : { 1, 2, 3 })
            logits[never] = -INFINITY;
        if (ids.size() == rules.start.size())
            logits[4] = logits[29] = -INFINITY;
        ids.push_back(logits.argmax().item<int64_t>());
    }
    QCOMPARE(written.ids, std::vector<qint64>(ids.begin(), ids.end()));
    const WritingTrace traced = trace(writer.decoder(), memory, written);
    QVERIFY(traced.cross.sizes() == at::IntArrayRef({ int64_t(ids.size()) - 4, 2, 2, 50 }));
    QVERIFY(worst(traced.cross.sum(-1), at::ones_like(traced.cross.sum(-1))) < 1e-5);
}

QTEST_MAIN(TstWhisper)
#include "tst_whisper.moc"
