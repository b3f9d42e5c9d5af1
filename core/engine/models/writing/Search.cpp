#include "core/engine/models/writing/Search.h"

#include "core/engine/models/writing/Beams.h"
#include "core/engine/models/writing/Steps.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

at::Tensor row(const std::vector<qint64>& ids)
{
    return at::tensor(std::vector<int64_t>(ids.begin(), ids.end()), at::kLong).unsqueeze(0);
}

bool contains(const std::vector<qint64>& ids, qint64 id)
{
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Written greedy(Decoder& decoder, const Memory& memory, const WritingRules& rules, Progress& progress)
{
    const int limit = longest(decoder, rules);
    Steps steps(decoder, memory, rules, 1);
    Written written { rules.start, int(rules.start.size()), 0 };
    at::Tensor fed = row(rules.start);
    while (int(written.ids.size()) < limit) {
        progress.report(qint64(written.ids.size()), limit, Tr::tr("Writing"));
        const at::Tensor scores = steps.next(fed);
        const qint64 id = scores.argmax(-1).item<int64_t>();
        written.score += at::log_softmax(scores, -1)[0][id].item<double>();
        written.ids.push_back(id);
        if (contains(rules.ends, id))
            break;
        fed = row({ id });
    }
    return written;
}

/// The texts that are growing, all equally long.
class Growing {
public:
    Growing(const WritingRules& rules, int limit)
        : m_rules(rules)
        , m_ids(size_t(rules.beams), rules.start)
        , m_finished(rules, limit)
    {
        // Rows start equal: only the first counts, or all of them would stay equal.
        m_sums = at::full({ rules.beams }, -1e9f);
        m_sums[0] = 0;
    }

    at::Tensor first() const { return row(m_rules.start).expand({ m_rules.beams, -1 }); }
    int length() const { return int(m_ids.front().size()); }
    bool done() const { return m_done; }

    /// Takes the step's log-probabilities [beams,V]; gives the next ids [beams,1] and, in `from`,
    /// the row that each goes on from.
    at::Tensor step(const at::Tensor& logs, at::Tensor& from)
    {
        const int64_t vocabulary = logs.size(1);
        const int64_t kept = std::min<int64_t>(
            std::max<int64_t>(2, 1 + int64_t(m_rules.ends.size())) * m_rules.beams, logs.numel());
        const auto [sums, places] = at::topk((logs + m_sums.unsqueeze(1)).view(-1), kept);
        std::vector<std::vector<qint64>> grown;
        std::vector<int64_t> next;
        std::vector<int64_t> rows;
        std::vector<float> kepts;
        for (int64_t rank = 0; rank < kept && int(grown.size()) < m_rules.beams; ++rank) {
            const int64_t beam = places[rank].item<int64_t>() / vocabulary;
            const qint64 id = places[rank].item<int64_t>() % vocabulary;
            const float sum = sums[rank].item<float>();
            const std::vector<qint64>& before = m_ids[size_t(beam)];
            if (contains(m_rules.ends, id)) {
                if (rank < m_rules.beams)
                    m_finished.add(before, sum, writtenIn(length() + 1));
                continue;
            }
            grown.push_back(before);
            grown.back().push_back(id);
            next.push_back(id);
            rows.push_back(beam);
            kepts.push_back(sum);
        }
        if (int(grown.size()) < m_rules.beams)
            throw Error(QCoreApplication::translate("models",
                "beams: there are not enough ids in the vocabulary for so many; use fewer."));
        m_ids = std::move(grown);
        m_sums = at::tensor(kepts);
        m_done = m_finished.isDone(sums[0].item<double>(), writtenIn(length()));
        from = at::tensor(rows, at::kLong);
        return at::tensor(next, at::kLong).unsqueeze(1);
    }

    Written best(int limit)
    {
        if (!m_done) {
            for (size_t beam = 0; beam < m_ids.size(); ++beam)
                m_finished.add(m_ids[beam], m_sums[int64_t(beam)].item<double>(), writtenIn(length()));
        }
        Written written { m_finished.best(), int(m_rules.start.size()), m_finished.bestScore() };
        if (int(written.ids.size()) < limit && !m_rules.ends.empty())
            written.ids.push_back(m_rules.ends.front());
        return written;
    }

private:
    int writtenIn(int length) const { return length - int(m_rules.start.size()); }

    const WritingRules& m_rules;
    std::vector<std::vector<qint64>> m_ids;
    at::Tensor m_sums; ///< [beams]
    Hypotheses m_finished;
    bool m_done = false;
};

Written beams(Decoder& decoder, const Memory& memory, const WritingRules& rules, Progress& progress)
{
    const int limit = longest(decoder, rules);
    Steps steps(decoder, memory, rules, rules.beams);
    Growing growing(rules, limit);
    at::Tensor fed = growing.first();
    while (growing.length() < limit && !growing.done()) {
        progress.report(growing.length(), limit, Tr::tr("Writing"));
        at::Tensor from;
        fed = growing.step(steps.nextLogs(fed), from);
        steps.reorder(from);
    }
    return growing.best(limit);
}

} // namespace

