#include "core/engine/representation/joint/Dbn.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

QString stageOf(const Visible& visible, size_t layer)
{
    return Tr::tr("%1, layer %2").arg(QString::fromStdString(visible.name)).arg(layer + 1);
}

} // namespace

Dbn::Dbn(Parameters& parameters, const std::vector<Visible>& modalities, const std::vector<int>& layers, int jointUnits)
    : visibles(modalities)
{
    std::vector<Visible> highest;
    for (const Visible& visible : visibles) {
        std::vector<Rbm> stack;
        Visible below = visible;
        below.name = "visible";
        for (size_t l = 0; l < layers.size() && !visible.direct; ++l) {
            stack.emplace_back(parameters, visible.name + "." + std::to_string(l + 1), std::vector<Visible> { below }, layers[l]);
            below = { "visible", VisibleKind::Binary, layers[l] };
        }
        stacks.push_back(std::move(stack));
        highest.push_back(visible.direct ? visible : Visible { visible.name, VisibleKind::Binary, layers.back() });
    }
    top.emplace_back(parameters, "joint", highest, jointUnits);
}

std::vector<at::Tensor> Dbn::up(size_t modality, const at::Tensor& values) const
{
    std::vector<at::Tensor> layers;
    for (const Rbm& machine : stacks[modality])
        layers.push_back(machine.hiddenMean({ layers.empty() ? values : layers.back() }));
    if (layers.empty())
        layers.push_back(values);
    return layers;
}

at::Tensor Dbn::down(size_t modality, const at::Tensor& highest, const at::Tensor& totals) const
{
    at::Tensor values = highest;
    for (size_t l = stacks[modality].size(); l-- > 0;)
        values = stacks[modality][l].meanVisibles(values, { l == 0 ? totals : at::Tensor() }).front();
    return values;
}

void trainDbn(Dbn& net, const Batch& data, const Batch& validation, const MachineFit& options,
    MachineWatch& watch, bool deep)
{
    const bool validates = !validation.empty() && validation.front().size(0) > 0;
    Batch highest, highestValidation;
    for (size_t m = 0; m < net.visibles.size(); ++m) {
        Batch below { data[m] }, held;
        if (validates)
            held = { validation[m] };
        for (size_t l = 0; l < net.stacks[m].size(); ++l) {
            Rbm& machine = net.stacks[m][l];
            machine.startBiases(below);
            // The lowest layer of a deep machine will get as much from above as from below.
            const double up = deep && l == 0 ? 2 : 1;
            trainRbm(machine, below, held, options, stageOf(net.visibles[m], l), watch, up);
            below = { machine.hiddenMean(below, up) };
            if (validates)
                held = { machine.hiddenMean(held, up) };
        }
        highest.push_back(below.front());
        if (validates)
            highestValidation.push_back(held.front());
    }
    net.joint().startBiases(highest);
    trainRbm(net.joint(), highest, highestValidation, options, Tr::tr("joint"), watch, 1, deep ? 2 : 1);
}

} // namespace triptych::representation
