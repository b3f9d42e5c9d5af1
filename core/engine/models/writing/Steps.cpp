#include "core/engine/models/writing/Steps.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <limits>

namespace triptych {

Steps::Steps(Decoder& decoder, const Memory& memory, const WritingRules& rules, int rows)
    : m_decoder(decoder)
    , m_memory(memory)
    , m_rules(rules)
{
    m_memory.states = memory.states.expand({ rows, -1, -1 });
    if (memory.mask.defined())
        m_memory.mask = memory.mask.expand({ rows, -1 });
}

at::Tensor Steps::logits(const at::Tensor& ids)
{
    const at::Tensor all = m_decoder.decode(ids.to(m_memory.states.device()), m_memory, {}, &m_cache).more.at("logits");
    const at::Tensor last = all.select(1, all.size(1) - 1).to(at::kCPU);
    if (!last.isfinite().all().item<bool>()) {
        throw Error(QCoreApplication::translate("models",
            "The decoder gave numbers that are not finite; the checkpoint's weights are damaged."));
    }
    return last;
}

at::Tensor Steps::restrained(const at::Tensor& scores)
{
    at::Tensor allowed = scores;
    const auto forbid = [&allowed](const std::vector<qint64>& ids) {
        for (const qint64 id : ids) {
            if (id >= 0 && id < allowed.size(1))
                allowed.select(1, id).fill_(-std::numeric_limits<float>::infinity());
        }
    };
    forbid(m_rules.never);
    if (std::exchange(m_first, false))
        forbid(m_rules.notFirst);
    return allowed;
}

at::Tensor Steps::next(const at::Tensor& ids)
{
    return restrained(logits(ids).clone());
}

at::Tensor Steps::nextLogs(const at::Tensor& ids)
{
    return restrained(at::log_softmax(logits(ids), -1));
}

void Steps::reorder(const at::Tensor& from)
{
    // What is looked at is the same in every row.
    for (KeyValues& kept : m_cache) {
        const at::Tensor index = from.to(kept.key.device());
        kept.key = kept.key.index_select(0, index);
        kept.value = kept.value.index_select(0, index);
    }
}

} // namespace triptych
