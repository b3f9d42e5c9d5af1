#include "core/engine/media/Media.h"
#include "core/engine/representation/video/Gates.h"
#include "core/engine/representation/video/VideoRepresent.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>
#include <algorithm>

namespace triptych::representation {

namespace {

QString text(int64_t number) { return QString::number(number); }

QStringList numbered(int64_t count)
{
    QStringList names;
    for (int64_t i = 0; i < count; ++i)
        names.append(text(i));
    return names;
}

/// The steps of one clip.
class Way {
public:
    Way(const VideoShown& shown, const Sample& sample, const at::Tensor& clip)
        : m_shown(shown)
        , m_source(sample.sources.at(Modality::Video))
        , m_order(orderOfFrames(clip.size(0)))
        , m_pixels(normalised(clip.index_select(0, m_order).unsqueeze(0)).to(shown.device))
        , m_output(shown.net(m_pixels, false, true))
        , m_overTime(shown.net.logitsOverTime(m_output).softmax(1))
    {
    }

    Steps all()
    {
        addFrames();
        addMaps();
        addFeatures();
        if (m_shown.net.shape().kind != VideoKind::FrameMean) {
            addStates();
            addGates();
        }
        addAnswer();
        return std::move(m_steps);
    }

private:
    /// The same draw as for the scores of a first sample.
    at::Tensor orderOfFrames(int64_t frames) const
    {
        Chance chance(quint64(m_shown.options[u"seed"].toInteger()));
        return inOrder(at::arange(frames, at::TensorOptions(at::kLong)), m_shown.order, chance);
    }

    /// Time along x: seconds as filmed, else the number of the frame as it is read.
    StepAxis time() const
    {
        if (m_shown.order != FrameOrder::Forward || m_times.size() < 2)
            return { QT_TRANSLATE_NOOP("Step", "frame, as read"), "", 0, 1 };
        return { QT_TRANSLATE_NOOP("Step", "time"), "s", m_times.front(),
            (m_times.back() - m_times.front()) / double(m_times.size() - 1) };
    }

    void addFrames()
    {
        VideoOptions options;
        options.frames = int(m_order.numel());
        options.maxSide = 160;
        const Video video = readVideo(m_source, options);
        m_times = video.times;
        QStringList labels;
        for (int64_t i = 0; i < m_order.numel(); ++i)
            labels << QStringLiteral("%1 s").arg(video.times[size_t(m_order[i].item<int64_t>())], 0, 'f', 2);
        const char* about = m_shown.order == FrameOrder::Forward
            ? QT_TRANSLATE_NOOP("Step", "%1 frames, evenly spaced over the clip. One of them alone says nothing about a motion.")
            : m_shown.order == FrameOrder::Reversed
            ? QT_TRANSLATE_NOOP("Step", "The %1 frames from the last to the first: a motion becomes its opposite.")
            : QT_TRANSLATE_NOOP("Step", "The %1 frames in random order: all places are still there, their order is lost.");
        m_steps.pictures(QT_TRANSLATE_NOOP("Step", "Frames"), video.frames.index_select(0, m_order))
            .about(about, { text(m_order.numel()) })
            .named(labels);
        const VideoShape& shape = m_shown.net.shape();
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "Prepared frames"), m_pixels.select(0, 0).mean(1))
            .about(shape.channels == 1
                    ? QT_TRANSLATE_NOOP("Step",
                        "What the net reads: the brightness at %1 × %1 pixels minus the clip's median, which takes an even ground "
                        "away, in units of what is left.")
                    : QT_TRANSLATE_NOOP("Step",
                        "What the net reads, its three colours drawn as one: %1 × %1 pixels minus the clip's median, which takes an "
                        "even ground away, in units of what is left."),
                { text(shape.side) })
            .aroundZero()
            .sameRange();
    }

