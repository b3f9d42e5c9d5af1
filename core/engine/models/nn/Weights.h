#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <QString>
#include <map>
#include <vector>

namespace triptych {

/// How a tensor starts when a model is made for training.
struct Init {
    double mean = 0;
    double deviation = 0; ///< 0: every element is `mean`

    static Init normal(double deviation) { return { 0, deviation }; }
    static Init constant(double value) { return { value, 0 }; }
};

/// Where layers take their tensors from: a checkpoint, or a seeded random start. One builder
/// serves both, so what is trained and what is loaded cannot drift apart.
class Weights {
public:
    using Named = std::vector<std::pair<std::string, at::Tensor>>;

    virtual ~Weights() = default;
    virtual bool has(const QString& name) const = 0;
    /// Float32, contiguous, exactly of `shape`. Throws Error that names the tensor.
    at::Tensor take(const QString& name, at::IntArrayRef shape, Init init);
    /// What was taken since the last call, by name.
    Named released();

protected:
    virtual at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) = 0;
    /// Under which name the tensor stands in the file.
    virtual QString storedName(const QString& name) const { return name; }

private:
    Named m_taken;
};

/// Tensors of a file, widened to float32 once.
class StoredWeights final : public Weights {
public:
    /// `where` names the checkpoint in errors.
    StoredWeights(std::map<QString, at::Tensor> tensors, QString where, at::Device device);
    bool has(const QString& name) const override { return m_tensors.count(name) > 0; }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) override;

private:
    std::map<QString, at::Tensor> m_tensors;
    QString m_where;
    at::Device m_device;
};

/// A random start: the same seed gives the same tensors.
class RandomWeights final : public Weights {
public:
    RandomWeights(quint64 seed, at::Device device);
    bool has(const QString&) const override { return true; }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) override;

private:
    at::Generator m_generator;
    at::Device m_device;
};

/// A place in the tree of names.
struct Scope {
    Weights& weights;
    QString prefix; ///< ends in a dot, or is empty

    Scope in(const QString& name) const { return { weights, prefix + name + QLatin1Char('.') }; }
    at::Tensor take(const QString& name, at::IntArrayRef shape, Init init) const
    {
        return weights.take(prefix + name, shape, init);
    }
};

} // namespace triptych
