#include "core/engine/models/writing/Search.h"

#include "core/engine/models/families/Gpt2.h"
#include "core/engine/models/nn/Weights.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QTest>
#include <cmath>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;

namespace {

constexpr int words = 5;
constexpr qint64 startId = 0;
constexpr qint64 endId = 4;

/// A tiny GPT-2 with random weights that looks at a memory of width 8.
std::unique_ptr<WordStack> tiny(quint64 seed, int vocabulary = words)
{
    RandomWeights weights(seed, at::kCPU);
    const QJsonObject config { { QStringLiteral("n_embd"), 8 }, { QStringLiteral("n_head"), 2 },
        { QStringLiteral("n_layer"), 2 }, { QStringLiteral("n_positions"), 16 },
        { QStringLiteral("vocab_size"), vocabulary } };
    auto made = gpt2Stack(weights, Config(config, QString()), QString(), 8, QStringLiteral("lm_head.weight"));
    for (const auto& [name, tensor] : made->parameters()) {
        const bool table = name == "wte.weight" || name == "wpe.weight" || name == "lm_head.weight";
        tensor.mul_(table ? 40 : 1); // or every id would be as likely as any other
    }
    return made;
}

Memory memoryOf(quint64 seed)
{
    RandomWeights numbers(seed, at::kCPU);
    Memory memory;
    memory.states = numbers.take(QStringLiteral("memory"), { 1, 3, 8 }, Init::normal(1));
    return memory;
}

WritingRules rulesFor(int length, int beams)
{
    WritingRules rules;
    rules.start = { startId };
    rules.ends = { endId };
    rules.maxLength = length;
    rules.beams = beams;
    return rules;
}

/// Log-probabilities of what may follow `ids`, without any cache.
at::Tensor follow(Decoder& decoder, const Memory& memory, const std::vector<qint64>& ids)
{
    const at::Tensor fed = at::tensor(std::vector<int64_t>(ids.begin(), ids.end()), at::kLong).unsqueeze(0);
    return at::log_softmax(decoder.decode(fed, memory, {}).more.at("logits")[0][int64_t(ids.size()) - 1], -1);
}

struct Best {
    double score = -INFINITY;
    std::vector<qint64> ids;
};

/// Tries every text: a score is the sum of its log-probabilities over its number of ids (the end
/// counts) to the power `penalty`.
void tryAll(Decoder& decoder, const Memory& memory, const WritingRules& rules, std::vector<qint64> ids,
    double sum, Best& best)
{
    const bool ended = ids.back() == endId;
    if (ended || int(ids.size()) == rules.maxLength) {
        const double score = sum / std::pow(double(ids.size() - 1), rules.lengthPenalty);
        if (score > best.score)
            best = { score, ids };
        return;
    }
    const at::Tensor logs = follow(decoder, memory, ids);
    for (qint64 id = 0; id < words; ++id) {
        std::vector<qint64> longer = ids;
        longer.push_back(id);
        tryAll(decoder, memory, rules, longer, sum + logs[id].item<double>(), best);
    }
}

/// Asked to stop at the third step.
struct StopAtThird final : Progress {
    void report(qint64, qint64, const QString&) override { ++count < 3 ? void() : throw Cancelled(); }
    int count = 0;
};

} // namespace

/// Greedy and beam search over decoders small enough to try every text.
class TstSearch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void enoughBeamsFindTheBestText_data();
    void enoughBeamsFindTheBestText();
    void greedyTakesTheLikeliestIdEachTime();
    void aCacheChangesNothing();
    void packedWeightsChangeNothing();
    void forbiddenIdsAreNotWritten();
    void aTraceGivesTheProbabilitiesOfItsSteps();
    void gradientsFlowThroughCrossAttention();
    void maskedPartsOfAMemoryAreNotLookedAt();
    void aSearchCanBeCancelled();
    void impossibleLengthsAreTold();
};

void TstSearch::enoughBeamsFindTheBestText_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<double>("penalty");
    for (quint64 seed = 1; seed <= 6; ++seed) {
        for (const double penalty : { 0.0, 1.0, 2.0 })
            QTest::addRow("seed %d, penalty %g", int(seed), penalty) << seed << penalty;
    }
}

