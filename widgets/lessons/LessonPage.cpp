#include "widgets/lessons/LessonPage.h"

#include "widgets/Theme.h"
#include "widgets/lessons/Lesson.h"

#include <QEvent>
#include <QImage>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEdge = 16; ///< pixels around the page
constexpr int kWidestColumn = 46; ///< in letters' widths of two: longer lines are hard to read

void styleHeadings(QTextDocument& document, double size)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        const bool pictures = block.text().contains(QChar::ObjectReplacementCharacter);
        format.setLineHeight(level ? 115 : pictures ? 100 : 140, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(level > 1 ? size * 1.2 : 0);
        format.setBottomMargin(size * 0.6);
        cursor.mergeBlockFormat(format);
        if (level) {
            cursor.select(QTextCursor::BlockUnderCursor);
            QTextCharFormat letters;
            letters.setFontPointSize(size * (level == 1 ? 1.7 : 1.2));
            letters.setFontWeight(QFont::DemiBold);
            cursor.mergeCharFormat(letters);
        }
    }
}

void styleTables(QTextDocument& document, const ThemeColors& colors)
{
    const auto frames = document.rootFrame()->childFrames();
    for (QTextFrame* frame : frames) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderBrush(colors.border);
        format.setBorderCollapse(true);
        format.setCellPadding(5);
        table->setFormat(format);
    }
}

}

LessonPage::LessonPage(QWidget* parent)
    : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setAccessibleName(tr("Page of the lesson"));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // it would narrow a picture that was just fitted
}

void LessonPage::setPage(const QString& markdown, double letterSize)
{
    const bool same = markdown == m_markdown;
    m_markdown = markdown;
    m_letterSize = letterSize;
    const int place = same ? verticalScrollBar()->value() : 0;
    render();
    verticalScrollBar()->setValue(place);
}

void LessonPage::render()
{
    QFont letters = font();
    letters.setPointSizeF(m_letterSize);
    document()->setDefaultFont(letters);
    const ThemeColors colors = themeColors(palette());
    const int column = QFontMetrics(letters).averageCharWidth() * 2 * kWidestColumn;
    m_renderedWidth = width();
    m_margin = std::max(8, (viewport()->width() - column) / 2 - kEdge);
    document()->setDocumentMargin(kEdge);
    document()->clear(); // with the pictures of the width before
    setMarkdown(m_markdown);
    QTextFrameFormat page = document()->rootFrame()->frameFormat();
    page.setLeftMargin(m_margin);
    page.setRightMargin(m_margin);
    document()->rootFrame()->setFrameFormat(page);
    styleHeadings(*document(), m_letterSize);
    styleTables(*document(), colors);
    moveCursor(QTextCursor::Start);
}

QVariant LessonPage::loadResource(int type, const QUrl& name)
{
    if (type != QTextDocument::ImageResource)
        return QTextBrowser::loadResource(type, name);
    for (const QString& folder : { lessonsFolder() + u"/pictures/"_s, u":/lessons/pictures/"_s }) {
        const QImage picture = QImage(folder + name.path()).convertToFormat(QImage::Format_RGB32);
        if (picture.isNull())
            continue;
        const double ratio = devicePixelRatioF();
        const int room = viewport()->width() - 2 * (m_margin + kEdge) - 12;
        QImage shown = picture.scaledToWidth(std::clamp(int(room * ratio), 100, picture.width()), Qt::SmoothTransformation);
        shown.setDevicePixelRatio(ratio);
        return shown;
    }
    return {};
}

void LessonPage::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_letterSize > 0)
        render();
}

void LessonPage::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    if (m_letterSize > 0 && width() != m_renderedWidth)
        setPage(m_markdown, m_letterSize);
}

} // namespace triptych
