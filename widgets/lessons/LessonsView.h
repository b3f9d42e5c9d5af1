#pragma once

#include "widgets/View.h"
#include "widgets/lessons/Lesson.h"

class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace triptych {

class LessonPage;
class LessonStage;

/// The field as a tree (representation → fusion → alignment), each leaf a page: what it is, its formula,
/// a picture, when to use it, where it comes from. *Run it* sets up the view it speaks of on the open
/// workspace. The letters grow for a room full of people. Reads the pages when first shown.
class LessonsView : public View {
    Q_OBJECT
public:
    explicit LessonsView(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("lessons"); }
    QString title() const override;
    /// "lesson": id of the page, "size": of the letters.
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;

    void open(const QString& id);
    const Lesson* current();          ///< null when there is no page
    const QList<Lesson>& pages();
    void setLetterSize(double points);
    double letterSize() const { return m_size; }
    QTreeWidget* tree() const { return m_tree; }
    LessonPage* page() const { return m_page; }
    QPushButton* runButton() const { return m_run; }
    QPushButton* stepButton() const { return m_stepping; }
    LessonStage* stage() const { return m_stage; } ///< null until *Step* was pressed

Q_SIGNALS:
    /// *Run it* was pressed, and a sample of the lesson's modality is selected: show its view in its state.
    void runRequested(const triptych::Lesson& lesson);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildBar();
    void ensureRead();
    void fillTree();
    QTreeWidgetItem* branchFor(const QStringList& place);
    void showPage();
    void move(int step);
    void run();
    void setStepping(bool on); ///< one forward pass below the page
    void selectSampleFor(const Lesson& lesson);

    QTreeWidget* m_tree;
    LessonPage* m_page;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_run;
    QPushButton* m_stepping;
    QSplitter* m_column;
    LessonStage* m_stage = nullptr;
    QList<Lesson> m_lessons;
    bool m_isRead = false;
    QString m_id;
    double m_size = 0;
};

View* makeLessonsView(Session& session);

} // namespace triptych
