#include "core/engine/representation/joint/JointSteps.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

QString titleOf(const JointModality& modality)
{
    if (modality.name == u"left")
        return Tr::tr("left half");
    if (modality.name == u"right")
        return Tr::tr("right half");
    if (modality.name == u"label")
        return Tr::tr("label");
    return modalityTitle(modalityFromName(modality.name).value_or(Modality::Features));
}

QString titleOf(unsigned subset, const std::vector<JointModality>& modalities)
{
    QStringList names;
    for (size_t m = 0; m < modalities.size(); ++m) {
        if (subset & 1U << m)
            names.append(titleOf(modalities[m]));
    }
    return names.join(QStringLiteral(" + "));
}

bool isThere(const JointValues& row, size_t m) { return row.present[0][int64_t(m)].item<bool>(); }

const StepAxis unitAxis { QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1 };
const StepAxis dimensionAxis { QT_TRANSLATE_NOOP("Step", "dimension"), "", 0, 1 };

/// One walk, step after step.
class Walk {
public:
    Walk(const JointModel& model, const JointFormat& format, const JointValues& row)
        : m_model(model)
        , m_format(format)
        , m_row(row)
    {
    }

    Steps all(const JointStepOptions& options)
    {
        showInputs();
        showExperts();
        showCode();
        showReconstructions();
        if (m_model.hasPrior())
            showPrior(options);
        return std::move(m_steps);
    }

private:
    const std::vector<JointModality>& modalities() const { return m_model.modalities(); }

    void showInputs()
    {
        const std::vector<at::Tensor> hidden = m_model.hidden(m_row);
        for (size_t m = 0; m < modalities().size(); ++m) {
            if (!isThere(m_row, m))
                continue;
            const QString title = titleOf(modalities()[m]);
            showRow(m_steps, m_format, int(m), targetValues(modalities()[m], m_row.values[m]), QT_TRANSLATE_NOOP("Step", "Input: %1"))
                .about(QT_TRANSLATE_NOOP("Step", "What the encoder of this modality is fed: %2 numbers."),
                    { title, QString::number(modalities()[m].size()) });
            m_steps.vector(QT_TRANSLATE_NOOP("Step", "Encoder: %1"), hidden[m].flatten())
                .about(QT_TRANSLATE_NOOP("Step",
                           "The last hidden layer of this modality's own encoder. Up to here the modalities know nothing of each other."),
                    { title })
                .axes(unitAxis);
        }
    }

    void showExperts()
    {
        const std::vector<Gaussian> experts = m_model.experts(m_row);
        if (experts.empty())
            return;
        QStringList names;
        std::vector<at::Tensor> means, deviations;
        const auto add = [&](const QString& name, const Gaussian& q) {
            names.append(name);
            means.push_back(q.mean[0]);
            deviations.push_back((0.5 * q.logVariance[0]).exp());
        };
        add(Tr::tr("prior"), { at::zeros_like(experts.front().mean), at::zeros_like(experts.front().mean) });
        for (size_t m = 0; m < experts.size(); ++m) {
            if (isThere(m_row, m))
                add(titleOf(modalities()[m]), experts[m]);
        }
        const Mixture posterior = m_model.posterior(m_row);
        for (size_t i = 0; i < posterior.parts.size(); ++i) {
            const double weight = posterior.weights[0][int64_t(i)].item<double>();
            if (posterior.parts.size() == 1)
                add(Tr::tr("product"), posterior.parts[i]);
            else if (weight > 0 && i >= experts.size()) // the first parts are the experts themselves
                add(Tr::tr("product of %1").arg(partTitle(i)), posterior.parts[i]);
        }
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Experts: means"), at::stack(means))
            .about(QT_TRANSLATE_NOOP("Step",
                "Each modality is an expert that says where the code lies. A product lies near the experts that are surest; a missing modality has no say."))
            .axes(dimensionAxis)
            .named(names);
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Experts: deviations"), at::stack(deviations))
            .about(QT_TRANSLATE_NOOP("Step",
                "How unsure each expert is. Near 1, the prior's deviation, an expert says nothing about a dimension; a product is surer than any of its experts."))
            .axes(dimensionAxis)
            .named(names);
    }

    /// Of MoPoE, whose parts are the subsets in order.
    QString partTitle(size_t part) const
    {
        return titleOf(subsetsOf(int(modalities().size()))[part], modalities());
    }

    void showCode()
    {
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Joint code"), m_model.code(m_row)[0])
            .about(m_model.hasPrior()
                    ? QT_TRANSLATE_NOOP("Step", "The mean of what is known of the code from %1: the embedding.")
                    : QT_TRANSLATE_NOOP("Step", "One layer over the encoders' outputs side by side gives the code from %1: the embedding. A missing modality is a zero input."),
                { titleOf(presentBits(), modalities()) })
            .axes(dimensionAxis);
    }

    unsigned presentBits() const
    {
        unsigned bits = 0;
        for (size_t m = 0; m < modalities().size(); ++m)
            bits |= isThere(m_row, m) ? 1U << m : 0U;
        return bits;
    }

    void showReconstructions()
    {
        std::vector<unsigned> subsets;
        for (const unsigned subset : subsetsOf(int(modalities().size()))) {
            if ((subset & presentBits()) == subset)
                subsets.push_back(subset);
        }
        for (size_t m = 0; m < modalities().size(); ++m) {
            QStringList labels;
            std::vector<at::Tensor> rows;
            if (isThere(m_row, m)) {
                labels.append(Tr::tr("input"));
                rows.push_back(targetValues(modalities()[m], m_row.values[m])[0]);
            }
            for (const unsigned subset : subsets) {
                JointValues shown = m_row;
                shown.present = presentIn(subset, m_row.present);
                rows.push_back(m_model.reconstructed(shown)[m][0]);
                labels.append(Tr::tr("from %1").arg(titleOf(subset, modalities())));
            }
            showRows(m_steps, m_format, int(m), at::stack(rows), QT_TRANSLATE_NOOP("Step", "Reconstruction: %1"), labels)
                .about(QT_TRANSLATE_NOOP("Step",
                           "This modality decoded from the code of each subset of what is there. Where the subset lacks it, it is filled in from the others."),
                    { titleOf(modalities()[m]) });
        }
    }

    void showPrior(const JointStepOptions& options)
    {
        Chance chance(options.seed);
        const at::Tensor z = chance.normal({ options.draws, m_model.latent() }, m_row.values.front().options());
        const std::vector<at::Tensor> given = m_model.expected(z);
        QStringList labels;
        for (int i = 0; i < options.draws; ++i)
            labels.append(QString::number(i + 1));
        for (size_t m = 0; m < given.size(); ++m) {
            showRows(m_steps, m_format, int(m), given[m], QT_TRANSLATE_NOOP("Step", "Draws from the prior: %1"), labels)
                .about(QT_TRANSLATE_NOOP("Step",
                           "Codes drawn from the prior, decoded as this modality. The same number is the same code in every modality: they should agree."),
                    { titleOf(modalities()[m]) });
        }
    }

    const JointModel& m_model;
    const JointFormat& m_format;
    const JointValues& m_row;
    Steps m_steps;
};

} // namespace

Steps jointSteps(const JointModel& model, const JointFormat& format, const JointValues& row,
    const JointStepOptions& options)
{
    return Walk(model, format, row).all(options);
}

} // namespace triptych::representation
