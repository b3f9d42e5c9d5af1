#include "widgets/lessons/LessonsView.h"

#include "widgets/lessons/LessonPage.h"
#include "widgets/lessons/LessonStage.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeWidget>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

constexpr double kSmallest = 8;
constexpr double kLargest = 40;

QString languageOfPages()
{
    return QLocale().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s;
}

}

LessonsView::LessonsView(Session& session, QWidget* parent)
    : View(session, parent)
    , m_tree(new QTreeWidget)
    , m_page(new LessonPage)
    , m_back(new QPushButton(tr("Previous")))
    , m_next(new QPushButton(tr("Next")))
    , m_run(new QPushButton(tr("Run it")))
    , m_stepping(new QPushButton(tr("Step")))
    , m_column(new QSplitter(Qt::Vertical))
    , m_size(font().pointSizeF() * 1.15)
{
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("Lessons"));
    m_tree->setMinimumWidth(180);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_column, 1);
    m_column->addWidget(m_page);
    m_column->setChildrenCollapsible(false);
    auto* halves = new QSplitter;
    halves->addWidget(m_tree);
    halves->addWidget(column);
    halves->setStretchFactor(1, 1);
    halves->setSizes({ 230, 800 });
    halves->setChildrenCollapsible(false);
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(halves);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && item->data(0, Qt::UserRole).isValid())
            open(item->data(0, Qt::UserRole).toString());
    });
    connect(m_back, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_run, &QPushButton::clicked, this, &LessonsView::run);
    connect(m_stepping, &QPushButton::toggled, this, &LessonsView::setStepping);
}

QWidget* LessonsView::buildBar()
{
    m_run->setToolTip(tr("Opens the view that this page speaks of, set up on the open workspace"));
    m_run->setDefault(true);
    m_stepping->setCheckable(true);
    m_stepping->setToolTip(tr("One forward pass below the page, a step at a time"));
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 8, 12, 4);
    layout->addWidget(m_back);
    layout->addWidget(m_next);
    layout->addStretch(1);
    const auto letters = [&](const QString& text, const QString& tip, double factor) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        connect(button, &QToolButton::clicked, this, [this, factor] { setLetterSize(m_size * factor); });
        layout->addWidget(button);
    };
    letters(u"A−"_s, tr("Smaller letters"), 1 / 1.15);
    letters(u"A+"_s, tr("Larger letters, for a room"), 1.15);
    layout->addSpacing(8);
    layout->addWidget(m_stepping);
    layout->addWidget(m_run);
    return bar;
}

QString LessonsView::title() const { return tr("Lessons"); }

QJsonObject LessonsView::state() const { return { { u"lesson"_s, m_id }, { u"size"_s, m_size } }; }

void LessonsView::setState(const QJsonObject& state)
{
    if (const double size = state[u"size"].toDouble(); size >= kSmallest && size <= kLargest)
        m_size = size;
    m_id = state[u"lesson"].toString(m_id);
    if (m_isRead)
        open(m_id);
}

void LessonsView::ensureRead()
{
    if (m_isRead)
        return;
    m_isRead = true;
    QStringList problems;
    m_lessons = lessons(languageOfPages(), &problems);
    for (const QString& problem : std::as_const(problems))
        Q_EMIT session().notice(problem);
    fillTree();
    if (m_lessons.isEmpty())
        return;
    if (std::none_of(m_lessons.begin(), m_lessons.end(), [this](const Lesson& lesson) { return lesson.id == m_id; }))
        m_id = m_lessons.first().id;
    showPage();
}

const QList<Lesson>& LessonsView::pages()
{
    ensureRead();
    return m_lessons;
}

QTreeWidgetItem* LessonsView::branchFor(const QStringList& place)
{
    QTreeWidgetItem* parent = m_tree->invisibleRootItem();
    for (const QString& branch : place) {
        QTreeWidgetItem* found = nullptr;
        for (int i = 0; i < parent->childCount() && !found; ++i) {
            if (parent->child(i)->data(0, Qt::UserRole + 1).toString() == branch)
                found = parent->child(i);
        }
        if (!found) {
            found = new QTreeWidgetItem(parent, { branchTitle(branch) });
            found->setData(0, Qt::UserRole + 1, branch);
            QFont letters = m_tree->font();
            letters.setWeight(QFont::DemiBold);
            found->setFont(0, letters);
            found->setFlags(Qt::ItemIsEnabled);
            found->setExpanded(true);
        }
        parent = found;
    }
    return parent;
}

