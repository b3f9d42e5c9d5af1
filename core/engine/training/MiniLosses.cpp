#include "core/engine/training/MiniTrainer.h"

#include "core/engine/training/ContrastiveLoss.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

    constexpr double kHighestScale = 50; // a learned temperature must not run away (CLIP stops at 100)
    constexpr double kTeacherScale = 16;
    constexpr double kPooledStep = 0.02;

    std::string projectionOf(Modality modality)
    {
        return modality == Modality::Image ? "visual_projection.weight"
            : modality == Modality::Text   ? "text_projection.weight"
                                           : "audio_projection.weight";
    }

    at::Tensor unit(const at::Tensor& rows)
    {
        return rows / at::clamp_min(rows.norm(2, { -1 }, true), 1e-6);
    }

    at::Tensor indexTensor(const std::vector<qint64>& values)
    {
        at::Tensor tensor = at::empty({ int64_t(values.size()) }, at::kLong);
        std::copy(values.begin(), values.end(), tensor.data_ptr<int64_t>());
        return tensor;
    }

    /// −Σ targets · log softmax, averaged over the rows.
    at::Tensor crossEntropy(const at::Tensor& scores, const at::Tensor& targets)
    {
        return -(targets * at::log_softmax(scores, 1)).sum(1).mean();
    }

}

at::Tensor MiniTrainer::embed(Modality modality, const at::Tensor& pooled)
{
    at::Tensor normal = pooled;
    if (const auto found = m_pooledStatistics.find(modality); found != m_pooledStatistics.end()) {
        const auto& [mean, variance] = found->second;
        normal = at::batch_norm(pooled, {}, {}, mean, variance, true, kPooledStep, kPooledEpsilon, false);
    }
    const std::string name = projectionOf(modality);
    const auto weight = std::find_if(m_parameters.begin(), m_parameters.end(), [&](const auto& named) { return named.first == name; });
    return unit(at::linear(normal, weight->second));
}

at::Tensor MiniTrainer::encodeTexts(const std::vector<std::vector<qint64>>& texts)
{
    // Sorted by length and cut in three, so that short texts are not padded to the longest.
    std::vector<size_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return texts[a].size() < texts[b].size(); });
    std::vector<at::Tensor> parts;
    const size_t cuts[] = { 0, order.size() / 2, order.size() * 5 / 6, order.size() };
    for (int part = 0; part < 3; ++part) {
        const size_t first = cuts[part];
        const size_t last = cuts[part + 1];
        if (first == last)
            continue;
        const int64_t longest = int64_t(texts[order[last - 1]].size());
        at::Tensor ids = at::full({ int64_t(last - first), longest }, int64_t(m_endId), at::kLong);
        at::Tensor mask = at::zeros_like(ids);
        for (size_t i = first; i < last; ++i) {
            std::copy(texts[order[i]].begin(), texts[order[i]].end(), ids.data_ptr<int64_t>() + int64_t(i - first) * longest);
            mask[int64_t(i - first)].narrow(0, 0, int64_t(texts[order[i]].size())).fill_(1);
        }
        EncoderInput input;
        input.ids = ids;
        input.mask = mask;
        parts.push_back(m_towers.encoder(Modality::Text).encode(input, { .gradients = true }).pooled);
    }
    std::vector<qint64> back(texts.size());
    for (size_t i = 0; i < order.size(); ++i)
        back[order[i]] = qint64(i);
    return embed(Modality::Text, at::cat(parts)).index_select(0, indexTensor(back));
}

at::Tensor MiniTrainer::embedGrid(Modality modality, const at::Tensor& values)
{
    EncoderInput input;
    input.values = values;
    return embed(modality, m_towers.encoder(modality).encode(input, { .gradients = true }).pooled);
}

at::Tensor MiniTrainer::contrast(LossScale scale, const at::Tensor& a, const at::Tensor& b, const at::Tensor& targets) const
{
    return contrastiveLoss(a, b, targets, at::clamp_max(at::exp(m_scales[int(scale)]), kHighestScale));
}

at::Tensor MiniTrainer::classify(const at::Tensor& rows, const std::vector<qint64>& folds) const
{
    return at::cross_entropy_loss(at::matmul(rows, unit(m_foldCentres).t()) * 16, indexTensor(folds)) * m_options.foldWeight;
}

/// Which of all seen concepts is it, by the teacher's fixed rows? Those of one key are all right.
at::Tensor MiniTrainer::tellConcepts(const at::Tensor& rows, const at::Tensor& concepts) const
{
    const at::Tensor same = m_keys.index_select(0, concepts).unsqueeze(1).eq(m_keys.unsqueeze(0)).to(rows.scalar_type());
    return crossEntropy(at::matmul(rows, m_teacher.centres().t()) * kTeacherScale, same / same.sum(1, true));
}

