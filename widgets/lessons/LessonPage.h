#pragma once

#include <QTextBrowser>

namespace triptych {

/// A Markdown page in the colours of the theme. Pictures come from :/lessons/pictures, or from the
/// person's lessons folder, and are never wider than the page.
class LessonPage : public QTextBrowser {
    Q_OBJECT
public:
    explicit LessonPage(QWidget* parent = nullptr);

    void setPage(const QString& markdown, double letterSize);
    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void render();

    QString m_markdown;
    double m_letterSize = 0;
    int m_renderedWidth = 0;
    int m_margin = 0; ///< left and right, so that lines are not too long
};

} // namespace triptych
