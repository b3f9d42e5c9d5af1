#include "core/engine/analysis/scores/Similarity.h"

#include "core/engine/analysis/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych {

using namespace analysis;

namespace {

constexpr qint64 mostCells = 400'000'000; // 1.6 GB of float32

Value run(EngineContext&, const QJsonObject&, const Inputs& inputs, Progress&)
{
    const QString array = QStringLiteral("embeddings");
    const at::Tensor a = matrixOf(inputs, QStringLiteral("a"), array);
    const at::Tensor b = matrixOf(inputs, QStringLiteral("b"), array);
    if (a.size(1) != b.size(1)) {
        throw Error(QCoreApplication::translate("analysis",
            "a and b: rows of %1 and %2 numbers cannot be compared; take two sets from the same "
            "space.")
                        .arg(a.size(1))
                        .arg(b.size(1)));
    }
    if (a.size(0) * b.size(0) > mostCells) {
        throw Error(QCoreApplication::translate("analysis",
            "a and b: a matrix of %1 by %2 does not fit into memory; take fewer rows, or nearest "
            "neighbours instead.")
                        .arg(a.size(0))
                        .arg(b.size(0)));
    }
    Value value;
    value.arrays[QStringLiteral("similarity")]
        = arrayOf(at::mm(unitRows(a), unitRows(b).t()).clamp_(-1, 1));
    value.info[QStringLiteral("ids_a")] = inputs.value(QStringLiteral("a")).info.value(u"ids");
    value.info[QStringLiteral("ids_b")] = inputs.value(QStringLiteral("b")).info.value(u"ids");
    return value;
}

} // namespace

Method similarityMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("score.similarity");
    info.room = QStringLiteral("score");
    info.title = QStringLiteral("Similarity matrix");
    info.reference = QStringLiteral("Cosine");
    info.inputs = {QStringLiteral("a"), QStringLiteral("b")};
    return {info, run};
}

} // namespace triptych