int longest(const Decoder& decoder, const WritingRules& rules)
{
    const int limit = std::min(rules.maxLength, decoder.positions());
    if (rules.start.empty())
        throw Error(Tr::tr("This model does not say which id a text starts with; generation_config.json should."));
    for (const qint64 id : rules.start) {
        if (id < 0 || id >= decoder.vocabulary())
            throw Error(Tr::tr("The id %1 that the text starts with is outside the vocabulary of %2.")
                            .arg(id).arg(decoder.vocabulary()));
    }
    if (int(rules.start.size()) >= limit) {
        throw Error(Tr::tr("The start has %1 tokens and the whole text may have %2: nothing can be written. "
                           "Shorten the prompt or raise the length.")
                        .arg(rules.start.size()).arg(limit));
    }
    return limit;
}

Written write(Decoder& decoder, const Memory& memory, const WritingRules& rules, Progress& progress)
{
    if (memory.states.size(0) != 1)
        throw Error(Tr::tr("A text is written for one sample at a time."));
    if (rules.beams < 1)
        throw Error(Tr::tr("beams: this must be at least 1."));
    return rules.beams == 1 ? greedy(decoder, memory, rules, progress) : beams(decoder, memory, rules, progress);
}

WritingTrace trace(Decoder& decoder, const Memory& memory, const Written& written)
{
    const int64_t count = int64_t(written.ids.size()) - written.begin;
    const at::Tensor ids = row(written.ids).to(memory.states.device());
    const EncoderOutput output
        = decoder.decode(ids.narrow(1, 0, ids.size(1) - 1), memory, { .attention = true });
    // The step that chose an id stood at the id before it.
    const at::Tensor logs
        = at::log_softmax(output.more.at("logits")[0].narrow(0, written.begin - 1, count), -1);
    const at::Tensor own = logs.gather(1, ids[0].narrow(0, written.begin, count).unsqueeze(1)).exp();
    WritingTrace made;
    for (int64_t i = 0; i < count; ++i)
        made.probabilities.push_back(own[i].item<double>());
    std::vector<at::Tensor> layers;
    for (const at::Tensor& layer : output.cross)
        layers.push_back(layer[0].narrow(1, written.begin - 1, count)); // [H,T,S]
    if (!layers.empty())
        made.cross = at::stack(layers).permute({ 2, 0, 1, 3 }).contiguous();
    return made;
}

Memory rowOf(const Memory& memory, int64_t index)
{
    Memory one = memory;
    one.states = memory.states.narrow(0, index, 1);
    if (memory.mask.defined())
        one.mask = memory.mask.narrow(0, index, 1);
    for (at::Tensor& layer : one.looked)
        layer = layer.narrow(0, index, 1);
    return one;
}

} // namespace triptych
