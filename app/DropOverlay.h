#pragma once

#include <QWidget>

namespace triptych {

/// Lights the window up while something that can be dropped is over it.
class DropOverlay : public QWidget {
    Q_OBJECT
public:
    explicit DropOverlay(QWidget* window);
    void open();

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace triptych
