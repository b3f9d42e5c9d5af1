#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Steps.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/picture/Marked.h"
#include "core/engine/representation/picture/Maximise.h"
#include "core/engine/representation/picture/PictureMethods.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QJsonArray>
#include <algorithm>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

QString text(int64_t number) { return QString::number(number); }

/// A plain picture, to learn how the model's processor turns colours into numbers.
Sample plain(Qt::GlobalColor colour)
{
    QImage image(64, 64, QImage::Format_RGB32);
    image.fill(colour);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    Sample sample;
    sample.id = QStringLiteral("plain");
    sample.sources[Modality::Image].bytes = buffer.data();
    return sample;
}

/// A hidden state as maps [N,C,h,w]; tokens of a transformer are put on their grid.
at::Tensor mapsOf(const at::Tensor& hidden, const TokenLayout& layout)
{
    if (hidden.dim() == 4)
        return hidden;
    const int64_t rows = layout.gridRows, columns = layout.gridColumns;
    if (rows * columns < 1 || layout.special + rows * columns > hidden.size(1))
        return hidden.mean(1).unsqueeze(2).unsqueeze(3);
    return hidden.slice(1, layout.special, layout.special + rows * columns)
        .transpose(1, 2).reshape({ hidden.size(0), hidden.size(2), rows, columns });
}

/// The steps of one sample through an open model.
class ModelWay {
public:
    ModelWay(Model& model, const Sample& sample, const QJsonObject& options, Progress& progress)
        : m_model(model)
        , m_encoder(model.encoder(Modality::Image))
        , m_options(options)
        , m_progress(progress)
        , m_input(model.prepare(Modality::Image, { sample }))
        , m_output(m_encoder.encode(m_input, { .hidden = true }))
        , m_most(options[u"maps"].toInt())
    {
        if (m_output.hidden.empty() || m_input.values.dim() != 4) {
            throw Error(Tr::tr("%1 does not read pictures as a square of pixels, so its steps cannot be shown; leave steps out.")
                            .arg(model.path()));
        }
        m_layer = options[u"layer"].toInt();
        if (m_layer < 0)
            m_layer = int(m_output.hidden.size()) - 1;
        if (m_layer >= int(m_output.hidden.size())) {
            throw Error(QCoreApplication::translate("representation", "layer: this model has the layers 0 to %1; 0 is before the first one.")
                            .arg(m_output.hidden.size() - 1));
        }
        const at::Tensor maps = layerOf(m_output);
        m_unit = options[u"unit"].toInt();
        if (m_unit >= maps.size(1))
            throw Error(Tr::tr("unit: layer %1 has the maps 0 to %2.").arg(m_layer).arg(maps.size(1) - 1));
        const int64_t highest = maps.select(0, 0).select(0, m_unit).argmax().item<int64_t>();
        m_row = highest / maps.size(3);
        m_column = highest % maps.size(3);
        m_black = model.prepare(Modality::Image, { plain(Qt::black) }).values.select(0, 0).amin({ 1, 2 }, true);
        m_white = model.prepare(Modality::Image, { plain(Qt::white) }).values.select(0, 0).amax({ 1, 2 }, true);
    }

    Steps all()
    {
        addInput();
        addLayers();
        addSeen();
        addMaximised();
        addVector();
        return std::move(m_steps);
    }

private:
    at::Tensor layerOf(const EncoderOutput& output) const { return mapsOf(output.hidden[size_t(m_layer)], output.layout); }
    at::Tensor unitOf(const EncoderOutput& output) const
    {
        return layerOf(output).select(0, 0).select(0, m_unit).select(0, m_row).select(0, m_column);
    }
    QString unitName() const { return QStringLiteral("%1 · %2").arg(m_layer).arg(m_unit); }

    /// uint8 [h,w,3] of pixels [3,h,w].
    at::Tensor shown(const at::Tensor& pixels) const
    {
        const at::Tensor values = (pixels.to(at::kCPU) - m_black) / (m_white - m_black);
        return (values.clamp(0, 1) * 255).round().to(at::kByte).permute({ 1, 2, 0 }).contiguous();
    }

    EncoderOutput through(const at::Tensor& pixels) const
    {
        EncoderInput input = m_input;
        input.values = pixels;
        return m_encoder.encode(input, { .hidden = true, .gradients = true });
    }

