#include "core/engine/representation/joint/RbmScores.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

constexpr int64_t block = 500; // so that a cancel is answered soon
constexpr int sweeps = 50;
constexpr int64_t chains = 8;      // a single one stays with one of several likely values
constexpr int64_t mostRows = 500;  // that so many chains are run for

/// Everything there is, filled in block by block.
class Fill {
public:
    Fill(const JointMachine& machine, const MachineData& data, const JointValues& rows, const at::Device& device, Progress& progress)
        : m_machine(machine)
        , m_data(data)
        , m_rows(rows)
        , m_device(device)
        , m_progress(progress)
    {
    }

    /// Modality `target` of the first `count` rows, when what `hide` changes in the evidence is not known: the mean over
    /// `runs` chains [count,D].
    at::Tensor filled(size_t target, int64_t count, int64_t runs, const std::function<void(Evidence&)>& hide) const
    {
        std::vector<at::Tensor> parts;
        Chance chance(0);
        for (int64_t first = 0; first < count; first += block) {
            std::vector<int64_t> some;
            for (int64_t row = first; row < std::min(count, first + block); ++row)
                some.push_back(row);
            const JointValues values = m_rows.at(some);
            Evidence evidence = m_data.evidence(values, values.present, m_device);
            hide(evidence);
            at::Tensor sum;
            for (int64_t run = 0; run < runs; ++run) {
                m_progress.report(first, count, QCoreApplication::translate("representation", "filling in"));
                const at::Tensor once = m_machine.infer(evidence, { true, sweeps }, chance).visibles[target];
                sum = sum.defined() ? sum + once : once;
            }
            parts.push_back(m_data.shown(target, sum / double(runs)).to(at::kCPU));
        }
        return at::cat(parts);
    }

private:
    const JointMachine& m_machine;
    const MachineData& m_data;
    const JointValues& m_rows;
    at::Device m_device;
    Progress& m_progress;
};

double meanSquare(const at::Tensor& difference) { return difference.square().mean().item<double>(); }

/// 1 for the columns right of the middle [channels · h · w].
at::Tensor rightHalf(const JointModality& picture)
{
    const at::Tensor right = at::arange(picture.shape[2]).ge(picture.shape[2] / 2).to(at::kFloat);
    return right.expand(at::IntArrayRef(picture.shape)).reshape({ -1 });
}

} // namespace

QJsonObject fillScores(const JointMachine& machine, const MachineData& data, const JointValues& training,
    const JointValues& rows, const at::Device& device, Progress& progress)
{
    QJsonObject scores;
    if (rows.rows() == 0)
        return scores;
    const Fill fill(machine, data, rows, device, progress);
    for (size_t m = 0; m < data.format().modalities().size(); ++m) {
        const JointModality& modality = data.format().modalities()[m];
        const bool isLabel = modality.likelihood == Likelihood::Categorical;
        const int64_t count = isLabel ? rows.rows() : std::min(mostRows, rows.rows());
        const at::Tensor truth = rows.values[m].narrow(0, 0, count);
        const at::Tensor mean = training.values[m].mean(0, true);
        const at::Tensor filled = fill.filled(m, count, isLabel ? 1 : chains,
            [m](Evidence& evidence) { evidence.known[m] = at::zeros_like(evidence.known[m]); });
        scores[QStringLiteral("error.others>") + modality.name] = meanSquare(filled - truth);
        scores[QStringLiteral("error.mean>") + modality.name] = meanSquare(mean - truth);
        if (isLabel) {
            const at::Tensor classes = truth.argmax(1);
            scores[QStringLiteral("label_accuracy")] = accuracy(filled, classes);
            scores[QStringLiteral("label_baseline")] = accuracy(mean.expand_as(truth), classes);
        }
        if (modality.name == u"image") {
            const at::Tensor right = rightHalf(modality);
            const at::Tensor half = fill.filled(m, count, chains, [&](Evidence& evidence) {
                evidence.known[m] = (1 - right).to(device).expand_as(evidence.values[m]);
                for (size_t other = 0; other < evidence.known.size(); ++other) {
                    if (other != m)
                        evidence.known[other] = at::zeros_like(evidence.known[other]);
                }
            });
            const double share = right.mean().item<double>();
            scores[QStringLiteral("error.half>image")] = meanSquare((half - truth) * right) / share;
            scores[QStringLiteral("error.mean>half")] = meanSquare((mean - truth) * right) / share;
        }
    }
    return scores;
}

} // namespace triptych::representation
