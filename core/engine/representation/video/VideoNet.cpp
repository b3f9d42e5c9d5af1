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
    int channels = shape.channels, side = shape.side, kernel = 5;
    for (const int out : { maps, 2 * maps, 4 * maps }) {
        const std::string number = std::to_string(m_convolutions.size() + 1);
        m_convolutions.emplace_back(parameters, "conv" + number,
            learning::ConvShape { .in = channels, .out = out, .kernel = kernel, .stride = 2, .padding = kernel / 2 }, true);
        m_norms.emplace_back(parameters, "norm" + number, out);
        channels = out;
        side = (side + 1) / 2;
        kernel = 3;
    }
    m_dense = learning::Dense(parameters, "frame", channels * side * side, shape.features);
    m_norms.emplace_back(parameters, "norm4", shape.features); // without it the first epochs teach nothing
    const bool recurs = shape.kind != VideoKind::FrameMean;
    if (recurs)
        m_recurrent = learning::Recurrent(parameters, "recurrent", recurrentOf(shape.kind), shape.features, shape.hidden);
    m_classifier = learning::Dense(parameters, "classifier", recurs ? shape.hidden : shape.features, shape.classes);
}

VideoOutput VideoNet::operator()(const at::Tensor& clips, bool training, bool look) const
{
    const int64_t count = clips.size(0), frames = clips.size(1);
    VideoOutput output;
    at::Tensor values = clips.flatten(0, 1);
    for (size_t layer = 0; layer < m_convolutions.size(); ++layer) {
        values = m_norms[layer](m_convolutions[layer](values), training).relu();
        if (look)
            output.maps.push_back(values.unflatten(0, { count, frames }));
    }
    output.features = m_norms.back()(m_dense(values.flatten(1)), training).relu().view({ count, frames, m_shape.features });
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
