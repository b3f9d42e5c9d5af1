#include "core/engine/representation/picture/Marked.h"
#include "core/engine/representation/picture/Maximise.h"
#include "core/engine/representation/picture/NetRepresent.h"
#include "core/engine/representation/picture/NetUnit.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::representation {

namespace {

constexpr StepAxis across { QT_TRANSLATE_NOOP("Step", "column"), QT_TRANSLATE_NOOP("Step", "px"), 0, 1 };
constexpr StepAxis down { QT_TRANSLATE_NOOP("Step", "row"), QT_TRANSLATE_NOOP("Step", "px"), 0, 1 };

QString text(int64_t number) { return QString::number(number); }

QStringList numbered(int64_t count)
{
    QStringList names;
    for (int64_t i = 0; i < count; ++i)
        names.append(QString::number(i));
    return names;
}

/// "layer1.0" of "layer1.0.conv1.weight", "encoder.layers.encoder_layer_0" of what is in that block.
QString layerOfTensor(const QString& name)
{
    const QStringList parts = name.split(u'.');
    const bool numbered = parts[0] == u"features" || parts[0] == u"classifier" || parts.size() > 3;
    return parts.mid(0, parts[0] == u"encoder" ? 3 : numbered ? 2 : 1).join(u'.');
}

/// The steps of one picture.
class Way {
public:
    Way(const Shown& shown, const at::Tensor& picture, Progress& progress)
        : m_shown(shown)
        , m_progress(progress)
        , m_picture(picture.select(0, 0).permute({ 1, 2, 0 }).contiguous())
        , m_pixels(shown.format.normalised(shown.format.scaled(picture)).to(shown.device))
        , m_output(shown.net.run(m_pixels, { false, nullptr, true }))
        , m_unit(unitOf(m_output, shown.options))
        , m_most(shown.options[u"maps"].toInt())
    {
    }

