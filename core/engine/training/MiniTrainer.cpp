#include "core/engine/training/MiniTrainer.h"

#include "core/engine/models/families/Triptych.h"
#include "core/engine/training/ContrastiveLoss.h"
#include "core/engine/training/MiniConfig.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace triptych {

namespace {

    enum Scale { PictureText, TextText, SoundText, SoundPicture };
    constexpr double kFirstScale = 20;
    constexpr double kHighestScale = 50; // a learned temperature must not run away (CLIP stops at 100)
    constexpr int kCurveStep = 10;
    constexpr double kStatisticsStep = 0.02;
    constexpr double kStatisticsEpsilon = 1e-5;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Training)
    };

    std::string projectionOf(Modality modality)
    {
        return modality == Modality::Image ? "visual_projection.weight"
            : modality == Modality::Text   ? "text_projection.weight"
                                           : "audio_projection.weight";
    }

    std::string lastNormOf(Modality modality)
    {
        return modality == Modality::Image ? "vision_model.post_layernorm"
            : modality == Modality::Text   ? "text_model.final_layer_norm"
                                           : "audio_model.post_layernorm";
    }

    at::Tensor unit(const at::Tensor& rows)
    {
        return rows / at::clamp_min(rows.norm(2, { -1 }, true), 1e-6);
    }

    /// Truncated normal over the fan-in, as small transformers start best from.
    void startLinears(const std::vector<std::pair<std::string, at::Tensor>>& parameters, quint64 seed)
    {
        auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        for (auto [name, weight] : parameters) {
            const bool linear = weight.dim() == 2 && name.find("embedding") == std::string::npos;
            if (linear) {
                const double deviation = 0.7 / std::sqrt(double(weight.size(1)));
                weight.copy_(at::clamp(at::randn(weight.sizes(), generator, at::TensorOptions()), -2, 2) * deviation);
            }
        }
    }

    at::Tensor indexTensor(const std::vector<qint64>& values)
    {
        at::Tensor tensor = at::empty({ int64_t(values.size()) }, at::kLong);
        std::copy(values.begin(), values.end(), tensor.data_ptr<int64_t>());
        return tensor;
    }

}

MiniTrainer::MiniTrainer(const MiniData& data, BpeCoder& coder, const QJsonObject& config, const MiniTrainingOptions& options)
    : m_options(options)
    , m_sampler(data, coder, options.batch)
    , m_endId(coder.bpe().endId())
    , m_towers(makeTriptych(config, options.seed))
    , m_scales(at::full({ 4 }, std::log(kFirstScale)))
    , m_foldCentres(at::randn({ m_sampler.folds(), m_towers.encoder(Modality::Image).dim() },
                        at::make_generator<at::CPUGeneratorImpl>(options.seed + 1), at::TensorOptions())
          * 0.05)
    , m_parameters(m_towers.parameters())
    , m_optimizer({})
{
    // The scale that the model keeps is the trained picture–text one, written at the end.
    std::erase_if(m_parameters, [](const auto& named) { return named.first == "logit_scale"; });
    startLinears(m_parameters, options.seed + 2);
    m_parameters.emplace_back("training.scales", m_scales);
    m_parameters.emplace_back("training.fold_centres", m_foldCentres);
    for (auto& [name, tensor] : m_parameters) {
        m_average.push_back(tensor.detach().clone());
        tensor.requires_grad_(true);
    }
    for (const auto& [modality, encoder] : m_towers.encoders)
        m_pooledStatistics[modality] = { at::zeros({ encoder->width() }), at::ones({ encoder->width() }) };
    m_optimizer = AdamW(groups());
}

std::vector<AdamW::Group> MiniTrainer::groups()
{
    AdamW::Group decayed { {}, 1, m_options.weightDecay };
    AdamW::Group plain { {}, 1, 0 };
    AdamW::Group fast { {}, 3, 0 };
    for (const auto& named : m_parameters) {
        const auto& [name, tensor] = named;
        const bool rows = name.find("token_embedding") != std::string::npos || name == "training.fold_centres";
        const bool position = name.find("position_embedding") != std::string::npos;
        if (rows)
            fast.parameters.push_back(named); // each row is touched by few samples
        else if (tensor.dim() > 1 && !position)
            decayed.parameters.push_back(named);
        else
            plain.parameters.push_back(named);
    }
    return { decayed, plain, fast };
}

double MiniTrainer::rateAt(int step) const
{
    const double warm = std::min(1.0, double(step + 1) / m_options.warmup);
    const double cosine = 0.5 * (1 + std::cos(std::numbers::pi * step / m_options.steps));
    return m_options.rate * warm * (cosine * 0.99 + 0.01);
}

