#include "widgets/FigureExport.h"

#include "core/jobs/Error.h"
#include "core/values/Npz.h"
#include "widgets/Theme.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMap>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <cmath>

namespace triptych {

namespace {

constexpr double PointsPerInch = 72;
constexpr double Margin = 12;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(FigureExport)
};

QSizeF sizeOf(const View& view, const FigureOptions& options)
{
    return options.size.isEmpty() ? view.figureSize() : options.size;
}

/// The figure on its ground in points; the painter is scaled to the device by the caller.
void paintPage(QPainter& painter, const View& view, const FigureOptions& options)
{
    const ThemeColors colors = themeColors(options.dark);
    const QRectF page(QPointF(0, 0), sizeOf(view, options));
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    painter.fillRect(page, colors.ground);
    QRectF area = page.adjusted(Margin, Margin, -Margin, -Margin);
    const QString command = options.caption ? view.commandLine() : QString();
    if (!command.isEmpty()) {
        painter.save();
        QFont small = view.font();
        small.setPixelSize(9);
        painter.setFont(small);
        painter.setPen(colors.muted);
        const QRectF box = painter.boundingRect(area, Qt::AlignLeft | Qt::AlignBottom | Qt::TextWrapAnywhere, command);
        painter.drawText(QRectF(area.left(), area.bottom() - box.height(), area.width(), box.height()),
            Qt::AlignLeft | Qt::TextWrapAnywhere, command);
        area.setBottom(area.bottom() - box.height() - 6);
        painter.restore();
    }
    view.paintFigure(painter, area, options.dark);
}

[[noreturn]] void failed(const QString& path, const QString& reason)
{
    throw Error(Tr::tr("%1: it could not be written (%2); choose another folder or name.").arg(path, reason));
}

void writeSvg(const View& view, const QString& path, const FigureOptions& options)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        failed(path, file.errorString());
    const QSizeF size = sizeOf(view, options);
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setResolution(int(PointsPerInch));
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    generator.setTitle(view.title());
    generator.setDescription(view.commandLine());
    QPainter painter(&generator);
    paintPage(painter, view, options);
    painter.end();
    if (!file.commit())
        failed(path, file.errorString());
}

void writePdf(const View& view, const QString& path, const FigureOptions& options)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        failed(path, file.errorString());
    QPdfWriter writer(&file);
    writer.setResolution(1200);
    writer.setTitle(view.title());
    writer.setCreator(QStringLiteral("Triptych " TRIPTYCH_VERSION));
    writer.setPageSize(QPageSize(sizeOf(view, options), QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    painter.scale(1200 / PointsPerInch, 1200 / PointsPerInch);
    paintPage(painter, view, options);
    painter.end();
    if (!file.commit())
        failed(path, file.errorString());
}

void writePng(const View& view, const QString& path, const FigureOptions& options)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        failed(path, file.errorString());
    const QImage image = renderFigure(view, options);
    if (!image.save(&file, "PNG") || !file.commit())
        failed(path, file.errorString());
}

QString quoted(QString text)
{
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r'))
        return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text;
}

/// Arrays that have `rows` rows, side by side; names of that length first.
QString table(const Value& value, const QList<QString>& names, qint64 rows)
{
    QStringList head;
    std::vector<QStringList> lists;
    for (auto it = value.info.begin(); it != value.info.end(); ++it) {
        const QJsonArray array = it->toArray();
        if (array.size() != rows || rows == 0 || !array.first().isString())
            continue;
        head << quoted(it.key());
        lists.push_back(value.strings(it.key()));
    }
    std::vector<Array> arrays;
    for (const QString& name : names) {
        arrays.push_back(value.array(name).toFloat());
        const qint64 columns = arrays.back().count() / std::max<qint64>(1, rows);
        for (qint64 column = 0; column < columns; ++column)
            head << (columns == 1 ? name : QStringLiteral("%1_%2").arg(name).arg(column));
    }
    QString text = head.join(u',') + u'\n';
    for (qint64 row = 0; row < rows; ++row) {
        QStringList cells;
        for (const QStringList& list : lists)
            cells << quoted(list[row]);
        for (const Array& array : arrays) {
            const qint64 columns = array.count() / std::max<qint64>(1, rows);
            for (const float number : array.floats().subspan(size_t(row * columns), size_t(columns)))
                cells << (std::isnan(number) ? QString() : QString::number(double(number), 'g', 9));
        }
        text += cells.join(u',') + u'\n';
    }
    return text;
}

ValuePtr numbersOf(const View& view)
{
    const ValuePtr value = view.data();
    if (!value)
        throw Error(Tr::tr("%1: there are no numbers yet; wait until something is shown, then export again.").arg(view.title()));
    return value;
}

} // namespace

QImage renderFigure(const View& view, const FigureOptions& options)
{
    const double ratio = options.dpi / PointsPerInch;
    QImage image((sizeOf(view, options) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        throw Error(Tr::tr("%1: a picture of this size does not fit into memory; lower the resolution.").arg(view.title()));
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paintPage(painter, view, options);
    painter.end();
    image.setDevicePixelRatio(1);
    image.setDotsPerMeterX(int(std::lround(options.dpi / 0.0254)));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    return image;
}

void exportFigure(const View& view, const QString& path, const FigureOptions& options)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("svg"))
        writeSvg(view, path, options);
    else if (suffix == QLatin1String("pdf"))
        writePdf(view, path, options);
    else if (suffix == QLatin1String("png"))
        writePng(view, path, options);
    else
        throw Error(Tr::tr("%1: figures are written as .png, .svg or .pdf; give one of these endings.").arg(path));
}

void exportData(const View& view, const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const ValuePtr value = numbersOf(view);
    if (suffix == QLatin1String("npz")) {
        QStringList names;
        for (auto it = value->info.begin(); it != value->info.end(); ++it)
            if (it->isArray() && !it->toArray().isEmpty() && it->toArray().first().isString())
                names << it.key();
        writeNpz(path, *value, names);
    } else if (suffix == QLatin1String("csv")) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(toCsv(*value).toUtf8()) < 0 || !file.commit())
            failed(path, file.errorString());
    } else {
        throw Error(Tr::tr("%1: numbers are written as .csv or .npz; give one of these endings.").arg(path));
    }
}

QString toCsv(const Value& value)
{
    QMap<qint64, QList<QString>> byRows;
    for (const auto& [name, array] : value.arrays)
        byRows[array.rows()] << name;
    QStringList tables;
    for (auto it = byRows.begin(); it != byRows.end(); ++it)
        tables << table(value, it.value(), it.key());
    return tables.join(u'\n');
}

void copyPicture(const View& view, const FigureOptions& options)
{
    QGuiApplication::clipboard()->setImage(renderFigure(view, options));
}

bool copyData(const View& view)
{
    const ValuePtr value = view.data();
    if (value)
        QGuiApplication::clipboard()->setText(toCsv(*value));
    return value != nullptr;
}

bool copyCommandLine(const View& view)
{
    const QString command = view.commandLine();
    if (!command.isEmpty())
        QGuiApplication::clipboard()->setText(command);
    return !command.isEmpty();
}

} // namespace triptych