// With as many beams as there are texts of four ids nothing is ever dropped.
void TstSearch::enoughBeamsFindTheBestText()
{
    QFETCH(quint64, seed);
    QFETCH(double, penalty);
    const auto decoder = tiny(seed);
    const Memory memory = memoryOf(seed + 100);
    WritingRules rules = rulesFor(5, 4 * 4 * 4);
    rules.lengthPenalty = penalty;
    rules.patient = penalty > 0;
    Best best;
    tryAll(*decoder, memory, rules, { startId }, 0, best);
    SilentProgress progress;
    const Written written = write(*decoder, memory, rules, progress);
    QCOMPARE(written.ids, best.ids);
    QVERIFY(std::abs(written.score - best.score) < 1e-4);
}

void TstSearch::greedyTakesTheLikeliestIdEachTime()
{
    for (quint64 seed = 1; seed <= 8; ++seed) {
        const auto decoder = tiny(seed, 50);
        const Memory memory = memoryOf(seed);
        std::vector<qint64> ids { startId };
        while (ids.back() != endId && ids.size() < 12)
            ids.push_back(follow(*decoder, memory, ids).argmax().item<int64_t>());
        SilentProgress progress;
        QCOMPARE(write(*decoder, memory, rulesFor(12, 1), progress).ids, ids);
    }
}

void TstSearch::aCacheChangesNothing()
{
    const auto decoder = tiny(3, 50);
    const Memory memory = memoryOf(4);
    const at::Tensor ids = at::tensor(std::vector<int64_t> { 0, 7, 31, 2, 19, 4 }, at::kLong).unsqueeze(0);
    const EncoderOutput whole = decoder->decode(ids, memory, { .attention = true });
    for (const bool gradients : { false, true }) {
        DecoderCache cache;
        std::vector<at::Tensor> logits;
        std::vector<at::Tensor> cross;
        for (const auto& [begin, count] : { std::pair(0, 2), std::pair(2, 1), std::pair(3, 3) }) {
            const EncoderOutput step = decoder->decode(
                ids.narrow(1, begin, count), memory, { .attention = true, .gradients = gradients }, &cache);
            logits.push_back(step.more.at("logits").detach());
            cross.push_back(step.cross.back().detach());
        }
        QVERIFY(at::allclose(at::cat(logits, 1), whole.more.at("logits"), 1e-4, 1e-5));
        QVERIFY(at::allclose(at::cat(cross, 2), whole.cross.back(), 1e-4, 1e-6));
    }
}

void TstSearch::packedWeightsChangeNothing()
{
    const auto decoder = tiny(5, 50);
    const Memory memory = memoryOf(6);
    const at::Tensor ids = at::tensor(std::vector<int64_t> { 0, 9, 3, 3, 40 }, at::kLong).unsqueeze(0);
    const EncoderOutput packed = decoder->decode(ids, memory, { .hidden = true, .attention = true });
    const EncoderOutput plain
        = decoder->decode(ids, memory, { .hidden = true, .attention = true, .gradients = true });
    QVERIFY(at::allclose(packed.more.at("logits"), plain.more.at("logits"), 1e-4, 1e-5));
    for (size_t layer = 0; layer < packed.cross.size(); ++layer) {
        QVERIFY(at::allclose(packed.cross[layer], plain.cross[layer], 1e-4, 1e-6));
        QVERIFY(at::allclose(packed.attention[layer], plain.attention[layer], 1e-4, 1e-6));
        QVERIFY(at::allclose(packed.hidden[layer], plain.hidden[layer], 1e-4, 1e-5));
    }
}

void TstSearch::forbiddenIdsAreNotWritten()
{
    const auto decoder = tiny(3, 50);
    const Memory memory = memoryOf(3);
    SilentProgress progress;
    for (const int beams : { 1, 3 }) {
        WritingRules rules = rulesFor(10, beams);
        const Written free = write(*decoder, memory, rules, progress);
        rules.notFirst = { free.ids[1] };
        QVERIFY(write(*decoder, memory, rules, progress).ids[1] != free.ids[1]);
        rules.never = { free.ids[1], free.ids[2] };
        for (const qint64 id : write(*decoder, memory, rules, progress).ids)
            QVERIFY(id != free.ids[1] && id != free.ids[2]);
    }
}

