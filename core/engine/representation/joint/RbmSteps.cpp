#include "core/engine/representation/joint/RbmSteps.h"

#include "core/engine/representation/joint/JointShow.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

const StepAxis unitAxis { QT_TRANSLATE_NOOP("Step", "hidden unit"), "", 0, 1 };
const StepAxis sweepAxis { QT_TRANSLATE_NOOP("Step", "sweep"), "", 1, 1 };

/// One walk, step after step.
class Walk {
public:
    Walk(const JointMachine& machine, const MachineData& data, const JointValues& row, const at::Tensor& used,
        const at::Device& device, const MachineStepOptions& options)
        : m_machine(machine)
        , m_data(data)
        , m_row(row)
        , m_used(used)
        , m_device(device)
        , m_options(options)
        , m_chance(options.seed)
    {
        m_state = machine.infer(data.evidence(row, used, device), { false, options.sweeps }, m_chance);
    }

    Steps all()
    {
        showVisibles();
        for (size_t m = 0; m < modalities().size(); ++m)
            showFilters(m);
        showLayers();
        for (size_t m = 0; m < modalities().size(); ++m)
            fillIn(m);
        if (!m_energies.empty()) {
            m_steps.lines(QT_TRANSLATE_NOOP("Step", "Energy"), at::stack(m_energies))
                .about(QT_TRANSLATE_NOOP("Step",
                    "The energy of what is seen after each sweep: the chain falls into a valley of likely states and then wanders about in it. Lower is likelier."))
                .axes(sweepAxis, { QT_TRANSLATE_NOOP("Step", "energy"), "nat", 0, 1 })
                .named(m_energyNames);
        }
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Joint layer"), m_state.joint[0])
            .about(QT_TRANSLATE_NOOP("Step",
                "Probability of each unit of the joint layer given all that is there: the embedding. What is missing was filled in first, by mean field."))
            .axes(unitAxis);
        return std::move(m_steps);
    }

private:
    const std::vector<JointModality>& modalities() const { return m_data.format().modalities(); }
    bool isThere(size_t m) const { return m_row.present[0][int64_t(m)].item<bool>(); }

    /// Whether the joint layer stands right on the modality.
    bool isDirect(size_t m) const { return m_state.layers.empty() || m_machine.visibles()[m].direct; }

    void showVisibles()
    {
        for (size_t m = 0; m < modalities().size(); ++m) {
            if (!isThere(m))
                continue;
            const JointModality& modality = modalities()[m];
            const char* about = QT_TRANSLATE_NOOP("Step",
                "%2 visible units. Brightness is the probability that a binary unit is on.");
            if (modality.likelihood == Likelihood::Gaussian)
                about = QT_TRANSLATE_NOOP("Step", "%2 Gaussian visible units of deviation 1, standardised by the training samples.");
            else if (modality.likelihood != Likelihood::Bernoulli)
                about = QT_TRANSLATE_NOOP("Step", "A softmax over %2 units for each word; a label is a text of one word.");
            showRow(m_steps, m_data.format(), int(m), m_row.values[m], QT_TRANSLATE_NOOP("Step", "Visible units: %1"))
                .about(about, { modality.name, QString::number(modality.size()) });
        }
    }

