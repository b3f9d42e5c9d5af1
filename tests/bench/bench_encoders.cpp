// Encoders: packed oneDNN products on every core, against the same layers as LibTorch runs them by
// default (eager operations, half of the cores). `triptych_bench --benchmark_filter=encoder`.

#include "core/engine/models/Model.h"
#include "core/engine/models/families/Bert.h"
#include "core/engine/models/families/Clip.h"
#include "core/engine/models/families/Triptych.h"
#include "core/engine/models/families/conv/ResNet.h"
#include "core/engine/models/nn/OneDnn.h"
#include "core/engine/models/nn/Weights.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <QJsonObject>
#include <QThread>
#include <benchmark/benchmark.h>

using namespace triptych;

namespace {

/// Gradients are asked for without a parameter that wants any: the eager operations alone.
/// `gigaflops`: of one sample, two for a multiplication and an addition.
void encode(benchmark::State& state, Encoder& encoder, const EncoderInput& input, bool packed, double gigaflops = 0)
{
    // onnx/run compares at the number of threads that ONNX Runtime is given.
    const int asked = qEnvironmentVariableIntValue("TRIPTYCH_BENCH_THREADS");
    const int cores = asked > 0 ? asked : QThread::idealThreadCount();
    at::set_num_threads(packed ? cores : std::max(1, cores / 2));
    for (auto step : state) {
        (void)step;
        benchmark::DoNotOptimize(encoder.encode(input, { .gradients = !packed }).embedding.data_ptr());
    }
    const int64_t samples = input.values.defined() ? input.values.size(0) : input.ids.size(0);
    state.SetItemsProcessed(state.iterations() * samples);
    if (gigaflops > 0)
        state.counters["GFLOP/s"] = benchmark::Counter(gigaflops * double(samples * state.iterations()), benchmark::Counter::kIsRate);
}

/// The most that this machine multiplies: a large product with packed weights, what the encoders' GFLOP/s are a
/// share of.
void machinePeak(benchmark::State& state)
{
    const int asked = qEnvironmentVariableIntValue("TRIPTYCH_BENCH_THREADS");
    at::set_num_threads(asked > 0 ? asked : QThread::idealThreadCount());
    constexpr int64_t side = 2048;
    OneDnn dnn;
    const at::Tensor a = at::randn({ side, side });
    const at::Tensor to = at::empty({ side, side });
    PackedLinear linear([weight = at::randn({ side, side })] { return PackedLinear::Source { weight, {} }; });
    linear.run(dnn, a, to);
    for (auto step : state) {
        (void)step;
        linear.run(dnn, a, to);
    }
    state.counters["GFLOP/s"] = benchmark::Counter(2e-9 * double(side * side * side * state.iterations()), benchmark::Counter::kIsRate);
}

Towers& vitB32()
{
    static Towers towers = [] {
        RandomWeights weights(0, at::kCPU);
        return buildClip({ QStringLiteral("clip"), { { QStringLiteral("model_type"), QStringLiteral("clip") }, { QStringLiteral("projection_dim"), 512 }, { QStringLiteral("text_config"), QJsonObject {} }, { QStringLiteral("vision_config"), QJsonObject {} } }, weights });
    }();
    return towers;
}

/// Random weights for a net without heads on top.
class BareWeights final : public Weights {
public:
    bool has(const QString& name) const override
    {
        return !name.startsWith(u"cls.") && !name.startsWith(u"classifier") && !name.contains(u"gamma");
    }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init) override
    {
        return name.endsWith(u"running_var") ? at::ones(shape) : at::randn(shape) * 0.02;
    }
};

Towers& bertBase()
{
    static Towers towers = [] {
        BareWeights weights;
        return buildBert({ QStringLiteral("bert"), { { QStringLiteral("model_type"), QStringLiteral("bert") } }, weights });
    }();
    return towers;
}

Towers& resNet50()
{
    static Towers towers = [] {
        BareWeights weights;
        return buildResNet({ QStringLiteral("resnet"), { { QStringLiteral("model_type"), QStringLiteral("resnet") } }, weights });
    }();
    return towers;
}

Model& mini()
{
    static ModelStore store(QStringLiteral("cpu"), QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    static const std::shared_ptr<Model> model = store.open(QStringLiteral("triptych-mini"));
    return *model;
}

void encoderVitB32Image(benchmark::State& state)
{
    EncoderInput input;
    input.values = at::randn({ state.range(0), 3, 224, 224 });
    encode(state, vitB32().encoder(Modality::Image), input, state.range(1), 8.8);
}

void encoderVitB32Text(benchmark::State& state)
{
    EncoderInput input;
    input.ids = at::randint(1, 49407, { state.range(0), 77 }, at::kLong);
    encode(state, vitB32().encoder(Modality::Text), input, state.range(1), 6.0);
}

void encoderBertBase32(benchmark::State& state)
{
    EncoderInput input;
    input.ids = at::randint(1, 1000, { state.range(0), 32 }, at::kLong);
    encode(state, bertBase().encoder(Modality::Text), input, state.range(1), 5.5);
}

void encoderResNet50(benchmark::State& state)
{
    EncoderInput input;
    input.values = at::randn({ state.range(0), 3, 224, 224 });
    encode(state, resNet50().encoder(Modality::Image), input, state.range(1), 8.2);
}

void encoderMiniImage(benchmark::State& state)
{
    EncoderInput input;
    input.values = at::randn({ state.range(0), 3, 96, 96 });
    encode(state, mini().encoder(Modality::Image), input, state.range(1));
}

void encoderMiniSound(benchmark::State& state)
{
    EncoderInput input;
    input.values = at::randn({ state.range(0), 1, 64, 200 });
    encode(state, mini().encoder(Modality::Audio), input, state.range(1));
}

}

BENCHMARK(machinePeak)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderVitB32Image)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 8, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderVitB32Text)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 8, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderBertBase32)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 8, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderResNet50)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 8, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderMiniImage)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(encoderMiniSound)->ArgNames({ "batch", "packed" })->ArgsProduct({ { 1, 32 }, { 0, 1 } })->Unit(benchmark::kMillisecond)->UseRealTime();