at::Tensor MiniTrainer::embed(Modality modality, const at::Tensor& pooled)
{
    auto& [mean, variance] = m_pooledStatistics.at(modality);
    const at::Tensor normal = at::batch_norm(pooled, {}, {}, mean, variance, true, kStatisticsStep, kStatisticsEpsilon, false);
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

std::map<QString, at::Tensor> MiniTrainer::losses(const MiniBatch& batch)
{
    std::vector<std::vector<qint64>> texts = batch.english;
    texts.insert(texts.end(), batch.other.begin(), batch.other.end());
    texts.insert(texts.end(), batch.spoken.begin(), batch.spoken.end());
    const int64_t pictures = int64_t(batch.english.size());
    const at::Tensor text = encodeTexts(texts);
    const at::Tensor english = text.narrow(0, 0, pictures);
    const at::Tensor other = text.narrow(0, pictures, pictures);
    const at::Tensor spoken = text.narrow(0, 2 * pictures, text.size(0) - 2 * pictures);
    EncoderInput seen;
    seen.values = batch.pictures;
    EncoderInput heard;
    heard.values = batch.sounds;
    const at::Tensor image = embed(Modality::Image, m_towers.encoder(Modality::Image).encode(seen, { .gradients = true }).pooled);
    const at::Tensor sound = embed(Modality::Audio, m_towers.encoder(Modality::Audio).encode(heard, { .gradients = true }).pooled);

    const at::Tensor pictured = indexTensor(batch.pictured);
    const int64_t withPicture = pictured.size(0);
    const at::Tensor named = sound.narrow(0, 0, withPicture);
    QStringList picturedKeys;
    for (const qint64 index : batch.pictured)
        picturedKeys << batch.keys[index];
    const at::Tensor same = positivesByKey(batch.keys);
    const at::Tensor samePictured = positivesByKey(picturedKeys);
    const at::Tensor sameSpoken = positivesByKey(batch.spokenKeys);
    const at::Tensor scales = at::clamp_max(at::exp(m_scales), kHighestScale);
    const at::Tensor folds = indexTensor(batch.folds);
    const at::Tensor centres = unit(m_foldCentres).t() * 16;
    const auto classify = [&](const at::Tensor& rows, const at::Tensor& labels) {
        if (rows.size(0) == 0)
            return at::zeros({}, rows.options());
        return at::cross_entropy_loss(at::matmul(rows, centres), labels);
    };
    return {
        { QStringLiteral("picture-english"), contrastiveLoss(image, english, same, scales[PictureText]) },
        { QStringLiteral("picture-other"), contrastiveLoss(image, other, same, scales[PictureText]) },
        { QStringLiteral("english-other"), contrastiveLoss(english, other, same, scales[TextText]) },
        { QStringLiteral("sound-text"), contrastiveLoss(sound, spoken, sameSpoken, scales[SoundText]) },
        { QStringLiteral("sound-english"), contrastiveLoss(named, english.index_select(0, pictured), samePictured, scales[SoundPicture]) * 0.5 },
        { QStringLiteral("sound-picture"), contrastiveLoss(named, image.index_select(0, pictured), samePictured, scales[SoundPicture]) * 0.5 },
        { QStringLiteral("spoken-english"), contrastiveLoss(spoken.narrow(0, 0, withPicture), english.index_select(0, pictured), samePictured, scales[TextText]) * 0.5 },
        { QStringLiteral("category"), (classify(image, folds) + (classify(english, folds) + classify(other, folds) + classify(named, folds.index_select(0, pictured))) * 0.5) * m_options.foldWeight },
    };
}

void MiniTrainer::trainStep()
{
    // Drawn from the seed and the step alone, so that a resumed run goes on as if never stopped.
    std::seed_seq sequence { m_options.seed, quint64(m_step) };
    Random random(sequence);
    const MiniBatch batch = m_sampler.draw(random);
    at::AutoGradMode gradients(true);
    const auto parts = losses(batch);
    at::Tensor total = at::zeros({});
    for (const auto& [name, loss] : parts)
        total = total + loss;
    m_optimizer.clearGradients();
    total.backward();
    at::AutoGradMode off(false);
    m_optimizer.clipGradients(1);
    m_optimizer.step(rateAt(m_step));
    const double keep = std::min(m_options.averaging, double(1 + m_step) / (10 + m_step));
    for (size_t i = 0; i < m_average.size(); ++i)
        m_average[i].lerp_(m_parameters[i].second.detach(), 1 - keep);
    ++m_step;
    keepCurve(parts);
}

void MiniTrainer::keepCurve(const std::map<QString, at::Tensor>& parts)
{
    for (const auto& [name, loss] : parts)
        m_sums[name] += loss.item<double>() / kCurveStep;
    if (m_step % kCurveStep != 0)
        return;
    QJsonObject entry { { QStringLiteral("step"), m_step }, { QStringLiteral("seconds"), std::round(m_seconds) } };
    for (auto& [name, sum] : m_sums)
        entry[name] = std::round(std::exchange(sum, 0) * 1e4) / 1e4;
    m_curve.append(entry);
}

void MiniTrainer::run(int untilStep, Progress& progress)
{
    QElapsedTimer clock;
    while (m_step < untilStep) {
        progress.report(m_step, m_options.steps, Tr::tr("training"));
        clock.start();
        trainStep();
        m_seconds += double(clock.nsecsElapsed()) / 1e9;
    }
}

std::vector<std::pair<std::string, at::Tensor>> MiniTrainer::averagedWeights() const
{
    std::vector<std::pair<std::string, at::Tensor>> weights;
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        if (m_parameters[i].first == "training.scales")
            weights.emplace_back("logit_scale", m_average[i][PictureText].clone());
        else if (!m_parameters[i].first.starts_with("training."))
            weights.emplace_back(m_parameters[i].first, m_average[i].clone());
    }
    const auto find = [&](const std::string& name) {
        return std::find_if(weights.begin(), weights.end(), [&](const auto& named) { return named.first == name; })->second;
    };
    // (γx + β − μ)/σ is again a scale and a shift.
    for (const auto& [modality, statistics] : m_pooledStatistics) {
        const at::Tensor deviation = at::sqrt(statistics.second + kStatisticsEpsilon);
        find(lastNormOf(modality) + ".weight").div_(deviation);
        find(lastNormOf(modality) + ".bias").sub_(statistics.first).div_(deviation);
    }
    return weights;
}

} // namespace triptych