    void addMaps()
    {
        const QString layer = m_shown.options[u"layer"].toString();
        const at::Tensor& maps = m_output.maps.at(size_t(layer.back().digitValue() - 1));
        const int64_t frame = std::min<int64_t>(m_shown.options[u"frame"].toInt(), maps.size(1) - 1);
        const int64_t count = std::min<int64_t>(m_shown.options[u"maps"].toInt(), maps.size(2));
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "Maps of frame %1"), maps.select(0, 0).select(0, frame).slice(0, 0, count))
            .about(QT_TRANSLATE_NOOP("Step",
                       "Layer %2: each map is high where the frame is like the pattern that its filter looks for. The same "
                       "filters read every frame."),
                { text(frame), layer })
            .named(numbered(count));
    }

    void addFeatures()
    {
        m_steps.heat(QT_TRANSLATE_NOOP("Step", "Features of each frame"), m_output.features.select(0, 0).t())
            .about(QT_TRANSLATE_NOOP("Step",
                       "A column a frame: the %1 numbers that the CNN gives for it. What changes along a row is what moves."),
                { text(m_shown.net.shape().features) })
            .axes(time(), { QT_TRANSLATE_NOOP("Step", "feature") });
        if (m_shown.net.shape().kind == VideoKind::FrameMean) {
            m_steps.vector(QT_TRANSLATE_NOOP("Step", "Mean over time"), m_output.embedding.select(0, 0))
                .about(QT_TRANSLATE_NOOP("Step",
                    "Each row's mean. Frames in another order have the same mean, so a motion and its opposite are one and "
                    "the same here."));
        }
    }

    void addStates()
    {
        const at::Tensor states = m_output.states.select(0, 0);
        m_steps.heat(QT_TRANSLATE_NOOP("Step", "Hidden state over time"), states.t())
            .about(QT_TRANSLATE_NOOP("Step",
                       "A column a frame: the %1 numbers that the net carries on. Each is made of the new frame and of the "
                       "state before, so the order of the frames is in it."),
                { text(states.size(1)) })
            .axes(time(), { QT_TRANSLATE_NOOP("Step", "unit") })
            .aroundZero();
    }

    void addHeat(const char* title, const at::Tensor& rows, const char* about, bool around = false)
    {
        Steps::Step& step = m_steps.heat(title, rows.t()).about(about).axes(time(), { QT_TRANSLATE_NOOP("Step", "unit") });
        if (around)
            step.aroundZero();
    }

    void addGates()
    {
        const VideoKind kind = m_shown.net.shape().kind;
        if (kind == VideoKind::Rnn)
            return;
        const GateTrace trace = gatesOf(m_shown.net.recurrent(), m_output.features.select(0, 0));
        if (kind == VideoKind::Lstm) {
            addHeat(QT_TRANSLATE_NOOP("Step", "Cell over time"), trace.cells,
                QT_TRANSLATE_NOOP("Step",
                    "The LSTM's memory, c = f·c + i·g: it is added to, not replaced, so it can keep what it saw long ago."), true);
            addHeat(QT_TRANSLATE_NOOP("Step", "Input gate"), trace.input,
                QT_TRANSLATE_NOOP("Step", "i between 0 and 1: how much of the new frame is written into the cell."));
            addHeat(QT_TRANSLATE_NOOP("Step", "Forget gate"), trace.forget,
                QT_TRANSLATE_NOOP("Step", "f between 0 and 1: how much of the cell is kept; near 1 it remembers."));
            addHeat(QT_TRANSLATE_NOOP("Step", "Output gate"), trace.output,
                QT_TRANSLATE_NOOP("Step", "o between 0 and 1: how much of the cell shows in the hidden state, h = o·tanh(c)."));
            addUnit({ trace.input, trace.forget, trace.output, trace.candidate, trace.cells, trace.states }, trace.states,
                { QStringLiteral("i"), QStringLiteral("f"), QStringLiteral("o"), QStringLiteral("g"),
                    QStringLiteral("c"), QStringLiteral("h") });
            return;
        }
        addHeat(QT_TRANSLATE_NOOP("Step", "Update gate"), trace.update,
            QT_TRANSLATE_NOOP("Step", "z between 0 and 1: how much of the state is kept, h = z·h + (1 − z)·g; near 1 it remembers."));
        addHeat(QT_TRANSLATE_NOOP("Step", "Reset gate"), trace.reset,
            QT_TRANSLATE_NOOP("Step", "r between 0 and 1: how much of the old state the new candidate g gets to see."));
        addUnit({ trace.update, trace.reset, trace.candidate, trace.states }, trace.states,
            { QStringLiteral("z"), QStringLiteral("r"), QStringLiteral("g"), QStringLiteral("h") });
    }

    void addUnit(const std::vector<at::Tensor>& parts, const at::Tensor& states, const QStringList& names)
    {
        int64_t unit = m_shown.options[u"unit"].toInt();
        if (unit < 0)
            unit = (states.amax(0) - states.amin(0)).argmax().item<int64_t>();
        unit = std::min(unit, states.size(1) - 1);
        std::vector<at::Tensor> lines;
        for (const at::Tensor& part : parts)
            lines.push_back(part.select(1, unit));
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Inside unit %1"), at::stack(lines))
            .about(QT_TRANSLATE_NOOP("Step", "Gates (0 to 1), candidate, memory and state of this one unit, frame by frame."),
                { text(unit) })
            .named(names)
            .axes(time(), { QT_TRANSLATE_NOOP("Step", "value") });
    }

    void addAnswer()
    {
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Answer after each frame"), m_overTime.t())
            .about(QT_TRANSLATE_NOOP("Step",
                "Probability of each class if the clip ended there. After the first frame it is a guess; it takes two to see "
                "a motion."))
            .named(m_shown.classes)
            .axes(time(), { QT_TRANSLATE_NOOP("Step", "probability"), "", 0, 1 });
        const at::Tensor embedding = m_output.embedding.select(0, 0);
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Vector of the clip"), embedding)
            .about(m_shown.net.shape().kind == VideoKind::FrameMean
                    ? QT_TRANSLATE_NOOP("Step", "The mean over time: %1 numbers.")
                    : m_shown.net.shape().readsMean
                    ? QT_TRANSLATE_NOOP("Step", "The mean of all states: %1 numbers.")
                    : QT_TRANSLATE_NOOP("Step", "The last state: %1 numbers."),
                { text(embedding.size(0)) });
        m_steps.bars(QT_TRANSLATE_NOOP("Step", "Probabilities"), m_output.logits.select(0, 0).softmax(0), m_shown.classes)
            .about(QT_TRANSLATE_NOOP("Step", "A linear layer on the vector, made into probabilities by softmax."));
    }

    const VideoShown& m_shown;
    const Source& m_source;
    at::Tensor m_order;
    at::Tensor m_pixels; ///< [T,C,side,side], normalised, in the order that is read
    VideoOutput m_output;
    at::Tensor m_overTime; ///< [T,classes]
    std::vector<double> m_times;
    Steps m_steps;
};

} // namespace

Steps videoSteps(const VideoShown& shown, const Sample& sample, const at::Tensor& clip)
{
    return Way(shown, sample, clip).all();
}

} // namespace triptych::representation
