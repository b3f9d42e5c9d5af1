#pragma once

#include <QWidget>

class QComboBox;
class QTextBrowser;

namespace triptych {

/// A short text about one idea of the field, in the program's language, with a button that sets up the
/// view it speaks of.
struct Lesson {
    QString id;
    QString title; ///< translated
    QString view;  ///< id of the view that shows it
};

/// The lessons that come with the program, in the order they are read.
QList<Lesson> lessons();

/// Reads lessons from the resource folder :/lessons/LANGUAGE, beside the views.
class LessonPanel : public QWidget {
    Q_OBJECT
public:
    explicit LessonPanel(QWidget* parent = nullptr);

    void open(const QString& id);
    QString current() const;
    QString text() const; ///< what is read, without marks

Q_SIGNALS:
    void viewRequested(const QString& view);

private:
    void showPage();

    QComboBox* m_titles;
    QTextBrowser* m_page;
};

} // namespace triptych