    Steps all()
    {
        addInput();
        addFilters();
        addStages();
        addAttention();
        addField();
        addMaximised();
        addVector();
        addParameters();
        return std::move(m_steps);
    }

private:
    void addInput()
    {
        const QString side = text(m_shown.format.side);
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "Picture"), m_picture)
            .about(QT_TRANSLATE_NOOP("Step", "Scaled to fit %1 × %1 pixels, the rest white: every picture has to have the same size."),
                { side })
            .axes(across, down);
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "Prepared input"), m_pixels.select(0, 0))
            .about(QT_TRANSLATE_NOOP("Step",
                       "%1 × %2 × %2 numbers: each channel minus its mean over the training pictures, divided by its deviation. "
                       "Zero is an average pixel; learning is steadier so."),
                { text(m_shown.format.channels), side })
            .axes(across, down)
            .named(m_shown.format.channels == 1 ? QStringList { QStringLiteral("Y") }
                                                : QStringList { QStringLiteral("R"), QStringLiteral("G"), QStringLiteral("B") })
            .aroundZero();
        if (const int grid = m_shown.net.patches()) {
            const int64_t patch = m_shown.format.side / grid;
            const at::Tensor patches = m_picture.view({ grid, patch, grid, patch, 3 }).permute({ 0, 2, 1, 3, 4 });
            m_steps.pictures(QT_TRANSLATE_NOOP("Step", "Patches"), patches.reshape({ grid * grid, patch, patch, 3 }))
                .about(QT_TRANSLATE_NOOP("Step", "The picture is cut into %1 × %1 patches of %2 × %2 pixels: the words of its sentence."),
                    { text(grid), text(patch) });
        }
    }

    void addFilters()
    {
        const at::Tensor filters = m_shown.net.firstFilters().detach().to(at::kCPU);
        const int64_t count = std::min<int64_t>(m_most, filters.size(0));
        const QStringList args { text(filters.size(0)), text(filters.size(2)), text(count) };
        const at::Tensor some = filters.slice(0, 0, count);
        const char* about = QT_TRANSLATE_NOOP("Step",
            "What the first layer looks for: %1 learned patterns of %2 × %2 pixels (%3 shown). Where the picture is like the "
            "pattern, the map of that filter is high.");
        if (filters.size(1) == 3) {
            const at::Tensor range = some.abs().amax({ 1, 2, 3 }, true).clamp_min(1e-12);
            const at::Tensor colours = ((some / range * 0.5 + 0.5) * 255).round().to(at::kByte);
            m_steps.pictures(QT_TRANSLATE_NOOP("Step", "First filters"), colours.permute({ 0, 2, 3, 1 }).contiguous())
                .about(about, args).named(numbered(count));
        } else {
            m_steps.maps(QT_TRANSLATE_NOOP("Step", "First filters"), some.select(1, 0))
                .about(about, args).named(numbered(count)).aroundZero();
        }
    }

    void addStages()
    {
        for (const Stage& stage : m_output.stages) {
            const at::Tensor values = stage.values.select(0, 0);
            const QStringList args { QString::fromStdString(stage.name), text(values.size(0)), text(values.size(1)),
                text(values.size(2)), text(stage.field.size()) };
            if (values.size(1) == 1 && values.size(2) == 1) {
                m_steps.vector(QT_TRANSLATE_NOOP("Step", "After %1"), values.flatten()).about(stage.about, args);
                continue;
            }
            const int64_t count = std::min<int64_t>(m_most, values.size(0));
            m_steps.maps(QT_TRANSLATE_NOOP("Step", "After %1"), values.slice(0, 0, count))
                .about(stage.about, args)
                .axes({ across.name, "", 0, 1 }, { down.name, "", 0, 1 })
                .named(numbered(count));
        }
    }

    void addAttention()
    {
        if (m_output.attention.empty())
            return;
        const QString layer = QString::fromStdString(m_unit.stage->name);
        const int block = layer.startsWith(u"block") ? layer.mid(5).toInt() : int(m_output.attention.size());
        const at::Tensor heads = m_output.attention[size_t(block - 1)].select(0, 0);
        const int64_t head = m_shown.options[u"head"].toInt(), grid = m_shown.net.patches();
        if (head >= heads.size(0)) {
            throw Error(QCoreApplication::translate("representation", "head: block %1 has the heads 0 to %2.")
                            .arg(block).arg(heads.size(0) - 1));
        }
        m_steps.maps(QT_TRANSLATE_NOOP("Step", "Attention of the class token, block %1"),
                   heads.select(1, 0).slice(1, 1).reshape({ heads.size(0), grid, grid }))
            .about(QT_TRANSLATE_NOOP("Step", "Where each of the %2 heads lets the class token look: the share of each patch. What is not here goes to the token itself."),
                { text(block), text(heads.size(0)) })
            .axes({ across.name, "", 0, 1 }, { down.name, "", 0, 1 })
            .named(numbered(heads.size(0)));
        m_steps.heat(QT_TRANSLATE_NOOP("Step", "Attention of head %2 in block %1"), heads.select(0, head))
            .about(QT_TRANSLATE_NOOP("Step",
                       "Row: the token that looks; column: the token it looks at; each row sums to 1. Token 0 is the class token, "
                       "the others are the patches row by row."),
                { text(block), text(head) })
            .axes({ QT_TRANSLATE_NOOP("Step", "looked at"), "", 0, 1 }, { QT_TRANSLATE_NOOP("Step", "looking"), "", 0, 1 });
    }

    void addField()
    {
        const Stage& stage = *m_unit.stage;
        const auto rows = stage.field.of(m_unit.row), columns = stage.field.of(m_unit.column);
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "Receptive field of unit %2 of %1"), marked(m_picture, rows, columns))
            .about(QT_TRANSLATE_NOOP("Step",
                       "The unit at row %3, column %4 can only change with the pixels in the frame: rows %5 to %6 and columns %7 to "
                       "%8. It follows from the sizes and strides of all windows before it. Its value here is %9."),
                { QString::fromStdString(stage.name), text(m_unit.map), text(m_unit.row), text(m_unit.column),
                    text(rows.first), text(rows.second), text(columns.first), text(columns.second),
                    QString::number(m_unit.of(stage).item<double>(), 'g', 4) });
    }

    int64_t classOf() const
    {
        const QString wanted = m_shown.options[u"class"].toString();
        if (wanted.isEmpty())
            return m_output.logits.argmax(1).item<int64_t>();
        const qsizetype found = m_shown.classes.indexOf(wanted);
        if (found < 0) {
            throw Error(QCoreApplication::translate("representation", "class: there is no \"%1\"; there are %2.")
                            .arg(wanted, m_shown.classes.join(QStringLiteral(", "))));
        }
        return found;
    }

    Maximised ascended(bool ofClass, int64_t number)
    {
        const std::string stage = m_unit.stage->name;
        const auto activation = [&](const at::Tensor& pixels) {
            const NetOutput output = m_shown.net.run(pixels, { false, nullptr, !ofClass });
            return ofClass ? output.logits.select(0, 0).select(0, number)
                           : m_unit.of(stageOf(output, QString::fromStdString(stage)));
        };
        const QJsonObject& options = m_shown.options;
        const at::Tensor black = at::zeros({ 1, m_shown.format.channels, 1, 1 }, m_pixels.options());
        return maximise(activation, m_pixels.select(0, 0).sizes(), m_shown.format.normalised(black).select(0, 0),
            m_shown.format.normalised(black + 1).select(0, 0),
            { .iterations = options[u"iterations"].toInt(), .smoothness = options[u"smoothness"].toDouble(),
                .seed = quint64(options[u"seed"].toInteger()) },
            m_progress);
    }

    void addMaximised()
    {
        const QString what = m_shown.options[u"maximise"].toString();
        if (what == u"none")
            return;
        const bool ofClass = what == u"class";
        const int64_t number = ofClass ? classOf() : 0;
        const Maximised found = ascended(ofClass, number);
        const QString name = ofClass ? m_shown.classes[number]
                                     : QStringLiteral("%1 · %2").arg(QString::fromStdString(m_unit.stage->name)).arg(m_unit.map);
        const double highest = *std::max_element(found.activations.begin(), found.activations.end());
        const at::Tensor picture = m_shown.format.shown(found.pixels.unsqueeze(0)).select(0, 0);
        m_steps.picture(QT_TRANSLATE_NOOP("Step", "What excites %1 most"), picture)
            .about(QT_TRANSLATE_NOOP("Step",
                       "Activation maximisation: from faint noise the picture climbs the gradient of the unit while neighbouring "
                       "pixels pull at each other. After %2 steps the activation rose from %3 to %4; for the sample it is %5."),
                { name, text(int64_t(found.activations.size()) - 1), QString::number(found.activations.front(), 'g', 4),
                    QString::number(highest, 'g', 4),
                    QString::number((ofClass ? m_output.logits.select(0, 0).select(0, number) : m_unit.of(*m_unit.stage)).item<double>(), 'g', 4) })
            .axes(across, down);
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Activation of %1 while climbing"),
                   at::tensor(at::ArrayRef<double>(found.activations), at::TensorOptions(at::kDouble)))
            .about(QT_TRANSLATE_NOOP("Step", "The value of the unit after each step of the gradient ascent; the highest one is shown."), { name })
            .axes({ QT_TRANSLATE_NOOP("Step", "iteration"), "", 0, 1 }, { QT_TRANSLATE_NOOP("Step", "activation"), "", 0, 1 })
            .named({ name });
    }

    void addVector()
    {
        const QString layer = m_shown.options[u"layer"].toString();
        const bool last = layer == u"classifier";
        const at::Tensor vector = last ? m_output.embedding : stageOf(m_output, layer).values.mean({ 2, 3 });
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), vector.select(0, 0))
            .about(last ? QT_TRANSLATE_NOOP("Step", "What the classifier reads: %1 numbers. Pictures with near vectors are alike to the net.")
                        : QT_TRANSLATE_NOOP("Step", "The mean of each of the %1 maps of %2: how much of each pattern there is, no matter where."),
                { text(vector.size(1)), layer });
        m_steps.bars(QT_TRANSLATE_NOOP("Step", "Probabilities"), m_output.logits.softmax(1).select(0, 0), m_shown.classes)
            .about(QT_TRANSLATE_NOOP("Step",
                "One linear layer gives each of the %1 classes a score; softmax turns the scores into shares that sum to 1."),
                { text(m_shown.classes.size()) });
    }

    /// Numbers that were learned.
    void addParameters()
    {
        QStringList names;
        std::vector<double> counts;
        for (const auto& [name, tensor] : m_shown.parameters.trained()) {
            const QString layer = layerOfTensor(QString::fromStdString(name));
            if (names.isEmpty() || names.back() != layer) {
                names.append(layer);
                counts.push_back(0);
            }
            counts.back() += double(tensor.numel());
        }
        m_steps.bars(QT_TRANSLATE_NOOP("Step", "Learned numbers of each layer"),
                   at::tensor(at::ArrayRef<double>(counts), at::TensorOptions(at::kDouble)), names)
            .about(m_shown.kind.idea);
    }

    const Shown& m_shown;
    Progress& m_progress;
    at::Tensor m_picture; ///< uint8 [side,side,3]
    at::Tensor m_pixels;  ///< [1,C,side,side]
    NetOutput m_output;
    Unit m_unit;
    int64_t m_most;
    Steps m_steps;
};

} // namespace

Steps netSteps(const Shown& shown, const at::Tensor& picture, Progress& progress)
{
    return Way(shown, picture, progress).all();
}

} // namespace triptych::representation
