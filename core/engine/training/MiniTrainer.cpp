#include "core/engine/training/MiniTrainer.h"

#include "core/engine/models/families/Triptych.h"
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

namespace triptych {

namespace {

    constexpr double kFirstScale = 14;
    constexpr int kCurveStep = 10;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Training)
    };

    std::string lastNormOf(Modality modality)
    {
        return modality == Modality::Image ? "vision_model.post_layernorm"
            : modality == Modality::Text   ? "text_model.final_layer_norm"
                                           : "audio_model.post_layernorm";
    }

    /// Equal keys, equal numbers: [seen].
    at::Tensor keyNumbers(const std::vector<const MiniConcept*>& seen)
    {
        QHash<QString, qint64> numbers;
        at::Tensor keys = at::empty({ int64_t(seen.size()) }, at::kLong);
        for (size_t i = 0; i < seen.size(); ++i) {
            const qint64 next = numbers.size();
            if (!numbers.contains(seen[i]->key))
                numbers.insert(seen[i]->key, next);
            keys.data_ptr<int64_t>()[i] = numbers[seen[i]->key];
        }
        return keys;
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
    , m_teacher(m_sampler.seen(), int(m_foldCentres.size(1)))
    , m_keys(keyNumbers(m_sampler.seen()))
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
    const int64_t heard = m_towers.encoder(Modality::Audio).width();
    m_pooledStatistics[Modality::Audio] = { at::zeros({ heard }), at::ones({ heard }) };
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

bool MiniTrainer::hearsSpeech(int step) const
{
    return step >= m_options.speechAlways * m_options.steps || step % m_options.speechEvery == m_options.speechEvery - 1;
}

void MiniTrainer::trainStep()
{
    // Drawn from the seed and the step alone, so that a resumed run goes on as if never stopped.
    std::seed_seq sequence { m_options.seed, quint64(m_step) };
    Random random(sequence);
    const MiniBatch batch = m_sampler.draw(random, hearsSpeech(m_step));
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
    for (const auto& [name, loss] : parts) {
        auto& [sum, count] = m_sums[name];
        sum += loss.item<double>();
        ++count;
    }
    if (m_step % kCurveStep != 0)
        return;
    QJsonObject entry { { QStringLiteral("step"), m_step }, { QStringLiteral("seconds"), std::round(m_seconds) } };
    for (const auto& [name, total] : std::exchange(m_sums, {}))
        entry[name] = std::round(total.first / total.second * 1e4) / 1e4;
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
            weights.emplace_back("logit_scale", m_average[i][int(LossScale::PictureText)].clone());
        else if (!m_parameters[i].first.starts_with("training."))
            weights.emplace_back(m_parameters[i].first, m_average[i].clone());
    }
    const auto find = [&](const std::string& name) {
        return std::find_if(weights.begin(), weights.end(), [&](const auto& named) { return named.first == name; })->second;
    };
    // (γx + β − μ)/σ is again a scale and a shift.
    for (const auto& [modality, statistics] : m_pooledStatistics) {
        const at::Tensor deviation = at::sqrt(statistics.second + kPooledEpsilon);
        find(lastNormOf(modality) + ".weight").div_(deviation);
        find(lastNormOf(modality) + ".bias").sub_(statistics.first).div_(deviation);
    }
    return weights;
}

} // namespace triptych
