#pragma once

#include "core/engine/models/Families.h"
#include "core/engine/models/nn/Weights.h"

#include <QSet>

/// A second, plain way to compute what a family's tower gives: at:: operations in double, written from
/// the papers and by the reference's names of tensors, for families without an oracle.
namespace plain {

/// Makes each tensor that is asked for by a seeded formula and keeps it under its name. `optional`: those
/// that `has` tells of.
class Tensors final : public triptych::Weights {
public:
    explicit Tensors(QSet<QString> optional = {});
    bool has(const QString& name) const override { return m_optional.contains(name) || m_made.count(name) > 0; }
    /// Makes a tensor beforehand, for families that are told by names and shapes.
    void put(const QString& name, at::IntArrayRef shape);
    const triptych::TensorMap& made() const { return m_made; }

    at::Tensor get(const QString& name) const; ///< as double; fails the test's process when nobody asked for it
    at::Tensor linear(const QString& name, const at::Tensor& x) const;
    at::Tensor norm(const QString& name, const at::Tensor& x, double epsilon) const;

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, triptych::Init init) override;

private:
    QSet<QString> m_optional;
    triptych::TensorMap m_made;
};

/// The names in one layer, below its prefix.
struct Layer {
    int heads = 1;
    double epsilon = 1e-6;
    QString norm1, norm2, out, fc1, fc2;
    QString joined {};                   ///< qkv in one, else query, key, value
    QString query {}, key {}, value {};
    QString queryBias {}, valueBias {};
    QString scale1 {}, scale2 {};
    QString biasKey {}, biasValue {};    ///< torch's MultiheadAttention(add_bias_kv=True)
    bool gated = false;
    bool causal = false;
};

/// softmax(q·kᵀ/√d)·v of [N,T,W] over heads.
at::Tensor mix(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, int heads, bool causal = false);
/// One pre-norm layer over x [N,T,W].
at::Tensor layer(const Tensors& w, const QString& prefix, at::Tensor x, const Layer& names);
/// Largest difference; infinite where shapes differ.
double off(const at::Tensor& ours, const at::Tensor& theirs);
/// A seeded batch of numbers from -1 to 1.
at::Tensor numbers(at::IntArrayRef shape, double phase = 0.3);

/// What holds for each tower: packed operations give what autograd's give, attention rows sum to 1, the
/// embedding has a gradient at each layer's attention, the layout covers the sequence. Empty when so.
QString faults(triptych::Encoder& encoder, const triptych::EncoderInput& input);

} // namespace plain
