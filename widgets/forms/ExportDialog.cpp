#include "widgets/forms/ExportDialog.h"

#include "core/jobs/Error.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace triptych {

namespace {

constexpr double MillimetresPerPoint = 25.4 / 72;
constexpr QSize Preview(440, 320);

} // namespace

ExportDialog::ExportDialog(const View& view, QWidget* parent)
    : QDialog(parent)
    , m_view(view)
    , m_format(new QComboBox(this))
    , m_width(new QDoubleSpinBox(this))
    , m_height(new QDoubleSpinBox(this))
    , m_dpi(new QSpinBox(this))
    , m_dark(new QCheckBox(tr("Dark ground"), this))
    , m_caption(new QCheckBox(tr("Command line under the figure"), this))
    , m_preview(new QLabel(this))
    , m_message(new QLabel(this))
{
    setWindowTitle(tr("Export %1").arg(view.title()));
    m_format->addItem(tr("PNG picture"), QStringLiteral("png"));
    m_format->addItem(tr("SVG drawing"), QStringLiteral("svg"));
    m_format->addItem(tr("PDF document"), QStringLiteral("pdf"));
    m_format->addItem(tr("CSV numbers"), QStringLiteral("csv"));
    m_format->addItem(tr("NPZ numbers"), QStringLiteral("npz"));
    const QSizeF size = view.figureSize() * MillimetresPerPoint;
    for (QDoubleSpinBox* box : { m_width, m_height }) {
        box->setRange(20, 2000);
        box->setSuffix(tr(" mm"));
        box->setDecimals(1);
    }
    m_width->setValue(size.width());
    m_height->setValue(size.height());
    m_dpi->setRange(36, 1200);
    m_dpi->setValue(300);
    m_dpi->setSuffix(tr(" dpi"));
    m_caption->setChecked(true);
    m_message->setWordWrap(true);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(Preview);
    m_preview->setAccessibleName(tr("What comes out"));

    auto* form = new QFormLayout;
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Height"), m_height);
    form->addRow(tr("Resolution"), m_dpi);
    form->addRow(m_dark);
    form->addRow(m_caption);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto* top = new QHBoxLayout;
    top->addLayout(form);
    top->addWidget(m_preview, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_message);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::askPath);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_height, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
    connect(m_dark, &QCheckBox::toggled, this, &ExportDialog::refresh);
    connect(m_caption, &QCheckBox::toggled, this, &ExportDialog::refresh);
    refresh();
}

QString ExportDialog::suffix() const
{
    return m_format->currentData().toString();
}

FigureOptions ExportDialog::options() const
{
    FigureOptions options;
    options.size = QSizeF(m_width->value(), m_height->value()) / MillimetresPerPoint;
    options.dpi = m_dpi->value();
    options.dark = m_dark->isChecked();
    options.caption = m_caption->isChecked();
    return options;
}

void ExportDialog::refresh()
{
    const bool numbers = suffix() == QLatin1String("csv") || suffix() == QLatin1String("npz");
    m_dpi->setEnabled(suffix() == QLatin1String("png"));
    for (QWidget* widget : std::initializer_list<QWidget*> { m_width, m_height, m_dark, m_caption })
        widget->setEnabled(!numbers);
    FigureOptions small = options();
    small.dpi = 72;
    const QImage picture = renderFigure(m_view, small);
    m_preview->setPixmap(QPixmap::fromImage(
        picture.scaled(Preview, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    const QSize pixels = (options().size * options().dpi / 72).toSize();
    m_message->setText(suffix() == QLatin1String("png")
            ? tr("%1 × %2 pixels").arg(pixels.width()).arg(pixels.height())
            : QString());
}

bool ExportDialog::writeTo(const QString& path)
{
    try { // an answer for the person in this very dialog, who can choose another name
        if (suffix() == QLatin1String("csv") || suffix() == QLatin1String("npz"))
            exportData(m_view, path);
        else
            exportFigure(m_view, path, options());
        return true;
    } catch (const Error& error) {
        m_message->setText(error.message());
        return false;
    }
}

void ExportDialog::askPath()
{
    const QString name = QStringLiteral("%1.%2").arg(m_view.id(), suffix());
    QString path = QFileDialog::getSaveFileName(this, windowTitle(), name, QStringLiteral("*.%1").arg(suffix()));
    if (path.isEmpty())
        return;
    if (!path.endsWith(u'.' + suffix(), Qt::CaseInsensitive))
        path += u'.' + suffix();
    if (writeTo(path))
        accept();
}

void exportView(const View& view, QWidget* parent)
{
    auto* dialog = new ExportDialog(view, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace triptych
