#include "core/engine/models/nn/ConvStem.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

constexpr int groups = 8;
constexpr int kernel = 3;

} // namespace

at::Tensor ConvStem::Convolution::operator()(const at::Tensor& values) const
{
    const at::Tensor convolved = at::conv2d(values, weight, {}, stride, { 1, 1 });
    return at::group_norm(convolved, groups, norm.weight, norm.bias, norm.epsilon);
}

ConvStem::Convolution ConvStem::convolution(const Scope& scope, const QString& weight,
    const QString& norm, int in, int out, std::array<int64_t, 2> stride)
{
    Convolution made;
    made.weight = scope.take(weight + QStringLiteral(".weight"), { out, in, kernel, kernel },
        Init::normal(std::sqrt(2.0 / (kernel * kernel * out))));
    made.norm = LayerNorm(scope.in(norm), out, 1e-5);
    made.stride = stride;
    return made;
}

ConvStem::ConvStem(const Scope& scope, int channelsIn, const std::vector<StemStage>& stages)
{
    int in = channelsIn;
    for (size_t i = 0; i < stages.size(); ++i) {
        const StemStage& given = stages[i];
        const Scope here = scope.in(QString::number(i));
        Stage stage;
        stage.first = convolution(here, QStringLiteral("conv"), QStringLiteral("norm"), in,
            given.channels, { given.strideRows, given.strideColumns });
        in = given.channels;
        for (int block = 0; block < given.residual; ++block) {
            const Scope inner = here.in(QStringLiteral("blocks")).in(QString::number(block));
            auto first = convolution(
                inner, QStringLiteral("conv1"), QStringLiteral("norm1"), in, in, { 1, 1 });
            auto second = convolution(
                inner, QStringLiteral("conv2"), QStringLiteral("norm2"), in, in, { 1, 1 });
            stage.blocks.emplace_back(std::move(first), std::move(second));
        }
        m_stages.push_back(std::move(stage));
    }
}

at::Tensor ConvStem::operator()(at::Tensor values) const
{
    for (const Stage& stage : m_stages) {
        values = at::gelu(stage.first(values));
        for (const auto& [first, second] : stage.blocks)
            values = at::gelu(values + second(at::gelu(first(values))));
    }
    return values;
}

int ConvStem::side(int length, const std::vector<StemStage>& stages, bool rows)
{
    for (const StemStage& stage : stages) {
        const int stride = rows ? stage.strideRows : stage.strideColumns;
        length = (length + 2 - kernel) / stride + 1;
    }
    return length;
}

} // namespace triptych
