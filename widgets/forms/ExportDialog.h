#pragma once

#include "widgets/FigureExport.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace triptych {

/// Size, resolution, ground and format of a figure, with a live picture of what comes out.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    explicit ExportDialog(const View& view, QWidget* parent = nullptr);

    FigureOptions options() const;
    QString suffix() const;   ///< "png", "svg", "pdf", "csv" or "npz"
    /// Writes to `path`; false when it failed, with the reason shown in the dialog.
    bool writeTo(const QString& path);

private:
    void askPath();
    void refresh();

    const View& m_view;
    QComboBox* m_format;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    QSpinBox* m_dpi;
    QCheckBox* m_dark;
    QCheckBox* m_caption;
    QLabel* m_preview;
    QLabel* m_message;
};

} // namespace triptych
