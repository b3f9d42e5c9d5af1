// Opening a checkpoint of full size (CLIP ViT-B/32, random weights, 605 MB in float32) against reading
// its file once: `triptych_bench --benchmark_filter=load`. "used" is the first picture encoded as well.

#include "core/engine/models/Encoder.h"
#include "core/engine/models/Model.h"
#include "tests/support/ClipFolder.h"

#include <ATen/Functions.h>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <benchmark/benchmark.h>

using namespace triptych;

namespace {

const QString& folder(bool half)
{
    static const QTemporaryDir kept;
    static const QString folders[] = { kept.filePath(QStringLiteral("float32")), kept.filePath(QStringLiteral("float16")) };
    const QString& one = folders[half ? 1 : 0];
    if (!QDir(one).exists())
        writeClipFolder(one, half);
    return one;
}

void loadFileReference(benchmark::State& state)
{
    const QString path = folder(state.range(0) != 0) + QStringLiteral("/model.safetensors");
    std::vector<char> buffer(1 << 20);
    for (auto step : state) {
        (void)step;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return state.SkipWithError("the file cannot be opened");
        while (file.read(buffer.data(), qint64(buffer.size())) > 0)
            benchmark::DoNotOptimize(buffer.data());
    }
}

void loadModel(benchmark::State& state)
{
    const QString& path = folder(state.range(0) != 0);
    for (auto step : state) {
        (void)step;
        ModelStore store(QStringLiteral("cpu"), QString());
        benchmark::DoNotOptimize(store.open(path).get());
    }
}

void loadModelUsed(benchmark::State& state)
{
    const QString& path = folder(state.range(0) != 0);
    EncoderInput input;
    input.values = at::zeros({ 1, 3, 224, 224 });
    for (auto step : state) {
        (void)step;
        ModelStore store(QStringLiteral("cpu"), QString());
        benchmark::DoNotOptimize(store.open(path)->encoder(Modality::Image).encode(input, {}).embedding.data_ptr());
    }
}

}

BENCHMARK(loadFileReference)->ArgName("half")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(loadModel)->ArgName("half")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(loadModelUsed)->ArgName("half")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();
