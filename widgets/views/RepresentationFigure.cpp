#include "widgets/views/RepresentationView.h"

#include "core/data/Dataset.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/CommandText.h"
#include "widgets/views/RepresentationPane.h"

#include <QCoreApplication>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(RepresentationView)
};

QFont titleFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setPixelSize(QFontInfo(font).pixelSize() + 1);
    font.setBold(true);
    return font;
}

void paintPane(QPainter& painter, const QRectF& area, const ThemeColors& colors, const RepresentationPane& pane)
{
    const QFont font = titleFont(pane);
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(colors.text);
    QString title = pane.caption();
    if (const Sample* sample = pane.sample())
        title += Tr::tr(" of \"%1\"").arg(sample->title());
    painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(title, Qt::ElideRight, area.width()));
    const QRectF rest = area.adjusted(0, metrics.height() + 8, 0, 0);
    QFont plain = font;
    plain.setBold(false);
    painter.setFont(plain);
    if (pane.value())
        pane.strip()->paint(painter, rest, colors);
    else
        drawEmptyText(painter, rest, pane.message(), colors);
}

QStringList settings(const MethodInfo& method, const QJsonObject& values)
{
    QStringList words;
    for (const OptionInfo& option : method.options)
        if (values.contains(option.name) && values[option.name] != option.defaultValue && option.name != "model"_L1)
            words << u"--set"_s << option.name + u'=' + values[option.name].toVariant().toString();
    return words;
}

/// The sample as an argument: its text, its file, or the data set it came from.
QStringList sampleWords(const Sample& sample, std::optional<Modality> modality)
{
    const Modality wanted = modality.value_or(sample.sources.empty() ? Modality::Text : sample.sources.begin()->first);
    const auto source = sample.sources.find(wanted);
    if (source == sample.sources.end())
        return {};
    if (!source->second.text.isEmpty())
        return { u"--text"_s, source->second.text };
    return { source->second.path.isEmpty() ? sample.id : source->second.path };
}

/// The samples it was fitted on: a data set, or those of the open workspace as its export writes them.
QStringList dataWords(const QString& dataset, const QString& workspace, QStringList& before)
{
    if (dataset != "workspace"_L1)
        return { u"--dataset"_s, dataset };
    const QString file = workspace.isEmpty() ? u"workspace.triptych"_s : workspace;
    before << commandText({ u"triptych"_s, u"workspace"_s, u"export"_s, file, u"--out"_s, u"samples"_s });
    return { u"--dataset"_s, u"samples/samples.tsv"_s };
}

QString paneCommand(const RepresentationPane& pane, const QString& workspace)
{
    const RepresentationMethod* method = pane.method();
    const Sample* sample = pane.sample();
    if (!method || !sample || !pane.value())
        return {};
    QStringList commands;
    QStringList words { u"triptych"_s, u"represent"_s, method->name() };
    const std::optional<Modality> modality = method->modality(pane.options());
    const QString file = method->name() + u".npz"_s;
    const std::optional<KeptResult> fitted = pane.fitted();
    if (fitted || method->counts()) {
        QStringList fit = words + dataWords(fitted ? fitted->recipe.inputs["dataset"_L1].toString() : u"workspace"_s, workspace, commands);
        if (method->counts())
            fit << u"--fit-split"_s << u"train"_s;
        if (modality)
            fit << u"--modality"_s << modalityName(*modality);
        fit += fitted ? settings(*method->train, fitted->recipe.options) : settings(method->represent, pane.options());
        commands << commandText(fit + QStringList { u"--save-fitted"_s, file });
        words << u"--fitted"_s << file;
    }
    words += sampleWords(*sample, modality);
    words += settings(method->represent, pane.options());
    if (method->hasOption(u"steps"_s))
        words << u"--steps"_s << u"steps"_s;
    else
        words << u"--out"_s << u"vector.npz"_s;
    commands << commandText(words);
    return commands.join(u" && "_s);
}

void add(Value& to, const Value& from, const QString& prefix)
{
    for (const auto& [name, array] : from.arrays)
        to.arrays[prefix + name] = array;
    if (prefix.isEmpty())
        to.info = from.info;
    else
        to.info[prefix.chopped(1)] = from.info;
}

} // namespace

void RepresentationView::paintFigure(QPainter& painter, const QRectF& area, bool dark) const
{
    const ThemeColors colors = themeColors(dark);
    painter.fillRect(area, colors.ground);
    if (!isBeside())
        return paintPane(painter, area, colors, *m_first);
    // As high as each of them wants, in proportion.
    const double one = std::max(1.0, m_first->strip()->figureSize().height());
    const double two = std::max(1.0, m_second->strip()->figureSize().height());
    const double split = area.top() + area.height() * one / (one + two);
    paintPane(painter, QRectF(area.topLeft(), QPointF(area.right(), split - 8)), colors, *m_first);
    paintPane(painter, QRectF(QPointF(area.left(), split + 8), area.bottomRight()), colors, *m_second);
}

QSizeF RepresentationView::figureSize() const
{
    const double title = QFontMetricsF(titleFont(*this)).height() + 24;
    QSizeF size = m_first->strip()->figureSize() + QSizeF(24, title + 40);
    if (isBeside()) {
        const QSizeF second = m_second->strip()->figureSize();
        size = QSizeF(std::max(size.width(), second.width() + 24), size.height() + second.height() + title);
    }
    return size;
}

ValuePtr RepresentationView::data() const
{
    if (!isBeside())
        return m_first->value();
    if (!m_first->value() && !m_second->value())
        return nullptr;
    auto both = std::make_shared<Value>();
    if (m_first->value())
        add(*both, *m_first->value(), u"first."_s);
    if (m_second->value())
        add(*both, *m_second->value(), u"second."_s);
    return both;
}

QString RepresentationView::commandLine() const
{
    QStringList commands { paneCommand(*m_first, session().path()) };
    if (isBeside())
        commands << paneCommand(*m_second, session().path());
    commands.removeAll(QString());
    return commands.join(u" && "_s);
}

} // namespace triptych
