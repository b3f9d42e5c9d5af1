#pragma once

#include "widgets/View.h"

class QSplitter;
class QToolButton;

namespace triptych {

class RepresentationPane;
class RepresentationTraining;

/// What a sample becomes, step by step, from the raw signal to the vector: a strip of live pictures that
/// follows the selection and the method's options; a second method beside; training of what learns.
class RepresentationView : public View {
    Q_OBJECT
public:
    explicit RepresentationView(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("representation"); }
    QString title() const override;
    /// "method", "options", "fitted", "step" of the first method, "beside" and the same in "second".
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;
    QSizeF figureSize() const override;
    ValuePtr data() const override;
    QString commandLine() const override;
    bool isSettled() const override;

    RepresentationPane* first() const { return m_first; }
    RepresentationPane* second() const { return m_second; }
    RepresentationTraining* training() const { return m_training; }
    QToolButton* besideButton() const { return m_beside; }
    bool isBeside() const;

private:
    void buildLayout();
    void follow();
    void setBeside(bool beside);
    void openTraining(RepresentationPane* pane);
    void takeTrained(const QString& trainer, const QString& key);

    RepresentationPane* m_first;
    RepresentationPane* m_second;
    RepresentationTraining* m_training;
    QToolButton* m_beside;
    QSplitter* m_splitter;
    RepresentationPane* m_trainee; ///< whose Train… was pressed
    bool m_isQuiet = false;
};

View* makeRepresentationView(Session& session);

} // namespace triptych
