#include "core/engine/representation/picture/NetParts.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

OptionInfo stemOption()
{
    return option::choice("stem", "auto", { QStringLiteral("auto"), QStringLiteral("published"), QStringLiteral("small") },
        "First layers as published, or for small pictures; auto takes those under 128 pixels");
}

int NetShape::scaled(int published) const { return std::max(1, int(std::lround(published * width))); }

bool NetShape::isSmall() const
{
    const QString stem = options[u"stem"].toString();
    return stem == u"small" || (stem != u"published" && side < 128);
}

double NetShape::real(const char* option) const { return options[QLatin1String(option)].toDouble(); }

int NetShape::integer(const char* option) const
{
    const QJsonValue value = options[QLatin1String(option)];
    return value.isString() ? value.toString().toInt() : value.toInt();
}

at::Tensor netLoss(const PictureNet& net, const NetOutput& output, const at::Tensor& labels)
{
    at::Tensor loss = at::cross_entropy_loss(output.logits, labels);
    for (const at::Tensor& head : output.auxiliary)
        loss = loss + net.auxiliaryWeight() * at::cross_entropy_loss(head, labels);
    return loss;
}

Flow inputOf(const at::Tensor& pixels, const Pass& pass)
{
    return { pixels, pass.look ? Field::ofPixels(pixels.size(2)) : Field() };
}

Flow operator|(const Flow& flow, const learning::Conv2d& convolution)
{
    const learning::ConvShape& shape = convolution.shape;
    const at::Tensor values = convolution(flow.values);
    return { values, flow.field.through(shape.kernel, shape.stride, shape.padding, values.size(2)) };
}

Flow maxPool(const Flow& flow, int kernel, int stride, int padding, bool ceil)
{
    const at::Tensor values = at::max_pool2d(
        flow.values, { kernel, kernel }, { stride, stride }, { padding, padding }, { 1, 1 }, ceil);
    return { values, flow.field.through(kernel, stride, padding, values.size(2)) };
}

Flow meanPool(const Flow& flow, int kernel, int stride)
{
    const at::Tensor values = at::avg_pool2d(flow.values, { kernel, kernel }, { stride, stride });
    return { values, flow.field.through(kernel, stride, 0, values.size(2)) };
}

Flow relu(const Flow& flow) { return { flow.values.relu(), flow.field }; }
Flow tanhOf(const Flow& flow) { return { flow.values.tanh(), flow.field }; }

at::Tensor normed(const learning::BatchNorm& norm, const at::Tensor& values, const Pass& pass)
{
    return norm(values, pass.training && values.numel() > values.size(1));
}

NormedConv::NormedConv(Parameters& parameters, const std::string& conv, const std::string& normName,
    const learning::ConvShape& shape, double start)
    : convolution(parameters, conv, shape, true)
    , norm(parameters, normName, shape.out, start)
{
}

Flow NormedConv::operator()(const Flow& flow, const Pass& pass, bool rectified) const
{
    const Flow convolved = flow | convolution;
    const Flow scaled { normed(norm, convolved.values, pass), convolved.field };
    return rectified ? relu(scaled) : scaled;
}

learning::Dense heDense(Parameters& parameters, const std::string& name, int in, int out)
{
    learning::Dense dense;
    dense.weight = parameters.normal(name + ".weight", { out, in }, std::sqrt(2.0 / in));
    dense.bias = parameters.constant(name + ".bias", { out }, 0);
    return dense;
}

at::Tensor dropped(const at::Tensor& values, double p, const Pass& pass)
{
    return pass.training && pass.chance ? pass.chance->dropout(values, p) : values;
}

void keep(NetOutput& output, const Pass& pass, const char* name, const Flow& flow, const char* about)
{
    if (pass.look)
        output.stages.push_back({ name, flow.values, flow.field, about });
}

void keepVector(NetOutput& output, const Pass& pass, const char* name, const Flow& before, const at::Tensor& values,
    const char* about)
{
    if (pass.look)
        output.stages.push_back({ name, values.unsqueeze(2).unsqueeze(3), before.field.whole(), about });
}

int sideAfter(int side, int kernel, int stride, int padding, bool ceil)
{
    const int free = side + 2 * padding - kernel;
    const int after = free < 0 ? 0 : (ceil ? (free + stride - 1) / stride : free / stride) + 1;
    if (after < 1) {
        throw Error(Tr::tr("side: a map of %1 × %1 is smaller than the window of %2 × %2 that reads it; take a larger "
                           "side, or the stem for small pictures.").arg(side).arg(kernel));
    }
    return after;
}

} // namespace triptych::representation
