#include "core/engine/models/writing/Rules.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/families/Config.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace triptych {

namespace {

constexpr int largestId = 1 << 30;

/// The two places where a value may stand, the first one first.
struct Places {
    Config own;
    Config older;

    const Config& of(const QString& key) const
    {
        return own.has(key) && !own.json().value(key).isNull() ? own : older;
    }
    QJsonValue value(const QString& key) const { return of(key).json().value(key); }
    int integer(const QString& key, int fallback, int minimum, int maximum) const
    {
        return of(key).integer(key, fallback, minimum, maximum);
    }
    /// An id or a list of them; empty when absent or null.
    std::vector<qint64> ids(const QString& key) const
    {
        const QJsonValue given = value(key);
        if (given.isUndefined() || given.isNull())
            return {};
        if (!given.isArray())
            return { integer(key, 0, -1, largestId) };
        if (given.toArray().isEmpty())
            return {};
        const std::vector<int> all = of(key).integers(key, {}, -1, largestId);
        return { all.begin(), all.end() };
    }
};

} // namespace

WritingRules rulesOf(const QString& folder, const QJsonObject& config)
{
    const QString path = QDir(folder).filePath(QStringLiteral("generation_config.json"));
    const bool there = !folder.isEmpty() && QFile::exists(path);
    const Places places { Config(there ? readJsonObject(path) : QJsonObject(), path),
        Config(config, QStringLiteral("config.json")) };
    WritingRules rules;
    rules.start = places.ids(QStringLiteral("decoder_start_token_id"));
    if (rules.start.empty())
        rules.start = places.ids(QStringLiteral("bos_token_id"));
    rules.ends = places.ids(QStringLiteral("eos_token_id"));
    const auto padding = places.ids(QStringLiteral("pad_token_id"));
    rules.padding = !padding.empty() ? padding.front() : rules.ends.empty() ? 0 : rules.ends.front();
    rules.maxLength = places.integer(QStringLiteral("max_length"), 20, 1, 1 << 20);
    rules.beams = places.integer(QStringLiteral("num_beams"), 1, 1, 1024);
    rules.lengthPenalty = places.of(QStringLiteral("length_penalty")).real(QStringLiteral("length_penalty"), 1);
    const QJsonValue stopping = places.value(QStringLiteral("early_stopping"));
    rules.earlyStopping = stopping.toBool();
    rules.patient = stopping.toString() == QLatin1String("never");
    rules.never = places.ids(QStringLiteral("suppress_tokens"));
    rules.notFirst = places.ids(QStringLiteral("begin_suppress_tokens"));
    return rules;
}

} // namespace triptych
