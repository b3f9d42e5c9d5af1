#include "core/engine/representation/Signals.h"

#include "core/engine/media/Media.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>
#include <atomic>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// Decoded signals by what they were read from; the least used go first.
class SignalCache {
public:
    at::Tensor find(const QString& key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_byKey.find(key);
        if (found == m_byKey.end())
            return {};
        m_used.splice(m_used.begin(), m_used, found->second);
        return found->second->second;
    }

    void insert(const QString& key, const at::Tensor& signal)
    {
        constexpr qint64 most = 256 << 20;
        const std::lock_guard lock(m_mutex);
        if (m_byKey.contains(key))
            return;
        m_used.emplace_front(key, signal);
        m_byKey.emplace(key, m_used.begin());
        m_bytes += qint64(signal.nbytes());
        while (m_bytes > most && m_used.size() > 1) {
            m_bytes -= qint64(m_used.back().second.nbytes());
            m_byKey.erase(m_used.back().first);
            m_used.pop_back();
        }
    }

private:
    using Entries = std::list<std::pair<QString, at::Tensor>>;
    std::mutex m_mutex;
    Entries m_used;
    std::unordered_map<QString, Entries::iterator> m_byKey;
    qint64 m_bytes = 0;
};

SignalCache& cache()
{
    static SignalCache one; // decoding again would give the same: no state that anyone can see
    return one;
}

const Source& sourceOf(const Sample& sample, Modality modality)
{
    const auto found = sample.sources.find(modality);
    if (found != sample.sources.end())
        return found->second;
    if (modality == Modality::Video)
        throw Error(Tr::tr("%1 has no video; choose samples that have one.").arg(sample.title()));
    throw Error(modality == Modality::Image
            ? Tr::tr("%1 has no picture; choose samples that have one.").arg(sample.title())
            : Tr::tr("%1 has no sound; choose samples that have one.").arg(sample.title()));
}

QString keyOf(const Source& source, const QString& kind)
{
    return source.bytes.isEmpty() ? kind + source.path
                                  : kind + QString::number(qHash(source.bytes)) + QString::number(source.bytes.size());
}

/// Calls `work(i)` for every i on a few threads, progress on this one; the first error is thrown here.
void onThreads(int64_t count, Progress& progress, const QString& stage, const std::function<void(int64_t)>& work)
{
    std::atomic<int64_t> next { 0 }, done { 0 };
    std::exception_ptr failed;
    std::mutex mutex;
    const auto serve = [&] {
        for (int64_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                failed = failed ? failed : std::current_exception();
                next = count;
            }
            ++done;
        }
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i + 1 < std::min(QThread::idealThreadCount(), int(count)); ++i)
        threads.emplace_back(serve);
    try {
        for (int64_t i = next++; i < count; i = next++) {
            progress.report(done, count, stage);
            work(i);
            ++done;
        }
    } catch (...) {
        next = count;
        throw; // the threads end first
    }
    threads.clear();
    if (failed)
        std::rethrow_exception(failed);
}

at::Tensor fitted(const at::Tensor& picture, int side)
{
    const int64_t height = picture.size(0), width = picture.size(1);
    const int64_t longer = std::max(height, width);
    const int64_t h = std::max<int64_t>(1, height * side / longer), w = std::max<int64_t>(1, width * side / longer);
    at::Tensor small = picture.permute({ 2, 0, 1 }).unsqueeze(0).to(at::kFloat);
    small = at::adaptive_avg_pool2d(small, { h, w }).squeeze(0);
    at::Tensor square = at::full({ 3, side, side }, 255, at::TensorOptions(at::kByte));
    square.narrow(1, (side - h) / 2, h).narrow(2, (side - w) / 2, w).copy_(small.round().clamp(0, 255));
    return square;
}

/// Frames uint8 [T,h,w,3] as [T,channels,side,side].
at::Tensor clipOf(const at::Tensor& frames, const ClipFormat& format)
{
    const int64_t height = frames.size(1), width = frames.size(2), side = format.side;
    const int64_t longer = std::max(height, width);
    const int64_t h = std::max<int64_t>(1, height * side / longer), w = std::max<int64_t>(1, width * side / longer);
    at::Tensor values = frames.permute({ 0, 3, 1, 2 }).to(at::kFloat);
    if (h != height || w != width)
        values = at::adaptive_avg_pool2d(values, { h, w });
    if (format.channels == 1)
        values = (values.select(1, 0) * 0.299 + values.select(1, 1) * 0.587 + values.select(1, 2) * 0.114).unsqueeze(1);
    at::Tensor clip = at::zeros({ frames.size(0), format.channels, side, side }, at::TensorOptions(at::kByte));
    clip.narrow(2, (side - h) / 2, h).narrow(3, (side - w) / 2, w).copy_(values.round().clamp(0, 255));
    return clip;
}

} // namespace

