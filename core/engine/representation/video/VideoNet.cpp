#include "core/engine/representation/video/VideoNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <array>

namespace triptych::representation {

namespace {

using learning::RecurrentKind;

constexpr std::array kinds {
    VideoMethodKind { VideoKind::FrameMean, "framemean", "CNN, mean over frames",
        "Karpathy et al. 2014; the baseline of Donahue et al. 2015" },
    VideoMethodKind { VideoKind::Rnn, "cnnrnn", "CNN + RNN", "Elman 1990; Donahue et al. 2015 (LRCN)" },
    VideoMethodKind { VideoKind::Lstm, "cnnlstm", "CNN + LSTM",
        "Hochreiter and Schmidhuber 1997; Donahue et al. 2015 (LRCN)" },
    VideoMethodKind { VideoKind::Gru, "cnngru", "CNN + GRU", "Cho et al. 2014; Donahue et al. 2015 (LRCN)" },
};

RecurrentKind recurrentOf(VideoKind kind)
{
    return kind == VideoKind::Lstm ? RecurrentKind::Lstm
        : kind == VideoKind::Gru   ? RecurrentKind::Gru
                                   : RecurrentKind::Rnn;
}

/// Row t is the mean of rows 0…t.
at::Tensor meansSoFar(const at::Tensor& rows)
{
    const at::Tensor counts = at::arange(1, rows.size(0) + 1, rows.options());
    return rows.cumsum(0) / counts.unsqueeze(1);
}

} // namespace

const VideoMethodKind& videoKind(VideoKind kind) { return kinds.at(size_t(kind)); }

VideoShape VideoShape::of(VideoKind kind, const QJsonObject& options, int classes)
{
    VideoShape shape;
    shape.kind = kind;
    shape.channels = options[u"channels"].toString() == u"3" ? 3 : 1;
    shape.side = options[u"side"].toInt();
    shape.maps = options[u"maps"].toInt();
    shape.features = options[u"features"].toInt();
    shape.hidden = options[u"hidden"].toInt();
    shape.readsMean = options[u"read"].toString() == u"mean";
    shape.classes = classes;
    return shape;
}

VideoNet::VideoNet(Parameters& parameters, const VideoShape& shape)
    : m_shape(shape)
{
    const int maps = shape.maps;
    m_convolutions.emplace_back(parameters, "conv1",
        learning::ConvShape { .in = shape.channels, .out = maps, .kernel = 5, .stride = 2, .padding = 2 }, true);
    m_convolutions.emplace_back(parameters, "conv2",
        learning::ConvShape { .in = maps, .out = 2 * maps, .kernel = 3, .stride = 2, .padding = 1 }, true);
    m_convolutions.emplace_back(parameters, "conv3",
        learning::ConvShape { .in = 2 * maps, .out = 4 * maps, .kernel = 3, .stride = 2, .padding = 1 }, true);
    int side = shape.side;
    for (size_t i = 0; i < m_convolutions.size(); ++i)
        side = (side + 1) / 2;
    m_dense = learning::Dense(parameters, "frame", 4 * maps * side * side, shape.features);
    const bool recurs = shape.kind != VideoKind::FrameMean;
    if (recurs)
        m_recurrent = learning::Recurrent(parameters, "recurrent", recurrentOf(shape.kind), shape.features, shape.hidden);
    m_classifier = learning::Dense(parameters, "classifier", recurs ? shape.hidden : shape.features, shape.classes);
}

VideoOutput VideoNet::operator()(const at::Tensor& clips, bool look) const
{
    const int64_t count = clips.size(0), frames = clips.size(1);
    VideoOutput output;
    at::Tensor values = clips.flatten(0, 1);
    for (const learning::Conv2d& convolution : m_convolutions) {
        values = convolution(values).relu();
        if (look)
            output.maps.push_back(values.unflatten(0, { count, frames }));
    }
    output.features = m_dense(values.flatten(1)).relu().view({ count, frames, m_shape.features });
    if (m_shape.kind == VideoKind::FrameMean) {
        output.embedding = output.features.mean(1);
    } else {
        const learning::RecurrentOutput read = m_recurrent(output.features);
        output.states = read.states;
        output.embedding = m_shape.readsMean ? read.states.mean(1) : read.last;
    }
    output.logits = m_classifier(output.embedding);
    return output;
}

at::Tensor VideoNet::logitsOverTime(const VideoOutput& output) const
{
    if (m_shape.kind == VideoKind::FrameMean)
        return m_classifier(meansSoFar(output.features.select(0, 0)));
    const at::Tensor states = output.states.select(0, 0);
    return m_classifier(m_shape.readsMean ? meansSoFar(states) : states);
}

} // namespace triptych::representation