void TstSearch::aTraceGivesTheProbabilitiesOfItsSteps()
{
    const auto decoder = tiny(2, 50);
    const Memory memory = memoryOf(2);
    SilentProgress progress;
    WritingRules rules = rulesFor(9, 1);
    rules.start = { startId, 17, 23 };
    const Written written = write(*decoder, memory, rules, progress);
    QCOMPARE(written.begin, 3);
    const WritingTrace traced = trace(*decoder, memory, written);
    const int64_t count = int64_t(written.ids.size()) - 3;
    QCOMPARE(int64_t(traced.probabilities.size()), count);
    QCOMPARE(traced.cross.sizes().vec(), (std::vector<int64_t> { count, 2, 2, 3 }));
    QVERIFY(at::allclose(traced.cross.sum(-1), at::ones({ count, 2, 2 })));
    double sum = 0;
    std::vector<qint64> before(written.ids.begin(), written.ids.begin() + 3);
    for (int64_t i = 0; i < count; ++i) {
        const qint64 id = written.ids[size_t(3 + i)];
        const double own = follow(*decoder, memory, before)[id].item<double>();
        QVERIFY(std::abs(std::exp(own) - traced.probabilities[size_t(i)]) < 1e-5);
        sum += own;
        before.push_back(id);
    }
    QVERIFY(std::abs(sum - written.score) < 1e-4);
}

void TstSearch::gradientsFlowThroughCrossAttention()
{
    const c10::AutoGradMode mode(true);
    const auto decoder = tiny(7, 50);
    Memory memory = memoryOf(7);
    memory.states.requires_grad_(true);
    const at::Tensor ids = at::tensor(std::vector<int64_t> { 0, 9, 3 }, at::kLong).unsqueeze(0);
    const EncoderOutput output = decoder->decode(ids, memory, { .attention = true, .gradients = true });
    const at::Tensor score = output.more.at("logits")[0][2][11];
    std::vector<at::Tensor> asked = output.cross;
    asked.push_back(memory.states);
    const auto slopes = torch::autograd::grad({ score }, asked, {}, true);
    for (const at::Tensor& slope : slopes)
        QVERIFY(slope.abs().sum().item<double>() > 0);
    // The slope at one number of the memory, against a finite difference in double steps.
    const double step = 1e-2;
    const auto scoreAt = [&](double change) {
        Memory moved = memory;
        moved.states = memory.states.detach().clone();
        moved.states[0][1][2] += change;
        return decoder->decode(ids, moved, {}).more.at("logits")[0][2][11].item<double>();
    };
    const double found = (scoreAt(step) - scoreAt(-step)) / (2 * step);
    const double given = slopes.back()[0][1][2].item<double>();
    QVERIFY2(std::abs(found - given) < 0.02 * std::max(1.0, std::abs(given)),
        qPrintable(QStringLiteral("%1 for %2").arg(given).arg(found)));
}

void TstSearch::maskedPartsOfAMemoryAreNotLookedAt()
{
    const auto decoder = tiny(8, 50);
    Memory memory = memoryOf(8);
    const at::Tensor ids = at::tensor(std::vector<int64_t> { 0, 9, 3 }, at::kLong).unsqueeze(0);
    memory.mask = at::tensor(std::vector<int64_t> { 1, 1, 0 }, at::kLong).unsqueeze(0);
    const EncoderOutput masked = decoder->decode(ids, memory, { .attention = true });
    QCOMPARE(masked.cross[0].select(-1, 2).abs().max().item<double>(), 0.0);
    Memory shorter;
    shorter.states = memory.states.narrow(1, 0, 2);
    QVERIFY(at::allclose(
        decoder->decode(ids, shorter, {}).more.at("logits"), masked.more.at("logits"), 1e-4, 1e-5));
}

void TstSearch::aSearchCanBeCancelled()
{
    const auto decoder = tiny(3, 50);
    for (const int beams : { 1, 3 }) {
        StopAtThird progress;
        QVERIFY_EXCEPTION_THROWN(write(*decoder, memoryOf(3), rulesFor(12, beams), progress), Cancelled);
        QCOMPARE(progress.count, 3);
    }
}

void TstSearch::impossibleLengthsAreTold()
{
    const auto decoder = tiny(3, 50);
    SilentProgress progress;
    WritingRules rules = rulesFor(3, 1);
    rules.start = { 0, 1, 2 };
    QVERIFY_EXCEPTION_THROWN(write(*decoder, memoryOf(3), rules, progress), Error);
    rules.start = { 50 };
    QVERIFY_EXCEPTION_THROWN(write(*decoder, memoryOf(3), rules, progress), Error);
    rules.start = {};
    QVERIFY_EXCEPTION_THROWN(write(*decoder, memoryOf(3), rules, progress), Error);
    rules = rulesFor(1000, 1); // no longer than the decoder's 16 positions
    rules.never = rules.ends;
    QCOMPARE(int(write(*decoder, memoryOf(3), rules, progress).ids.size()), 16);
}

QTEST_MAIN(TstSearch)
#include "tst_search.moc"
