#pragma once

#include "core/data/Sample.h"
#include "core/jobs/Progress.h"
#include "core/session/Recipe.h"
#include "core/values/Value.h"

#include <QJsonArray>
#include <QJsonValue>
#include <memory>
#include <vector>

namespace triptych {

/// One option of a method: feeds the form, the command line, `triptych methods`, the contract tests.
struct OptionInfo {
    enum class Type { Integer, Real, Boolean, Text, Choice, File, List };
    QString name;
    Type type = Type::Text;
    QJsonValue defaultValue;
    double minimum = 0;        ///< Integer and Real; equal bounds mean unbounded
    double maximum = 0;
    QStringList choices;       ///< Choice
    QString about;             ///< one line, English source text of a translation
};

struct MethodInfo {
    QString id;                ///< "room.name"
    QString room;              ///< media, model, attention, projection, score, representation, fusion, alignment, training
    QString title;
    QList<OptionInfo> options;
    QString reference;         ///< paper and year, or the definition's source
    QStringList inputs;        ///< what `Inputs` must hold: "samples", or names of values
    bool anyThread = false;    ///< decoding and the like: may run beside the device worker
};

/// What a recipe's inputs stand for when it is run.
struct Inputs {
    std::vector<Sample> samples;
    std::map<QString, ValuePtr> values;

    const Value& value(const QString& name) const; ///< throws Error when missing
};

struct EngineOptions {
    QString device = QStringLiteral("auto"); ///< auto, cpu, cuda, cuda:N
    int threads = 0;                          ///< 0 = every core
    QString resources;                        ///< folder that holds models/triptych-mini
};

/// The door between the plain half of core and LibTorch. Recipes in, plain values out.
class Engine {
public:
    virtual ~Engine() = default;
    virtual const std::vector<MethodInfo>& methods() const = 0;
    /// Runs on the calling thread: the device worker, or any thread where the method says so.
    /// Throws Error or Cancelled, nothing else.
    virtual Value run(const Recipe& recipe, const Inputs& inputs, Progress& progress) = 0;
    /// Versions, device, BLAS, kernels, threads, memory.
    virtual QJsonObject system() const = 0;
};

/// Loads libtriptych_engine.so (beside the program, or in its build folder) and makes the engine.
/// Takes about half a second: call it on the device worker. Throws Error.
std::shared_ptr<Engine> openEngine(const EngineOptions& options);

/// Every option of `method` with defaults filled in; throws Error naming an unknown option, a
/// wrong type or a value out of range.
QJsonObject completeOptions(const MethodInfo& method, const QJsonObject& given);

} // namespace triptych
