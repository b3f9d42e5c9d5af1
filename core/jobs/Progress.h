#pragma once

#include <QString>
#include <memory>

namespace triptych {

struct Value;

/// How a piece of work says how far it is. Given to the work, used on the thread that runs it.
class Progress {
public:
    virtual ~Progress() = default;

    /// `done` of `total` steps of `stage` (translated). Throws Cancelled when asked to stop, and
    /// lets interactive work go first when the work is bulk: call it between batches, at least
    /// every half second.
    virtual void report(qint64 done, qint64 total, const QString& stage = {}) = 0;

    /// Hands out a result that is worth showing before the work is over.
    virtual void partial(std::shared_ptr<const Value> value) { Q_UNUSED(value) }
};

/// Progress nobody looks at: for tests and for short work on the command line.
class SilentProgress final : public Progress {
public:
    void report(qint64, qint64, const QString& = {}) override { }
};

} // namespace triptych
