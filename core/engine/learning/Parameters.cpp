#include "core/engine/learning/Parameters.h"

#include "core/jobs/Error.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

namespace {

QString sides(at::IntArrayRef shape)
{
    QStringList texts;
    for (const int64_t side : shape)
        texts.append(QString::number(side));
    return texts.join(QStringLiteral(" × "));
}

} // namespace

Parameters::Parameters(quint64 seed, at::Device device, at::ScalarType type)
    : m_generator(at::detail::createCPUGenerator(seed))
    , m_device(device)
    , m_type(type)
{
}

Parameters::Parameters(const Value& kept, const QString& prefix, at::Device device)
    : m_kept(&kept)
    , m_prefix(prefix + QLatin1Char('.'))
    , m_device(device)
    , m_type(at::kFloat)
{
}

at::Tensor Parameters::taken(const std::string& name, at::IntArrayRef shape)
{
    const Array& array = m_kept->array(m_prefix + QString::fromStdString(name));
    const std::vector<int64_t> has(array.shape.begin(), array.shape.end());
    if (has != shape.vec()) {
        throw Error(QCoreApplication::translate("learning",
            "What was kept does not fit this net: %1 is %2, but %3 is wanted; train it again.")
                .arg(QString::fromStdString(name), sides(has), sides(shape)));
    }
    const auto type = array.type == ArrayType::Float64 ? at::kDouble : at::kFloat;
    const Array plain = array.type == ArrayType::Float64 ? array : array.toFloat();
    return at::from_blob(const_cast<char*>(plain.bytes.constData()), shape, at::TensorOptions(type))
        .to(at::TensorOptions(m_type).device(m_device), false, true);
}

at::Tensor Parameters::add(Named& to, const std::string& name, at::Tensor tensor)
{
    to.emplace_back(name, tensor);
    return tensor;
}

at::Tensor Parameters::uniform(const std::string& name, at::IntArrayRef shape, double bound)
{
    if (m_kept)
        return add(m_trained, name, taken(name, shape));
    const at::Tensor drawn = at::rand(shape, m_generator, at::TensorOptions(m_type)) * (2 * bound) - bound;
    return add(m_trained, name, drawn.to(m_device));
}

at::Tensor Parameters::normal(const std::string& name, at::IntArrayRef shape, double deviation)
{
    if (m_kept)
        return add(m_trained, name, taken(name, shape));
    return add(m_trained, name, (at::randn(shape, m_generator, at::TensorOptions(m_type)) * deviation).to(m_device));
}

at::Tensor Parameters::constant(const std::string& name, at::IntArrayRef shape, double value)
{
    if (m_kept)
        return add(m_trained, name, taken(name, shape));
    return add(m_trained, name, at::full(shape, value, at::TensorOptions(m_type).device(m_device)));
}

at::Tensor Parameters::buffer(const std::string& name, at::IntArrayRef shape, double value)
{
    if (m_kept)
        return add(m_buffers, name, taken(name, shape));
    return add(m_buffers, name, at::full(shape, value, at::TensorOptions(m_type).device(m_device)));
}

qint64 Parameters::count() const
{
    qint64 sum = 0;
    for (const auto& [name, tensor] : m_trained)
        sum += tensor.numel();
    return sum;
}

void Parameters::requireGradients(bool on)
{
    for (auto& [name, tensor] : m_trained) {
        tensor.requires_grad_(on);
        if (!on)
            tensor.mutable_grad() = at::Tensor();
    }
}

std::vector<at::Tensor> Parameters::snapshot() const
{
    std::vector<at::Tensor> copies;
    for (const Named* named : { &m_trained, &m_buffers })
        for (const auto& [name, tensor] : *named)
            copies.push_back(tensor.detach().clone());
    return copies;
}

void Parameters::restore(const std::vector<at::Tensor>& snapshot)
{
    size_t i = 0;
    for (const Named* named : { &m_trained, &m_buffers })
        for (const auto& [name, tensor] : *named)
            tensor.detach().copy_(snapshot.at(i++));
}

void Parameters::store(Value& value, const QString& prefix) const
{
    for (const Named* named : { &m_trained, &m_buffers }) {
        for (const auto& [name, tensor] : *named) {
            const at::Tensor plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
            value.arrays[prefix + QLatin1Char('.') + QString::fromStdString(name)] = Array::of(
                std::span<const float>(plain.data_ptr<float>(), size_t(plain.numel())),
                QList<qint64>(plain.sizes().begin(), plain.sizes().end()));
        }
    }
}

} // namespace triptych