/// 1 − cosine to where the teacher puts the texts that it knows something of.
at::Tensor MiniTrainer::farFromTeacher(const at::Tensor& rows, const QStringList& texts) const
{
    const at::Tensor places = m_teacher.place(texts);
    const at::Tensor known = places.square().sum(1).gt(0).to(rows.scalar_type());
    return ((1 - (rows * places).sum(1)) * known).sum() / at::clamp_min(known.sum(), 1);
}

void MiniTrainer::addTeacherLosses(const MiniBatch& batch, const at::Tensor& image, const at::Tensor& text, Losses& losses) const
{
    const int64_t pictures = image.size(0);
    const at::Tensor concepts = indexTensor(batch.concepts);
    const at::Tensor told = tellConcepts(image, concepts) * 0.5
        + tellConcepts(text.narrow(0, 0, 2 * pictures), concepts.repeat({ 2 })) * 0.5;
    const at::Tensor pictureFar = (1 - (image * m_teacher.centres().index_select(0, concepts)).sum(1)).mean();
    const at::Tensor textFar = farFromTeacher(text.narrow(0, 0, 2 * pictures), batch.englishTexts + batch.otherTexts);
    losses[QStringLiteral("teacher-concept")] = told * m_options.teacherWeight;
    losses[QStringLiteral("teacher-picture")] = pictureFar * (2 * m_options.teacherWeight);
    losses[QStringLiteral("teacher-text")] = textFar * (8 * m_options.teacherWeight);
}

void MiniTrainer::addSoundLosses(const MiniBatch& batch, const at::Tensor& image, const at::Tensor& text, Losses& losses)
{
    const int64_t pictures = image.size(0);
    const at::Tensor sound = embedGrid(Modality::Audio, batch.sounds);
    const at::Tensor spoken = text.narrow(0, 2 * pictures, sound.size(0));
    losses[QStringLiteral("sound-text")] = contrast(LossScale::SoundText, sound, spoken, positivesByKey(batch.spokenKeys));
    losses[QStringLiteral("teacher-sound")] = (farFromTeacher(sound, batch.spokenTexts) * 2
            + farFromTeacher(spoken, batch.spokenTexts)) * (2 * m_options.teacherWeight);
    if (batch.pictured.empty())
        return;
    const at::Tensor pictured = indexTensor(batch.pictured);
    const at::Tensor named = sound.narrow(0, 0, pictured.size(0));
    const at::Tensor english = text.index_select(0, pictured); // the English texts come first
    QStringList keys;
    std::vector<qint64> folds;
    for (const qint64 index : batch.pictured) {
        keys << batch.keys[index];
        folds.push_back(batch.folds[size_t(index)]);
    }
    const at::Tensor same = positivesByKey(keys);
    losses[QStringLiteral("sound-english")] = contrast(LossScale::SoundPicture, named, english, same) * 0.5;
    losses[QStringLiteral("sound-picture")] = contrast(LossScale::SoundPicture, named, image.index_select(0, pictured), same) * 0.5;
    losses[QStringLiteral("spoken-english")] = contrast(LossScale::TextText, spoken.narrow(0, 0, pictured.size(0)), english, same) * 0.5;
    losses[QStringLiteral("sound-category")] = classify(named, folds) * 0.5;
    losses[QStringLiteral("sound-concept")] = tellConcepts(named, indexTensor(batch.concepts).index_select(0, pictured)) * (0.5 * m_options.teacherWeight);
}

MiniTrainer::Losses MiniTrainer::losses(const MiniBatch& batch)
{
    std::vector<std::vector<qint64>> texts = batch.english;
    texts.insert(texts.end(), batch.other.begin(), batch.other.end());
    texts.insert(texts.end(), batch.spoken.begin(), batch.spoken.end());
    const int64_t pictures = int64_t(batch.english.size());
    const at::Tensor text = encodeTexts(texts);
    const at::Tensor english = text.narrow(0, 0, pictures);
    const at::Tensor other = text.narrow(0, pictures, pictures);
    const at::Tensor image = embedGrid(Modality::Image, batch.pictures);
    const at::Tensor same = positivesByKey(batch.keys);
    Losses losses {
        { QStringLiteral("picture-english"), contrast(LossScale::PictureText, image, english, same) },
        { QStringLiteral("picture-other"), contrast(LossScale::PictureText, image, other, same) },
        { QStringLiteral("english-other"), contrast(LossScale::TextText, english, other, same) },
        { QStringLiteral("category"), classify(image, batch.folds) + (classify(english, batch.folds) + classify(other, batch.folds)) * 0.5 },
    };
    if (m_options.teacherWeight > 0)
        addTeacherLosses(batch, image, text, losses);
    if (batch.sounds.defined())
        addSoundLosses(batch, image, text, losses);
    return losses;
}

} // namespace triptych
