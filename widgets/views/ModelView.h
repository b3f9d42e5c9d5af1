#pragma once

#include "widgets/View.h"

class QFrame;
class QLabel;
class QPushButton;
class QTabWidget;

namespace triptych {

class CompareModelsTab;
class FiltersTab;
class TensorsTab;
class ValueAsker;

/// A look into the current model: what it is and what the views can show of it, the tree of its
/// modules, its tensors with statistics, first-layer filters and positions, another model beside it.
/// Works for checkpoints that nothing else can use. Reads nothing before it is shown.
class ModelView : public View {
    Q_OBJECT
public:
    explicit ModelView(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("model"); }
    QString title() const override;
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;
    ValuePtr data() const override;
    QString commandLine() const override;
    bool isSettled() const override;

    QTabWidget* tabs() const { return m_tabs; }
    TensorsTab* modules() const { return m_modules; }
    TensorsTab* tensors() const { return m_tensors; }
    FiltersTab* filters() const { return m_filters; }
    CompareModelsTab* comparison() const { return m_compare; }
    QString problem() const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildLayout();
    void follow();   ///< the current model, when the view is visible
    void showFacts();
    void askTensors();
    void agree();    ///< asks the person whether the program may run

    ValueAsker* m_asker;
    QLabel* m_name;
    QLabel* m_facts;
    QLabel* m_views;
    QFrame* m_banner;
    QLabel* m_problem;
    QPushButton* m_trust;
    QTabWidget* m_tabs;
    TensorsTab* m_modules;
    TensorsTab* m_tensors;
    FiltersTab* m_filters;
    CompareModelsTab* m_compare;
    QString m_path;  ///< whose tensors are shown
    QString m_hash;
    ValuePtr m_value; ///< model.tensors
};

View* makeModelView(Session& session);

} // namespace triptych
