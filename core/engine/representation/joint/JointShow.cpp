#include "core/engine/representation/joint/JointShow.h"

#include "core/engine/features/Mel.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>

namespace triptych::representation {

namespace {

constexpr int64_t mostWords = 12;

const StepAxis bandAxis { QT_TRANSLATE_NOOP("Step", "mel band"), "", 0, 1 };

StepAxis timeAxis(const JointSound& sound)
{
    return { QT_TRANSLATE_NOOP("Step", "time"), "s", 0, sound.seconds / sound.frames };
}

/// The largest values above 0 of a row with their words.
std::pair<at::Tensor, QStringList> likeliest(const at::Tensor& row, const QStringList& words)
{
    const int64_t some = std::max<int64_t>(1, row.gt(0).sum().item<int64_t>());
    const auto [values, indices] = row.topk(std::min(mostWords, some));
    const at::Tensor order = indices.contiguous();
    QStringList names;
    for (int64_t i = 0; i < order.numel(); ++i)
        names.append(words.value(order.data_ptr<int64_t>()[i]));
    return { values, names };
}

/// "cat .41, dog .12": the best three of a row.
QString summary(const at::Tensor& row, const QStringList& words)
{
    const auto [values, names] = likeliest(row, words);
    QStringList parts;
    for (int64_t i = 0; i < std::min<int64_t>(3, values.numel()); ++i)
        parts.append(QStringLiteral("%1 %2").arg(names[i]).arg(values[i].item<double>(), 0, 'f', 2));
    return parts.join(QStringLiteral(", "));
}

} // namespace

at::Tensor picturesBack(const JointModality& modality, const at::Tensor& rows)
{
    const at::Tensor values = rows.detach().to(at::kCPU, at::kFloat)
                                  .reshape({ rows.size(0), modality.shape[0], modality.shape[1], modality.shape[2] });
    const at::Tensor bytes = (values.clamp(0, 1) * 255).round().to(at::kByte);
    return bytes.expand({ -1, 3, -1, -1 }).permute({ 0, 2, 3, 1 }).contiguous();
}

at::Tensor decibelsBack(const JointModality& modality, const JointSound& sound, const at::Tensor& rows)
{
    const at::Tensor values = rows.detach().to(at::kCPU, at::kFloat).reshape({ rows.size(0), modality.shape[0], modality.shape[1] });
    return (values * sound.deviation + sound.mean).clamp_max(0);
}

Steps::Step& showRow(Steps& steps, const JointFormat& format, int index, const at::Tensor& row, const char* title)
{
    const JointModality& modality = format.modalities()[size_t(index)];
    const at::Tensor plain = row.detach().to(at::kCPU, at::kFloat).flatten();
    if (modality.isPicture())
        return steps.picture(title, picturesBack(modality, plain.unsqueeze(0))[0]);
    if (modality.isSound()) {
        return steps.heat(title, decibelsBack(modality, format.sound(), plain.unsqueeze(0))[0])
            .axes(timeAxis(format.sound()), bandAxis);
    }
    if (modality.name == u"label")
        return steps.bars(title, plain, modality.words);
    const auto [values, names] = likeliest(plain, modality.words);
    return steps.bars(title, values, names);
}

Steps::Step& showRows(Steps& steps, const JointFormat& format, int index, const at::Tensor& rows, const char* title,
    const QStringList& labels)
{
    const JointModality& modality = format.modalities()[size_t(index)];
    const at::Tensor plain = rows.detach().to(at::kCPU, at::kFloat);
    if (modality.isPicture())
        return steps.pictures(title, picturesBack(modality, plain)).named(labels);
    if (modality.isSound()) {
        return steps.maps(title, decibelsBack(modality, format.sound(), plain))
            .named(labels)
            .axes(timeAxis(format.sound()), bandAxis)
            .sameRange();
    }
    QStringList texts;
    for (int64_t i = 0; i < plain.size(0); ++i)
        texts.append(labels.value(i) + QStringLiteral(": ") + summary(plain[i], modality.words));
    return steps.tokens(title, texts, std::get<0>(plain.max(1)));
}

} // namespace triptych::representation
