#include "app/cli/AttentionFigure.h"

#include "app/cli/CommandLine.h"
#include "widgets/Theme.h"
#include "widgets/views/AttentionCanvas.h"

#include <QApplication>
#include <QFileInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// In points. A text is a few lines, a spectrogram is wide.
QSizeF sizeFor(Modality modality)
{
    return modality == Modality::Text ? QSizeF(640, 260)
        : modality == Modality::Audio ? QSizeF(720, 400)
                                      : QSizeF(640, 560);
}

QImage pictureOf(CommandLine& line, const Sample& sample, Modality modality)
{
    Inputs inputs;
    inputs.samples = {sample};
    const Value value = modality == Modality::Video
        ? line.run(u"media.thumbnail"_s, {{u"size"_s, 512}, {u"modality"_s, u"video"_s}}, inputs)
        : line.run(u"media.picture"_s, {}, inputs);
    const Array& pixels = value.array(u"picture"_s);
    const int height = int(pixels.shape.value(0));
    const int width = int(pixels.shape.value(1));
    return QImage(pixels.octets().data(), width, height, width * 4, QImage::Format_RGBA8888).copy();
}

void prepare(CommandLine& line, AttentionCanvas& canvas, const Sample& sample, Modality modality,
    const Value& value)
{
    canvas.setModality(modality == Modality::Video ? Modality::Image : modality);
    if (modality == Modality::Audio) {
        Inputs inputs;
        inputs.samples = {sample};
        canvas.setSound(std::make_shared<Value>(line.run(u"media.sound"_s, {}, inputs)));
    } else if (modality != Modality::Text) {
        canvas.setPicture(pictureOf(line, sample, modality));
    }
    canvas.setValueCaption(value.info[u"method"_s].toString());
    canvas.setMap(attention::map(value), value.info);
}

void paint(QPainter& painter, const QSizeF& size, const AttentionCanvas& canvas,
    const QString& title, const QString& caption)
{
    const ThemeColors colors = themeColors(false);
    const QRectF whole(QPointF(0, 0), size);
    painter.fillRect(whole, colors.ground);
    canvas.paint(painter, whole.adjusted(16, 40, -16, -64), colors);
    painter.setPen(colors.text);
    painter.drawText(whole.adjusted(16, 12, -16, 0), Qt::AlignLeft | Qt::AlignTop,
        painter.fontMetrics().elidedText(title, Qt::ElideRight, int(whole.width()) - 32));
    painter.setPen(colors.muted);
    painter.drawText(QRectF(16, whole.height() - 56, whole.width() - 32, 48),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, caption);
}

template <class Paint> void writePng(const QString& path, const QSizeF& size, Paint paintOn)
{
    constexpr double scale = 2;
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    paintOn(painter);
    painter.end();
    if (!image.save(path))
        throw Error(Tr::tr("%1: cannot be written; may you write to that folder?").arg(path));
}

template <class Paint>
void writeSvg(const QString& path, const QSizeF& size, const QString& title, Paint paintOn)
{
    QSvgGenerator svg;
    svg.setFileName(path);
    svg.setSize(size.toSize());
    svg.setViewBox(QRectF(QPointF(0, 0), size));
    svg.setTitle(title);
    QPainter painter;
    if (!painter.begin(&svg))
        throw Error(Tr::tr("%1: cannot be written; may you write to that folder?").arg(path));
    paintOn(painter);
}

template <class Paint>
void writePdf(const QString& path, const QSizeF& size, const QString& title, Paint paintOn)
{
    QPdfWriter pdf(path);
    pdf.setResolution(72);
    pdf.setTitle(title);
    pdf.setPageSize(QPageSize(size, QPageSize::Point));
    pdf.setPageMargins(QMarginsF());
    QPainter painter;
    if (!painter.begin(&pdf))
        throw Error(Tr::tr("%1: cannot be written; may you write to that folder?").arg(path));
    paintOn(painter);
}

} // namespace

void writeAttentionFigure(CommandLine& line, const QString& path, const Sample& sample,
    Modality modality, const Value& map)
{
    const QSizeF size = sizeFor(modality);
    AttentionCanvas canvas;
    canvas.resize(size.toSize());
    prepare(line, canvas, sample, modality, map);
    const QString title = sample.title();
    const QString caption = QCoreApplication::translate(
        "Attention", map.info[u"caption"_s].toString().toUtf8().constData());
    const auto paintOn = [&](QPainter& painter) { paint(painter, size, canvas, title, caption); };
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == u"svg")
        writeSvg(path, size, title, paintOn);
    else if (ending == u"pdf")
        writePdf(path, size, title, paintOn);
    else
        writePng(path, size, paintOn);
}

} // namespace triptych