    void addInput()
    {
        const at::Tensor pixels = m_input.values.select(0, 0);
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "Picture"), shown(pixels))
            .about(QT_TRANSLATE_NOOP("Step", "Cut and scaled to %1 × %2 pixels, as the model's processor says."),
                { text(pixels.size(1)), text(pixels.size(2)) });
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "Prepared input"), pixels)
            .about(QT_TRANSLATE_NOOP("Step", "Each channel brought to the scale the model was trained on; black is about %1 and white about %2."),
                { QString::number(m_black.mean().item<double>(), 'f', 2), QString::number(m_white.mean().item<double>(), 'f', 2) })
            .named({ QStringLiteral("R"), QStringLiteral("G"), QStringLiteral("B") })
            .aroundZero();
    }

    void addLayers()
    {
        for (size_t i = 0; i < m_output.hidden.size(); ++i) {
            const at::Tensor maps = mapsOf(m_output.hidden[i], m_output.layout).select(0, 0);
            m_steps.maps(QT_TRANSLATE_NOOP("Step", "Layer %1"), maps.slice(0, 0, m_most))
                .about(QT_TRANSLATE_NOOP("Step", "%2 maps of %3 × %4 after layer %1; 0 is before the first one."),
                    { text(int64_t(i)), text(maps.size(0)), text(maps.size(1)), text(maps.size(2)) });
        }
    }

    void addSeen()
    {
        at::Tensor place = m_input.values.detach().clone();
        {
            at::AutoGradMode on(true);
            place.requires_grad_(true);
            unitOf(through(place)).backward();
        }
        const at::Tensor slope = place.grad().defined() ? place.grad().to(at::kCPU).select(0, 0).abs().sum(0)
                                                        : at::zeros({ place.size(2), place.size(3) });
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "What unit %1 listens to"), slope.unsqueeze(0))
            .about(QT_TRANSLATE_NOOP("Step",
                       "How strongly each pixel moves the unit at row %2, column %3, for this picture: the size of its gradient."),
                { unitName(), text(m_row), text(m_column) });
        const at::Tensor seen = slope.gt(0);
        const at::Tensor rows = seen.any(1).nonzero().flatten(), columns = seen.any(0).nonzero().flatten();
        if (rows.numel() == 0)
            return; // a unit that nothing moves here has no field to draw
        const std::pair<int64_t, int64_t> r { rows[0].item<int64_t>(), rows[-1].item<int64_t>() };
        const std::pair<int64_t, int64_t> c { columns[0].item<int64_t>(), columns[-1].item<int64_t>() };
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "Receptive field of unit %1"), marked(shown(m_input.values.select(0, 0)), r, c))
            .about(QT_TRANSLATE_NOOP("Step", "Pixels outside the frame, rows %2 to %3 and columns %4 to %5, do not move the unit here at all."),
                { unitName(), text(r.first), text(r.second), text(c.first), text(c.second) });
    }

    int64_t classOf(const at::Tensor& logits) const
    {
        const QString wanted = m_options[u"class"].toString();
        const qsizetype found = m_model.labels().indexOf(wanted);
        if (!wanted.isEmpty() && found < 0)
            throw Error(Tr::tr("class: the model knows no \"%1\".").arg(wanted));
        return wanted.isEmpty() ? logits.argmax().item<int64_t>() : found;
    }

    void addMaximised()
    {
        const QString what = m_options[u"maximise"].toString();
        const auto logits = m_output.more.find("logits");
        const bool ofClass = what == u"class";
        if (what == u"none")
            return;
        if (ofClass && logits == m_output.more.end())
            throw Error(Tr::tr("maximise: %1 has no classifier; choose a unit.").arg(m_model.path()));
        const int64_t number = ofClass ? classOf(logits->second.select(0, 0)) : 0;
        const auto activation = [&](const at::Tensor& pixels) {
            const EncoderOutput output = through(pixels);
            return ofClass ? output.more.at("logits").select(0, 0).select(0, number) : unitOf(output);
        };
        const Maximised found = maximise(activation, m_input.values.select(0, 0).sizes(), m_black, m_white,
            { .iterations = m_options[u"iterations"].toInt(), .smoothness = m_options[u"smoothness"].toDouble(),
                .seed = quint64(m_options[u"seed"].toInteger()) },
            m_progress);
        const QString name = ofClass ? m_model.labels().value(number, text(number)) : unitName();
        const double highest = *std::max_element(found.activations.begin(), found.activations.end());
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "What excites %1 most"), shown(found.pixels))
            .about(QT_TRANSLATE_NOOP("Step", "Gradient ascent from faint noise, %2 steps: the activation rose from %3 to %4."),
                { name, text(int64_t(found.activations.size()) - 1), QString::number(found.activations.front(), 'g', 4),
                    QString::number(highest, 'g', 4) });
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Activation of %1 while climbing"),
                   at::tensor(at::ArrayRef<double>(found.activations), at::TensorOptions(at::kDouble)))
            .about(QT_TRANSLATE_NOOP("Step", "The value of the unit after each step of the gradient ascent; the highest one is shown."), { name })
            .axes({ QT_TRANSLATE_NOOP("Step", "iteration"), "", 0, 1 }, { QT_TRANSLATE_NOOP("Step", "activation"), "", 0, 1 })
            .named({ name });
    }

    void addVector()
    {
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), m_output.embedding.select(0, 0))
            .about(QT_TRANSLATE_NOOP("Step", "The model's embedding: %1 numbers. Pictures with near vectors are alike to it."),
                { text(m_output.embedding.size(1)) });
        const auto logits = m_output.more.find("logits");
        if (logits == m_output.more.end())
            return;
        const auto [shares, classes] = logits->second.select(0, 0).to(at::kCPU).softmax(0).topk(std::min<int64_t>(10, logits->second.size(1)));
        QStringList names;
        for (int64_t i = 0; i < classes.numel(); ++i)
            names.append(m_model.labels().value(classes[i].item<int64_t>(), text(classes[i].item<int64_t>())));
        m_steps.bars(QT_TRANSLATE_NOOP("Step", "Probabilities"), shares, names)
            .about(QT_TRANSLATE_NOOP("Step", "The most probable of the %1 classes that the model was trained on."),
                { text(logits->second.size(1)) });
    }

    Model& m_model;
    Encoder& m_encoder;
    const QJsonObject& m_options;
    Progress& m_progress;
    EncoderInput m_input;
    EncoderOutput m_output;
    int64_t m_most;
    int m_layer = 0;
    int64_t m_unit = 0, m_row = 0, m_column = 0;
    at::Tensor m_black; ///< [3,1,1]
    at::Tensor m_white;
    Steps m_steps;
};

