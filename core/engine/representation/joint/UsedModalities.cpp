#include "core/engine/representation/joint/UsedModalities.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

at::Tensor usedModalities(const JointFormat& format, const at::Tensor& present, const QString& from)
{
    at::Tensor used = present.clone();
    QStringList names;
    for (const QString& part : from.split(u',', Qt::SkipEmptyParts)) {
        names.append(part.trimmed());
        if (format.indexOf(names.back()) < 0)
            throw Error(QCoreApplication::translate("representation", "from: \"%1\" is no modality that was trained.").arg(names.back()));
    }
    for (size_t m = 0; m < format.modalities().size(); ++m) {
        if (!names.isEmpty() && !names.contains(format.modalities()[m].name))
            used.select(1, int64_t(m)).fill_(false);
    }
    const int label = format.indexOf(QStringLiteral("label"));
    if (names.isEmpty() && label >= 0) {
        const at::Tensor alone = used.sum(1).eq(1); // nothing but the label
        used.select(1, label).copy_(used.select(1, label).logical_and(alone));
    }
    return used;
}

void demandUsed(const at::Tensor& used, const std::vector<Sample>& samples)
{
    const at::Tensor some = used.any(1);
    for (size_t i = 0; i < samples.size(); ++i) {
        if (!some[int64_t(i)].item<bool>()) {
            throw Error(Tr::tr("%1 has none of the modalities that it is to be represented from; choose other "
                               "samples, or change \"from\".").arg(samples[i].title()));
        }
    }
}

Modality drawnAs(const JointFormat& format, const at::Tensor& used)
{
    for (size_t m = 0; m < format.modalities().size(); ++m) {
        const JointModality& modality = format.modalities()[m];
        if (modality.name != u"label" && used[0][int64_t(m)].item<bool>())
            return modalityFromName(modality.name).value_or(Modality::Image); // halves are pictures
    }
    return Modality::Features;
}

} // namespace triptych::representation
