#pragma once

#include "core/values/Value.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace triptych {

class HistogramPlot;

/// One tensor of a checkpoint: shape, type, statistics and how its values are spread.
class TensorDetail : public QWidget {
    Q_OBJECT
public:
    explicit TensorDetail(QWidget* parent = nullptr);

    /// A row of model.tensors; its numbers are not known yet.
    void showTensor(const QJsonObject& row);
    /// Row `at` of the measured tensors in a value of model.tensors.
    void showStatistics(const Value& value, qsizetype at);
    /// A sentence in place of everything.
    void showMessage(const QString& text);
    HistogramPlot* histogram() const { return m_histogram; }
    QString statisticsText() const;

private:
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_numbers;
    HistogramPlot* m_histogram;
};

/// "768 × 3 × 32 × 32"; "scalar" for none.
QString shapeText(const QJsonValue& shape);

} // namespace triptych
