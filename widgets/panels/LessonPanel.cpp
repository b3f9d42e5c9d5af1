#include "widgets/panels/LessonPanel.h"

#include <QComboBox>
#include <QFile>
#include <QLocale>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

QList<Lesson> lessons()
{
    return { { QStringLiteral("map"), LessonPanel::tr("What a map of embeddings shows"), QStringLiteral("map") },
        { QStringLiteral("attention"), LessonPanel::tr("What attention is, and what it is not"), QStringLiteral("attention") },
        { QStringLiteral("recall"), LessonPanel::tr("What R@k means"), QStringLiteral("alignment") } };
}

LessonPanel::LessonPanel(QWidget* parent)
    : QWidget(parent)
    , m_titles(new QComboBox)
    , m_page(new QTextBrowser)
{
    m_titles->setAccessibleName(tr("Lesson"));
    m_titles->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Lesson& lesson : lessons())
        m_titles->addItem(lesson.title, lesson.id);
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->setOpenLinks(false);
    auto* show = new QPushButton(tr("Show it"));
    show->setToolTip(tr("Opens the view that this lesson speaks of"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_titles);
    layout->addWidget(m_page, 1);
    layout->addWidget(show);
    connect(m_titles, &QComboBox::currentIndexChanged, this, &LessonPanel::showPage);
    connect(show, &QPushButton::clicked, this, [this] { Q_EMIT viewRequested(lessons().at(m_titles->currentIndex()).view); });
    showPage();
}

void LessonPanel::open(const QString& id)
{
    m_titles->setCurrentIndex(std::max(0, m_titles->findData(id)));
}

QString LessonPanel::current() const
{
    return m_titles->currentData().toString();
}

QString LessonPanel::text() const
{
    return m_page->toPlainText();
}

void LessonPanel::showPage()
{
    const QString folder = QLocale().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QFile file(QStringLiteral(":/lessons/%1/%2.html").arg(folder, current()));
    m_page->setHtml(file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll())
                                                   : tr("%1 is missing from this build.").arg(file.fileName()));
}

} // namespace triptych
