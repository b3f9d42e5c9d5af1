// Media decoded a second, against what it replaces: QImage for pictures. Uses the stamps of
// Debian's tuxpaint-stamps-default; run as `triptych_bench --benchmark_filter=media`.

#include "core/engine/features/Mel.h"
#include "core/engine/features/Resize.h"
#include "core/engine/media/Media.h"

#include <QDirIterator>
#include <QImage>
#include <benchmark/benchmark.h>

using namespace triptych;

namespace {

std::vector<Source> stamps(const QString& pattern, size_t count)
{
    std::vector<Source> found;
    QDirIterator files(QStringLiteral("/usr/share/tuxpaint/stamps"), {pattern}, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext() && found.size() < count) {
        Source source;
        source.path = files.next();
        found.push_back(source);
    }
    return found;
}

/// Runs `use` on one source after the other; the counter is sources a second.
template <class Use>
void overSources(benchmark::State& state, const std::vector<Source>& sources, Use use)
{
    if (sources.empty()) {
        state.SkipWithError("the package tuxpaint-stamps-default is not installed");
        return;
    }
    size_t next = size_t(state.thread_index()) * 37;
    for (auto step : state) {
        (void)step;
        use(sources[next++ % sources.size()]);
    }
    state.SetItemsProcessed(state.iterations());
}

const std::vector<Source>& pngs()
{
    static const std::vector<Source> all = stamps(QStringLiteral("*.png"), 400);
    return all;
}

void mediaPictureQImageReference(benchmark::State& state)
{
    overSources(state, pngs(), [](const Source& source) {
        benchmark::DoNotOptimize(
            QImage(source.path)
                .scaled(224, 224, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                .width());
    });
}

void mediaPictureForEncoder(benchmark::State& state)
{
    overSources(state, pngs(), [](const Source& source) {
        benchmark::DoNotOptimize(
            resizePillow(readPicture(source), 224, 224, Filter::Bicubic).numel());
    });
}

void mediaPictureThumbnail(benchmark::State& state)
{
    PictureOptions options;
    options.maxSide = 128;
    overSources(state, pngs(), [&options](const Source& source) {
        benchmark::DoNotOptimize(readPictureAlpha(source, options).numel());
    });
}

void mediaSvg(benchmark::State& state)
{
    static const std::vector<Source> all = stamps(QStringLiteral("*.svg"), 100);
    PictureOptions options;
    options.maxSide = 224;
    overSources(state, all, [&options](const Source& source) {
        benchmark::DoNotOptimize(readPicture(source, options).numel());
    });
}

void mediaEmoji(benchmark::State& state)
{
    std::vector<Source> all;
    for (int point = 0x1F600; point < 0x1F640; ++point) {
        Source source;
        source.path = QStringLiteral("emoji:") + QString::number(point, 16);
        all.push_back(source);
    }
    overSources(state, all,
        [](const Source& source) { benchmark::DoNotOptimize(readPicture(source).numel()); });
}

const std::vector<Source>& oggs()
{
    static const std::vector<Source> all = stamps(QStringLiteral("*_desc_fr.ogg"), 400);
    return all;
}

void mediaSound16k(benchmark::State& state)
{
    overSources(state, oggs(), [](const Source& source) {
        benchmark::DoNotOptimize(readSound(source, 16000).samples.numel());
    });
}

void mediaSoundLogMel(benchmark::State& state)
{
    MelOptions options;
    options.mels = 80;
    overSources(state, oggs(), [&options](const Source& source) {
        benchmark::DoNotOptimize(logMel(mono(readSound(source, 16000)), options).numel());
    });
}

} // namespace

BENCHMARK(mediaPictureQImageReference)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaPictureForEncoder)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaPictureForEncoder)->Threads(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaPictureThumbnail)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaSvg)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaEmoji)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaSound16k)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaSoundLogMel)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(mediaSoundLogMel)->Threads(2)->Unit(benchmark::kMillisecond)->UseRealTime();
