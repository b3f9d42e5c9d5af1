#include "app/CommandPalette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

namespace triptych {

namespace {

    QString plain(QString text)
    {
        return text.remove(u'&');
    }

}

CommandPalette::CommandPalette(QMenuBar* menus, QWidget* parent)
    : QDialog(parent, Qt::Popup)
    , m_input(new QLineEdit)
    , m_list(new QListWidget)
{
    collect(menus->actions(), {});
    m_input->setPlaceholderText(tr("Type a command"));
    m_input->setAccessibleName(tr("Type a command"));
    m_input->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(frame);
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->addWidget(m_input);
    layout->addWidget(m_list);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
    m_input->setFocus();
    resize(560, 380);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 8)));
}

void CommandPalette::collect(const QList<QAction*>& actions, const QString& path)
{
    for (QAction* action : actions) {
        if (action->isSeparator() || !action->isVisible() || !action->isEnabled())
            continue;
        const QString text = path.isEmpty() ? plain(action->text()) : path + QStringLiteral(" › ") + plain(action->text());
        if (QMenu* menu = action->menu()) {
            Q_EMIT menu->aboutToShow(); // some are filled when they open
            collect(menu->actions(), text);
        }
        else if (!path.isEmpty())
            m_commands << Command { text, action };
    }
}

int CommandPalette::match(const QString& typed, const QString& text)
{
    if (typed.isEmpty())
        return 1;
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        at = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        const bool wordStart = at == 0 || !text[at - 1].isLetterOrNumber();
        score += at == last + 1 ? 6 : wordStart ? 5 : 1;
        last = at++;
    }
    return qMax(1, score * 100 / int(text.size() + 20));
}

void CommandPalette::filter(const QString& typed)
{
    QList<std::pair<int, const Command*>> found;
    for (const Command& command : m_commands) {
        if (const int score = match(typed, command.text); score > 0)
            found << std::pair(score, &command);
    }
    std::stable_sort(found.begin(), found.end(),
        [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, command] : found) {
        const QString keys = command->action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(keys.isEmpty() ? command->text : command->text + QStringLiteral("    ") + keys, m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(command->action));
        item->setToolTip(command->action->statusTip());
    }
    if (found.isEmpty()) {
        auto* none = new QListWidgetItem(tr("No command has these letters"), m_list);
        none->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(qBound(0, m_list->currentRow() + step, m_list->count() - 1));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            run();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::run()
{
    auto* item = m_list->currentItem();
    QAction* action = item ? item->data(Qt::UserRole).value<QAction*>() : nullptr;
    accept();
    if (action)
        action->trigger();
}

} // namespace triptych
