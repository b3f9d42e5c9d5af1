#include "core/engine/models/nn/Weights.h"

#include "core/jobs/Error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QStringList>

namespace triptych {

namespace {

QString shapeText(at::IntArrayRef shape)
{
    QStringList sides;
    for (int64_t side : shape)
        sides.append(QString::number(side));
    return QStringLiteral("[%1]").arg(sides.join(QStringLiteral(", ")));
}

} // namespace

at::Tensor Weights::take(const QString& name, at::IntArrayRef shape, Init init)
{
    at::Tensor tensor = make(name, shape, init);
    m_taken.emplace_back(storedName(name).toStdString(), tensor);
    return tensor;
}

Weights::Named Weights::released()
{
    return std::exchange(m_taken, {});
}

StoredWeights::StoredWeights(
    std::map<QString, at::Tensor> tensors, QString where, at::Device device)
    : m_tensors(std::move(tensors))
    , m_where(std::move(where))
    , m_device(device)
{
}

at::Tensor StoredWeights::make(const QString& name, at::IntArrayRef shape, Init)
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) {
        throw Error(QCoreApplication::translate("models",
            "%1: the tensor %2 is missing; the weights do not belong to this config.json, or the "
            "download is incomplete.").arg(m_where, name));
    }
    const at::Tensor& stored = found->second;
    if (stored.sizes() != shape) {
        throw Error(QCoreApplication::translate("models",
            "%1: the tensor %2 has the shape %3, but config.json asks for %4.")
                .arg(m_where, name, shapeText(stored.sizes()), shapeText(shape)));
    }
    return stored.to(at::TensorOptions().dtype(at::kFloat).device(m_device)).contiguous();
}

RandomWeights::RandomWeights(quint64 seed, at::Device device)
    : m_generator(at::detail::createCPUGenerator(seed))
    , m_device(device)
{
}

at::Tensor RandomWeights::make(const QString&, at::IntArrayRef shape, Init init)
{
    at::Tensor tensor = at::full(shape, init.mean, at::kFloat);
    if (init.deviation > 0)
        tensor = at::normal(tensor, init.deviation, m_generator);
    return tensor.to(m_device);
}

} // namespace triptych