at::Tensor picturesOf(const std::vector<Sample>& samples, int side, Progress& progress)
{
    at::Tensor pictures = at::empty({ int64_t(samples.size()), 3, side, side }, at::TensorOptions(at::kByte));
    onThreads(int64_t(samples.size()), progress, QCoreApplication::translate("representation", "reading pictures"), [&](int64_t i) {
        const Source& source = sourceOf(samples[size_t(i)], Modality::Image);
        const QString key = keyOf(source, QStringLiteral("%1 px ").arg(side));
        at::Tensor picture = cache().find(key);
        if (!picture.defined()) {
            PictureOptions options;
            options.maxSide = std::max(64, 2 * side);
            picture = fitted(readPicture(source, options), side);
            cache().insert(key, picture);
        }
        pictures.select(0, i).copy_(picture);
    });
    return pictures;
}

at::Tensor scaledPictures(const at::Tensor& pictures, int channels, bool inverted)
{
    at::Tensor values = pictures.to(at::kFloat) / 255;
    if (channels == 1)
        values = values.select(1, 0) * 0.299 + values.select(1, 1) * 0.587 + values.select(1, 2) * 0.114;
    if (inverted)
        values = 1 - values;
    return channels == 1 ? values.unsqueeze(1) : values;
}

std::vector<at::Tensor> soundsOf(const std::vector<Sample>& samples, int rate, Progress& progress)
{
    std::vector<at::Tensor> sounds(samples.size());
    onThreads(int64_t(samples.size()), progress, Tr::tr("reading sounds"), [&](int64_t i) {
        const Source& source = sourceOf(samples[size_t(i)], Modality::Audio);
        const QString key = keyOf(source, QStringLiteral("%1 Hz ").arg(rate));
        at::Tensor sound = cache().find(key);
        if (!sound.defined()) {
            sound = mono(readSound(source, rate));
            cache().insert(key, sound);
        }
        sounds[size_t(i)] = sound;
    });
    return sounds;
}

std::vector<at::Tensor> videosOf(const std::vector<Sample>& samples, const ClipFormat& format, Progress& progress)
{
    std::vector<at::Tensor> clips(samples.size());
    onThreads(int64_t(samples.size()), progress, Tr::tr("reading videos"), [&](int64_t i) {
        const Source& source = sourceOf(samples[size_t(i)], Modality::Video);
        const qint64 written = source.path.isEmpty() ? 0 : QFileInfo(source.path).lastModified().toMSecsSinceEpoch();
        const QString key = keyOf(source, QStringLiteral("%1 x %2 px x %3 %4 ")
                                              .arg(format.frames).arg(format.side).arg(format.channels).arg(written));
        at::Tensor clip = cache().find(key);
        if (!clip.defined()) {
            VideoOptions options;
            options.frames = format.frames;
            options.maxSide = 2 * format.side;
            clip = clipOf(readVideo(source, options).frames, format);
            cache().insert(key, clip);
        }
        clips[size_t(i)] = clip;
    });
    return clips;
}

Value embeddingValue(const at::Tensor& rows, const std::vector<Sample>& samples, const QString& method,
    Modality modality, bool normalized)
{
    Value value;
    value.arrays[QStringLiteral("embeddings")] = arrayOf(rows.detach().to(at::kCPU, at::kFloat));
    QJsonArray ids;
    for (const Sample& sample : samples)
        ids.append(sample.id);
    value.info = { { QStringLiteral("ids"), ids }, { QStringLiteral("modality"), modalityName(modality) },
        { QStringLiteral("model"), method }, { QStringLiteral("normalized"), normalized } };
    return value;
}

Array arrayOf(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.contiguous();
    const QList<qint64> shape(plain.sizes().begin(), plain.sizes().end());
    const size_t count = size_t(plain.numel());
    switch (plain.scalar_type()) {
    case at::kDouble:
        return Array::of(std::span<const double>(plain.data_ptr<double>(), count), shape);
    case at::kLong: {
        const at::Tensor numbers = plain;
        const std::vector<qint64> copied(numbers.data_ptr<int64_t>(), numbers.data_ptr<int64_t>() + count);
        return Array::of(std::span<const qint64>(copied), shape);
    }
    case at::kByte:
        return Array::of(std::span<const uchar>(plain.data_ptr<uchar>(), count), shape);
    default: {
        const at::Tensor floats = plain.to(at::kFloat);
        return Array::of(std::span<const float>(floats.data_ptr<float>(), count), shape);
    }
    }
}

} // namespace triptych::representation
