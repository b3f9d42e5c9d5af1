#include "widgets/panels/LogPanel.h"

#include <QPlainTextEdit>
#include <QTime>
#include <QVBoxLayout>

namespace triptych {

LogPanel::LogPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_lines(new QPlainTextEdit)
{
    m_lines->setReadOnly(true);
    m_lines->setMaximumBlockCount(5000);
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setPlaceholderText(tr("Files that cannot be read and work that fails are named here."));
    m_lines->setAccessibleName(tr("Log"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_lines);
    connect(&session, &Session::notice, this, &LogPanel::add);
    connect(&session, &Session::engineFailed, this, &LogPanel::add);
}

void LogPanel::add(const QString& text)
{
    m_lines->appendPlainText(QTime::currentTime().toString(QStringLiteral("HH:mm:ss  ")) + text);
}

QString LogPanel::text() const
{
    return m_lines->toPlainText();
}

} // namespace triptych
