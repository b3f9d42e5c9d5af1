#include "core/engine/representation/joint/RbmData.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

VisibleKind kindOf(Likelihood likelihood)
{
    switch (likelihood) {
    case Likelihood::Bernoulli:
        return VisibleKind::Binary;
    case Likelihood::Gaussian:
        return VisibleKind::Gaussian;
    case Likelihood::Categorical:
    case Likelihood::Multinomial:
        break;
    }
    return VisibleKind::Counts; // a label is a text of one word
}

QJsonArray listOf(const std::vector<double>& values)
{
    QJsonArray list;
    for (const double value : values)
        list.append(value);
    return list;
}

std::vector<double> valuesOf(const QJsonValue& list)
{
    std::vector<double> values;
    for (const QJsonValue& value : list.toArray())
        values.push_back(value.toDouble());
    return values;
}

} // namespace

MachineData::MachineData(JointFormat format, const JointValues& training)
    : m_format(std::move(format))
{
    for (size_t m = 0; m < m_format.modalities().size(); ++m) {
        const at::Tensor rows = training.values[m];
        const bool gaussian = m_format.modalities()[m].likelihood == Likelihood::Gaussian;
        m_means.push_back(gaussian ? rows.mean().item<double>() : 0);
        m_deviations.push_back(gaussian ? std::max(1e-3, rows.std(false).item<double>()) : 1);
        const bool text = m_format.modalities()[m].likelihood == Likelihood::Multinomial;
        m_totals.push_back(text ? std::max(1.0, std::round(rows.sum(1).mean().item<double>())) : 1);
    }
}

MachineData::MachineData(const QJsonObject& json)
    : m_format(JointFormat::fromJson(json[u"joint"].toObject()))
    , m_means(valuesOf(json[u"means"]))
    , m_deviations(valuesOf(json[u"deviations"]))
    , m_totals(valuesOf(json[u"totals"]))
{
    const size_t count = m_format.modalities().size();
    if (m_means.size() != count || m_deviations.size() != count || m_totals.size() != count)
        throw Error(QCoreApplication::translate("representation",
            "What was trained does not say how its modalities are scaled; train it again."));
}

QJsonObject MachineData::toJson() const
{
    return { { QStringLiteral("joint"), m_format.toJson() }, { QStringLiteral("means"), listOf(m_means) },
        { QStringLiteral("deviations"), listOf(m_deviations) }, { QStringLiteral("totals"), listOf(m_totals) } };
}

std::vector<Visible> MachineData::visibles() const
{
    std::vector<Visible> all;
    for (const JointModality& modality : m_format.modalities())
        all.push_back({ modality.name.toStdString(), kindOf(modality.likelihood), int(modality.size()),
            modality.likelihood == Likelihood::Categorical });
    return all;
}

Batch MachineData::batch(const JointValues& values, const at::Device& device) const
{
    Batch all;
    for (size_t m = 0; m < values.values.size(); ++m) {
        const at::Tensor rows = values.values[m].to(device);
        const bool scaled = m_means[m] != 0 || m_deviations[m] != 1;
        all.push_back(scaled ? (rows - m_means[m]) / m_deviations[m] : rows);
    }
    return all;
}

Evidence MachineData::evidence(const JointValues& values, const at::Tensor& used, const at::Device& device) const
{
    Evidence evidence { batch(values, device), {}, {} };
    for (size_t m = 0; m < evidence.values.size(); ++m) {
        const at::Tensor known = used.narrow(1, int64_t(m), 1).to(evidence.values[m].options());
        evidence.known.push_back(known);
        const bool counts = kindOf(m_format.modalities()[m].likelihood) == VisibleKind::Counts;
        evidence.totals.push_back(
            counts ? evidence.values[m].sum({ 1 }, true) * known + (1 - known) * m_totals[m] : at::Tensor());
    }
    return evidence;
}

at::Tensor MachineData::shown(size_t modality, const at::Tensor& values) const
{
    return values * m_deviations[modality] + m_means[modality];
}

Batch MachineData::usualTotals(const at::Device& device) const
{
    Batch totals;
    for (size_t m = 0; m < m_totals.size(); ++m) {
        const bool counts = kindOf(m_format.modalities()[m].likelihood) == VisibleKind::Counts;
        totals.push_back(counts ? at::full({ 1, 1 }, m_totals[m], at::TensorOptions(at::kFloat).device(device)) : at::Tensor());
    }
    return totals;
}

bool MachineData::hasTexts() const
{
    return std::any_of(m_format.modalities().begin(), m_format.modalities().end(),
        [](const JointModality& modality) { return modality.likelihood == Likelihood::Multinomial; });
}

} // namespace triptych::representation