void LessonsView::fillTree()
{
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    for (const Lesson& lesson : std::as_const(m_lessons)) {
        auto* leaf = new QTreeWidgetItem(branchFor(lesson.place), { lesson.title });
        leaf->setData(0, Qt::UserRole, lesson.id);
        leaf->setToolTip(0, lesson.title);
    }
}

void LessonsView::open(const QString& id)
{
    ensureRead();
    const bool known = std::any_of(m_lessons.begin(), m_lessons.end(), [&](const Lesson& each) { return each.id == id; });
    if (!known)
        return;
    const bool differs = id != m_id;
    m_id = id;
    showPage();
    if (differs)
        Q_EMIT stateChanged();
}

const Lesson* LessonsView::current()
{
    ensureRead();
    for (const Lesson& lesson : std::as_const(m_lessons)) {
        if (lesson.id == m_id)
            return &lesson;
    }
    return nullptr;
}

void LessonsView::showPage()
{
    const Lesson* lesson = current();
    if (!lesson)
        return;
    m_page->setPage(lesson->text, m_size);
    m_run->setEnabled(!lesson->view.isEmpty());
    const bool steps = lesson->view == "representation"_L1 && lesson->state.contains("method"_L1);
    m_stepping->setEnabled(steps);
    if (!steps)
        m_stepping->setChecked(false);
    else if (m_stepping->isChecked() && m_stage->state() != lesson->state)
        setStepping(true);
    m_back->setEnabled(lesson != &m_lessons.constFirst());
    m_next->setEnabled(lesson != &m_lessons.constLast());
    const QSignalBlocker quiet(m_tree);
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        if ((*it)->data(0, Qt::UserRole).toString() == m_id)
            m_tree->setCurrentItem(*it);
    }
}

void LessonsView::selectSampleFor(const Lesson& lesson)
{
    const auto wanted = modalityFromName(lesson.modality);
    const Sample* now = session().sample(session().current());
    if (!wanted || (now && now->has(*wanted)))
        return;
    const auto& all = session().samples();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Sample& sample) { return sample.has(*wanted); });
    if (found != all.end())
        session().select({ found->id });
}

void LessonsView::run()
{
    const Lesson* lesson = current();
    if (!lesson)
        return;
    selectSampleFor(*lesson);
    Q_EMIT runRequested(*lesson);
}

void LessonsView::setStepping(bool on)
{
    const Lesson* lesson = current();
    if (on && lesson) {
        if (!m_stage) {
            m_stage = new LessonStage(session());
            connect(m_stage, &LessonStage::trainRequested, this, &LessonsView::run);
            m_column->addWidget(m_stage);
            m_column->setSizes({ height() / 2, height() / 2 });
        }
        selectSampleFor(*lesson);
        m_stage->setState(lesson->state);
    }
    if (m_stage)
        m_stage->setVisible(on);
}

void LessonsView::move(int step)
{
    for (qsizetype i = 0; i < m_lessons.size(); ++i) {
        if (m_lessons[i].id == m_id) {
            open(m_lessons.value(std::clamp<qsizetype>(i + step, 0, m_lessons.size() - 1)).id);
            return;
        }
    }
}

void LessonsView::setLetterSize(double points)
{
    m_size = std::clamp(points, kSmallest, kLargest);
    showPage();
    Q_EMIT stateChanged();
}

void LessonsView::paintFigure(QPainter& painter, const QRectF& area, bool) const
{
    const std::unique_ptr<QTextDocument> page(m_page->document()->clone());
    page->setTextWidth(area.width());
    painter.save();
    painter.translate(area.topLeft());
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = QRectF(QPointF(), area.size());
    context.palette.setColor(QPalette::Text, Qt::black);
    page->documentLayout()->draw(&painter, context);
    painter.restore();
}

void LessonsView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    ensureRead();
}

void LessonsView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::ZoomIn))
        setLetterSize(m_size * 1.15);
    else if (event->matches(QKeySequence::ZoomOut))
        setLetterSize(m_size / 1.15);
    else if (event->key() == Qt::Key_PageDown && event->modifiers() & Qt::AltModifier)
        move(1);
    else if (event->key() == Qt::Key_PageUp && event->modifiers() & Qt::AltModifier)
        move(-1);
    else
        View::keyPressEvent(event);
}

View* makeLessonsView(Session& session) { return new LessonsView(session); }

} // namespace triptych
