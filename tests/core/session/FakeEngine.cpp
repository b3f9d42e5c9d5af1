// An engine without LibTorch: quick, exact, and as slow or faulty as a test asks for.
#include "core/jobs/Error.h"
#include "core/session/Engine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <atomic>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

constexpr int dim = 8;

std::vector<MethodInfo> table()
{
    using Type = OptionInfo::Type;
    const OptionInfo model { u"model"_s, Type::Text, u""_s, 0, 0, {}, {} };
    const OptionInfo modality { u"modality"_s, Type::Text, u""_s, 0, 0, {}, {} };
    return { { u"media.describe"_s, u"media"_s, {}, { modality }, {}, { u"samples"_s }, true },
        { u"model.info"_s, u"model"_s, {}, { model, { u"inspect"_s, Type::Boolean, false, 0, 0, {}, {} } }, {}, {}, false },
        { u"model.embed"_s, u"model"_s, {}, { model, modality }, {}, { u"samples"_s }, false },
        { u"test.count"_s, u"test"_s, {}, { model, { u"size"_s, Type::Integer, 1, 0, 0, {}, {} } }, {}, {}, false },
        { u"test.partial"_s, u"test"_s, {}, {}, {}, {}, false },
        { u"test.endless"_s, u"test"_s, {}, {}, {}, {}, false },
        { u"train.fake"_s, u"training"_s, {},
            { { u"epochs"_s, Type::Integer, 3, 0, 0, {}, {} }, { u"seed"_s, Type::Integer, 0, 0, 0, {}, {} } }, {}, {}, false } };
}

class FakeEngine final : public Engine {
public:
    const std::vector<MethodInfo>& methods() const override { return m_methods; }
    QJsonObject system() const override { return { { u"device"_s, u"fake"_s } }; }

    Value run(const Recipe& recipe, const Inputs& inputs, Progress& progress) override
    {
        for (const MethodInfo& method : m_methods)
            if (method.id == recipe.method)
                return run(recipe.method, completeOptions(method, recipe.options), inputs, progress);
        throw Error(u"There is no method \"%1\"."_s.arg(recipe.method));
    }

private:
    Value run(const QString& id, const QJsonObject& options, const Inputs& inputs, Progress& progress)
    {
        if (id == "media.describe"_L1)
            return describe(inputs.samples.at(0));
        if (id == "model.info"_L1)
            return info(options["model"_L1].toString());
        if (id == "model.embed"_L1)
            return embed(options, inputs, progress);
        if (id == "test.count"_L1)
            return count(options["size"_L1].toInt());
        if (id == "train.fake"_L1)
            return train(options, progress);
        if (id == "test.partial"_L1)
            progress.partial(std::make_shared<Value>(count(1)));
        while (id == "test.endless"_L1)
            progress.report(0, 0);
        return count(1);
    }

    static Value describe(const Sample& sample)
    {
        for (const auto& [modality, source] : sample.sources) {
            QFile file(source.path);
            if (!file.open(QIODevice::ReadOnly) || file.read(6) == "broken")
                throw Error(source.path + u": it is broken; export it again."_s);
        }
        return {};
    }

    static Value info(const QString& path)
    {
        const QFileInfo folder(path);
        if (path != "triptych-mini"_L1 && !QFile::exists(path + u"/config.json"_s))
            throw Error(path + u": it is no model."_s);
        Value value;
        value.info = { { u"name"_s, folder.fileName() }, { u"hash"_s, u"hash of "_s + folder.fileName() },
            { u"modalities"_s, QJsonArray { u"image"_s, u"text"_s } } };
        return value;
    }

    /// The row of a sample is its id's length, its text's length, zeros.
    static Value embed(const QJsonObject& options, const Inputs& inputs, Progress& progress)
    {
        std::vector<float> rows;
        QStringList ids;
        QJsonArray failed;
        qint64 done = 0;
        const int milliseconds = qEnvironmentVariableIntValue("TRIPTYCH_FAKE_DELAY");
        for (const Sample& sample : inputs.samples) {
            if (sample.id.startsWith(u"out of memory"_s))
                throw Error(u"There is not enough memory for this; take a smaller batch."_s);
            if (sample.id.startsWith(u"unreadable"_s)) {
                failed << QJsonObject { { u"id"_s, sample.id }, { u"error"_s, u"it is broken"_s } };
                continue;
            }
            ids << sample.id;
            std::vector<float> row(dim, 0.f);
            row[0] = float(sample.id.size());
            row[1] = sample.has(Modality::Text) ? float(sample.sources.at(Modality::Text).text.size()) : 0.f;
            rows.insert(rows.end(), row.begin(), row.end());
            if (milliseconds > 0)
                QThread::msleep(ulong(milliseconds));
            progress.report(++done, qint64(inputs.samples.size()));
        }
        Value value;
        value.arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), { ids.size(), dim });
        value.info = { { u"ids"_s, QJsonArray::fromStringList(ids) }, { u"modality"_s, options["modality"_L1] },
            { u"model"_s, u"fake"_s }, { u"failed"_s, failed } };
        return value;
    }

    /// Weight e after e epochs of ten steps.
    static Value train(const QJsonObject& options, Progress& progress)
    {
        const int epochs = options["epochs"_L1].toInt();
        Value value;
        for (int step = 0; step < 10 * epochs; ++step) {
            progress.report(step, 10 * epochs, u"training"_s);
            QThread::msleep(1); // one batch
            if (step % 10 != 9)
                continue;
            const std::vector<float> weights { float(step / 10 + 1) };
            value.arrays[u"weights.w"_s] = Array::of(std::span<const float>(weights), { 1 });
            value.info = { { u"epochs"_s, step / 10 + 1 }, { u"seed"_s, options["seed"_L1] }, { u"partial"_s, true },
                { u"words"_s, QJsonArray { u"a"_s, u"b"_s } } };
            progress.partial(std::make_shared<Value>(value));
        }
        value.info.remove(u"partial"_s);
        value.info[u"method"_s] = u"train.fake"_s;
        value.info[u"options"_s] = options;
        return value;
    }

    /// How often it ran, in an array of `size` floats.
    Value count(int size)
    {
        const std::vector<float> data(size_t(size), float(++m_runs));
        Value value;
        value.arrays[u"data"_s] = Array::of(std::span<const float>(data), { size });
        value.info[u"runs"_s] = int(m_runs);
        return value;
    }

    std::vector<MethodInfo> m_methods = table();
    std::atomic_int m_runs = 0;
};

} // namespace

extern "C" Q_DECL_EXPORT Engine* triptychMakeEngine(const EngineOptions* options)
{
    if (options->device == "missing"_L1)
        throw Error(u"--device: there is no such device."_s);
    return new FakeEngine;
}
