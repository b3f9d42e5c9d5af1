#pragma once

#include "core/values/Value.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <string>
#include <vector>

namespace triptych {

/// The tensors of a net by name: drawn from a seed, or taken back from a value that kept them, so
/// that what is trained and what is applied are built by the same lines. One thread at a time.
class Parameters {
public:
    using Named = std::vector<std::pair<std::string, at::Tensor>>;

    /// A fresh start: the same seed draws the same numbers. `type` kDouble is for gradient checks.
    explicit Parameters(quint64 seed, at::Device device = at::kCPU, at::ScalarType type = at::kFloat);
    /// From the arrays "PREFIX.NAME" of `kept`. Asking for one that is missing or of another shape
    /// throws Error.
    explicit Parameters(const Value& kept, const QString& prefix = QStringLiteral("weights"),
        at::Device device = at::kCPU);

    /// Trained tensors. Fresh ones start uniform in ±bound, normal, or constant.
    at::Tensor uniform(const std::string& name, at::IntArrayRef shape, double bound);
    at::Tensor normal(const std::string& name, at::IntArrayRef shape, double deviation);
    at::Tensor constant(const std::string& name, at::IntArrayRef shape, double value);
    /// Kept but not trained: running statistics, means of the data.
    at::Tensor buffer(const std::string& name, at::IntArrayRef shape, double value);

    const Named& trained() const { return m_trained; }
    const Named& buffers() const { return m_buffers; }
    qint64 count() const; ///< numbers in trained tensors
    at::Device device() const { return m_device; }
    at::ScalarType type() const { return m_type; }

    /// Gradients on or off for all trained tensors.
    void requireGradients(bool on);
    /// Copies of everything, for the best epoch so far; and back.
    std::vector<at::Tensor> snapshot() const;
    void restore(const std::vector<at::Tensor>& snapshot);
    /// Adds "PREFIX.NAME" float32 arrays.
    void store(Value& value, const QString& prefix = QStringLiteral("weights")) const;

private:
    at::Tensor taken(const std::string& name, at::IntArrayRef shape);
    at::Tensor add(Named& to, const std::string& name, at::Tensor tensor);

    const Value* m_kept = nullptr; ///< must live while layers are built
    QString m_prefix;
    at::Generator m_generator;
    at::Device m_device;
    at::ScalarType m_type;
    Named m_trained;
    Named m_buffers;
};

} // namespace triptych