at::Tensor embedded(Model& model, const std::vector<Sample>& samples, int layer, Progress& progress)
{
    constexpr size_t batch = 8;
    std::vector<at::Tensor> rows;
    for (size_t first = 0; first < samples.size(); first += batch) {
        progress.report(qint64(first), qint64(samples.size()), QCoreApplication::translate("representation", "encoding"));
        const std::vector<Sample> some(samples.begin() + ptrdiff_t(first),
            samples.begin() + ptrdiff_t(std::min(samples.size(), first + batch)));
        const EncoderOutput output
            = model.encoder(Modality::Image).encode(model.prepare(Modality::Image, some), { .hidden = layer >= 0 });
        if (layer >= int(output.hidden.size()) && layer >= 0)
            throw Error(QCoreApplication::translate("representation", "layer: this model has the layers 0 to %1; 0 is before the first one.").arg(output.hidden.size() - 1));
        rows.push_back((layer < 0 ? output.embedding : mapsOf(output.hidden[size_t(layer)], output.layout).mean({ 2, 3 })).to(at::kCPU));
    }
    return at::cat(rows);
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    if (inputs.samples.empty())
        throw Error(Tr::tr("There is no sample to represent; give some."));
    const auto model = context.models.open(options[u"model"].toString());
    const at::Tensor rows = embedded(*model, inputs.samples, options[u"layer"].toInt(), progress);
    Value value = embeddingValue(rows, inputs.samples, QStringLiteral("represent.picturenet"), Modality::Image);
    value.info[QStringLiteral("checkpoint")] = model->path();
    if (options[u"steps"].toBool())
        ModelWay(*model, inputs.samples.front(), options, progress).all().writeTo(value);
    return value;
}

} // namespace

Method pictureNetMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("represent.picturenet");
    info.room = QStringLiteral("representation");
    info.title = QStringLiteral("Loaded picture model");
    info.options = { { QStringLiteral("model"), OptionInfo::Type::File, QStringLiteral("triptych-mini"), 0, 0, {},
                         QStringLiteral("Folder or file of any checkpoint that reads pictures, or triptych-mini") },
        option::integer("layer", -1, -1, 1000, "Layer whose mean over places is the vector; -1 = the model's own embedding"),
        option::flag("steps", false, "Show the way of the first sample"),
        option::integer("maps", 16, 1, 64, "Maps shown of each layer"),
        option::integer("unit", 0, 0, 100'000, "Map of the layer whose highest unit is looked at"),
        option::choice("maximise", "unit", { QStringLiteral("none"), QStringLiteral("unit"), QStringLiteral("class") },
            "Make the picture that excites the unit, or a class, most (Erhan et al. 2009)"),
        option::text("class", "", "Class that is maximised; empty = the one the net gives the first sample"),
        option::integer("iterations", 20, 1, 5000, "Steps of the gradient ascent"),
        option::real("smoothness", 0.1, 0, 0.25, "How strongly neighbouring pixels pull at each other in each step"),
        option::integer("seed", 0, 0, 1e9, "Of the noise that the ascent starts from") };
    info.reference = QStringLiteral("The checkpoint's own; Erhan et al. 2009, Visualizing higher-layer features of a deep network");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::representation
