#include "core/engine/media/AvInput.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/Translate.h"
#include "core/engine/media/VideoFacts.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/stack.h>
#include <cmath>
#include <opencv2/core.hpp>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace triptych {

namespace {

// Decoding on is cheaper than a seek to the key frame before, unless the way is long.
constexpr double worthSeeking = 3.0;
// A frame that starts at the very moment asked for is on screen.
constexpr double rounding = 1e-6;

struct SwsDeleter {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

/// Frames to RGB tensors of one size, turned the right way up.
class Converter {
public:
    Converter(const AvInput& input, const VideoFacts& facts, int maxSide)
        : m_input(input)
        , m_turns(facts.quarterTurns)
    {
        const double longer = std::max(facts.width, facts.height);
        const double scale = maxSide > 0 && longer > maxSide ? maxSide / longer : 1.0;
        m_width = std::max(1, int(std::lround(facts.width * scale)));
        m_height = std::max(1, int(std::lround(facts.height * scale)));
        if (m_turns % 2 == 1)
            std::swap(m_width, m_height); // the frames are turned after scaling
    }

    at::Tensor convert(const AVFrame* frame)
    {
        m_sws.reset(sws_getCachedContext(m_sws.release(), frame->width, frame->height,
            AVPixelFormat(frame->format), m_width, m_height, AV_PIX_FMT_RGB24, SWS_AREA, nullptr,
            nullptr, nullptr));
        if (!m_sws)
            throw m_input.error(
                translate("media", "has frames that cannot be converted; convert it to MP4"));
        // swscale writes whole vectors: rows are padded, then copied into the tensor.
        cv::Mat padded(m_height, (m_width + 31) / 32 * 32, CV_8UC3);
        uint8_t* planes[4] = {padded.data, nullptr, nullptr, nullptr};
        const int strides[4] = {int(padded.step), 0, 0, 0};
        sws_scale(m_sws.get(), frame->data, frame->linesize, 0, frame->height, planes, strides);
        const cv::Mat plain = padded(cv::Rect(0, 0, m_width, m_height));
        const bool sideways = m_turns % 2 == 1;
        at::Tensor out = at::empty(
            {sideways ? m_width : m_height, sideways ? m_height : m_width, 3}, at::kByte);
        cv::Mat target(int(out.size(0)), int(out.size(1)), CV_8UC3, out.data_ptr<uint8_t>());
        constexpr cv::RotateFlags clockwise[]
            = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
        if (m_turns == 0)
            plain.copyTo(target);
        else
            cv::rotate(plain, target, clockwise[m_turns - 1]);
        return out;
    }

private:
    const AvInput& m_input;
    int m_turns;
    int m_width;
    int m_height;
    std::unique_ptr<SwsContext, SwsDeleter> m_sws;
};

/// Walks forward through the video and stops at the frame that is on screen at a moment.
class FrameWalk {
public:
    FrameWalk(const AvInput& input, AVStream* stream)
        : m_input(input)
        , m_stream(stream)
        , m_decoder(input.decoder(stream, 2))
        , m_frames(input, stream, m_decoder.get())
        , m_shown(av_frame_alloc())
        , m_ahead(av_frame_alloc())
    {
        const double timeBase = av_q2d(stream->time_base);
        m_origin = stream->start_time == AV_NOPTS_VALUE ? 0 : double(stream->start_time) * timeBase;
    }

    /// Moves to `seconds` (ascending calls). False when not one frame could be decoded.
    bool moveTo(double seconds)
    {
        if (seconds - m_reached > worthSeeking)
            seek(seconds);
        while (!m_ended && !(m_hasAhead && timeOf(m_ahead.get()) > seconds + rounding))
            step();
        return m_hasShown || m_hasAhead;
    }

    /// Before the first frame's time the first frame counts as shown.
    const AVFrame* shown() const { return m_hasShown ? m_shown.get() : m_ahead.get(); }
    double time() const { return timeOf(shown()); }
    int damaged() const { return m_frames.damaged(); }

private:
    double timeOf(const AVFrame* frame) const
    {
        return frame->best_effort_timestamp == AV_NOPTS_VALUE
            ? m_reached
            : double(frame->best_effort_timestamp) * av_q2d(m_stream->time_base) - m_origin;
    }

    void step()
    {
        AVFrame* next = m_frames.next();
        if (!next) {
            m_ended = true;
            if (m_hasAhead)
                show();
            return;
        }
        if (m_hasAhead)
            show();
        av_frame_unref(m_ahead.get());
        av_frame_move_ref(m_ahead.get(), next);
        m_hasAhead = true;
        m_reached = timeOf(m_ahead.get());
    }

    void show()
    {
        av_frame_unref(m_shown.get());
        av_frame_move_ref(m_shown.get(), m_ahead.get());
        m_hasShown = true;
        m_hasAhead = false;
    }

    void seek(double seconds)
    {
        const auto target = int64_t((seconds + m_origin) / av_q2d(m_stream->time_base));
        if (av_seek_frame(m_input.context(), m_stream->index, target, AVSEEK_FLAG_BACKWARD) < 0)
            return; // some formats cannot: then every frame on the way is decoded
        m_frames.restart();
        m_ended = false;
        m_hasAhead = false;
    }

    const AvInput& m_input;
    AVStream* m_stream;
    Av<AVCodecContext> m_decoder;
    AvFrames m_frames;
    Av<AVFrame> m_shown;
    Av<AVFrame> m_ahead;
    bool m_hasShown = false;
    bool m_hasAhead = false;
    bool m_ended = false;
    double m_origin = 0;
    double m_reached = 0;
};

/// The middles of equal parts of the span.
std::vector<double> moments(const VideoOptions& options, double duration)
{
    const double start = std::clamp(options.start, 0.0, duration);
    const double end = options.end < 0 ? duration : std::clamp(options.end, start, duration);
    std::vector<double> all;
    for (int i = 0; i < options.frames; ++i)
        all.push_back(start + (end - start) * (i + 0.5) / options.frames);
    return all;
}

void checkOptions(const VideoOptions& options)
{
    if (options.frames < 1)
        throw Error(translate("media", "frames: must be at least 1"));
    if (options.end >= 0 && options.end < options.start)
        throw Error(translate("media", "end: must not be before start"));
}

} // namespace

Video readVideo(const Source& source, const VideoOptions& options)
{
    checkOptions(options);
    const AvInput input(source);
    AVStream* stream = videoStream(input);
    const VideoFacts facts = videoFacts(input, stream, MediaLimits {});
    FrameWalk walk(input, stream);
    Converter converter(input, facts, options.maxSide);
    Video video;
    std::vector<at::Tensor> frames;
    for (const double moment : moments(options, facts.seconds)) {
        if (!walk.moveTo(moment))
            throw input.error(
                translate("media", "holds no frame that can be decoded: it is damaged or cut off"));
        const double patience = std::max(1.0, 0.1 * facts.seconds);
        if (facts.stated && moment - walk.time() > patience)
            throw input.error(
                translate("media", "was cut off: it ends after %1 of %2 seconds; copy it again")
                    .arg(walk.time(), 0, 'f', 1)
                    .arg(facts.seconds, 0, 'f', 1));
        const bool again = !video.times.empty() && video.times.back() == walk.time();
        frames.push_back(again ? frames.back() : converter.convert(walk.shown()));
        video.times.push_back(walk.time());
    }
    video.frames = at::stack(frames);
    video.duration = facts.seconds;
    video.rate = facts.rate;
    video.hasSound = facts.hasSound;
    return video;
}

} // namespace triptych