    /// Of the hidden units above modality m that are likeliest on for this sample.
    void showFilters(size_t m)
    {
        const at::Tensor weights = m_machine.filters(m);
        const at::Tensor activity = isDirect(m) ? m_state.joint[0] : m_state.layers[m].front()[0];
        const int64_t count = std::min<int64_t>(m_options.filters, weights.size(0));
        const at::Tensor most = std::get<1>(activity.topk(count));
        const at::Tensor chosen = weights.index_select(0, most).to(at::kCPU);
        const at::Tensor numbers = most.to(at::kCPU).contiguous();
        QStringList names;
        for (int64_t i = 0; i < count; ++i)
            names.append(Tr::tr("unit %1").arg(numbers.data_ptr<int64_t>()[i] + 1));
        const JointModality& modality = modalities()[m];
        const char* title = QT_TRANSLATE_NOOP("Step", "Weights of hidden units: %1");
        const char* about = QT_TRANSLATE_NOOP("Step",
            "What each of the %2 hidden units that are likeliest on wants to see: where a weight is positive, an active visible unit switches it on.");
        const QStringList args { modality.name, QString::number(count) };
        if (modality.isPicture() || modality.isSound()) {
            const int64_t h = modality.shape[modality.shape.size() - 2], w = modality.shape.back();
            m_steps.maps(title, chosen.reshape({ count, -1, h, w }).mean(1)).about(about, args).named(names).aroundZero();
            return;
        }
        m_steps.heat(title, chosen.narrow(1, 0, std::min<int64_t>(64, chosen.size(1))).t())
            .about(about, args)
            .axes(unitAxis, { QT_TRANSLATE_NOOP("Step", "word"), "", 0, 1 })
            .named(modality.words.mid(0, 64))
            .aroundZero();
    }

    void showLayers()
    {
        for (size_t m = 0; m < m_state.layers.size(); ++m) {
            if (isDirect(m))
                continue;
            for (size_t l = 0; l < m_state.layers[m].size(); ++l) {
                m_steps.vector(QT_TRANSLATE_NOOP("Step", "%1: hidden layer %2"), m_state.layers[m][l][0])
                    .about(QT_TRANSLATE_NOOP("Step",
                               "Probability of each unit of this modality's own layer given the layers beside it."),
                        { modalities()[m].name, QString::number(l + 1) })
                    .axes(unitAxis);
            }
        }
    }

    /// Modality m from the others that are used, as the sampling goes on.
    void fillIn(size_t m)
    {
        at::Tensor others = m_used.clone();
        others.select(1, int64_t(m)).fill_(false);
        if (!others.any().item<bool>())
            return;
        std::vector<at::Tensor> shown, energies;
        QStringList labels;
        int sweep = 0, next = 1;
        const auto watch = [&](const MachineState& state) {
            energies.push_back(m_machine.energy(state).to(at::kCPU, at::kFloat));
            if (++sweep == next || sweep == m_options.sweeps) {
                shown.push_back(m_data.shown(m, state.visibles[m])[0].to(at::kCPU));
                labels.append(Tr::tr("sweep %1").arg(sweep));
                next *= 2;
            }
        };
        const MachineState state
            = m_machine.infer(m_data.evidence(m_row, others, m_device), { true, m_options.sweeps }, m_chance, watch);
        shown.push_back(m_data.shown(m, state.visibles[m])[0].to(at::kCPU));
        labels.append(Tr::tr("mean"));
        if (isThere(m)) {
            shown.push_back(m_row.values[m][0]);
            labels.append(Tr::tr("truth"));
        }
        showRows(m_steps, m_data.format(), int(m), at::stack(shown), QT_TRANSLATE_NOOP("Step", "Filled in by Gibbs sampling: %1"), labels)
            .about(QT_TRANSLATE_NOOP("Step",
                       "This modality hidden and drawn again from the others: hidden units from visible ones, visible ones from hidden ones, and so on. Last, the mean over the second half of %2 sweeps."),
                { modalities()[m].name, QString::number(m_options.sweeps) });
        m_energies.push_back(at::cat(energies));
        m_energyNames.append(Tr::tr("filling in %1").arg(modalities()[m].name));
    }

    const JointMachine& m_machine;
    const MachineData& m_data;
    const JointValues& m_row;
    const at::Tensor m_used;
    at::Device m_device;
    MachineStepOptions m_options;
    Chance m_chance;
    MachineState m_state;
    Steps m_steps;
    std::vector<at::Tensor> m_energies;
    QStringList m_energyNames;
};

} // namespace

Steps machineSteps(const JointMachine& machine, const MachineData& data, const JointValues& row,
    const at::Tensor& used, const at::Device& device, const MachineStepOptions& options)
{
    return Walk(machine, data, row, used, device, options).all();
}

} // namespace triptych::representation
