#include "widgets/views/RepresentationView.h"

#include "widgets/plots/StepStrip.h"
#include "widgets/views/RepresentationPane.h"
#include "widgets/views/RepresentationTraining.h"

#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

using namespace Qt::StringLiterals;

RepresentationView::RepresentationView(Session& session, QWidget* parent)
    : View(session, parent)
    , m_first(new RepresentationPane(session))
    , m_second(new RepresentationPane(session))
    , m_training(new RepresentationTraining(session))
    , m_beside(new QToolButton)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_trainee(m_first)
{
    buildLayout();
    for (RepresentationPane* pane : { m_first, m_second }) {
        connect(pane, &RepresentationPane::trainRequested, this, [this, pane] { openTraining(pane); });
        connect(pane, &RepresentationPane::changed, this, [this] {
            if (!m_isQuiet)
                Q_EMIT stateChanged();
        });
    }
    connect(m_beside, &QToolButton::toggled, this, &RepresentationView::setBeside);
    connect(m_training, &RepresentationTraining::trained, this, &RepresentationView::takeTrained);
    connect(m_training, &RepresentationTraining::closed, m_training, &QWidget::hide);
    connect(&session, &Session::engineReady, this, &RepresentationView::follow);
    follow();
}

QString RepresentationView::title() const
{
    return tr("Representation");
}

void RepresentationView::buildLayout()
{
    m_beside->setText(tr("Side by side"));
    m_beside->setToolTip(tr("A second method on the same sample"));
    m_beside->setCheckable(true);
    m_beside->setObjectName(u"chip"_s);
    m_first->addToBar(m_beside);
    m_second->hide();
    m_training->hide();
    m_splitter->setChildrenCollapsible(false);
    for (QWidget* part : std::initializer_list<QWidget*> { m_first, m_second, m_training })
        m_splitter->addWidget(part);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setHandleWidth(9);
    m_first->setMinimumHeight(160);
    m_second->setMinimumHeight(160);
    m_training->setMinimumHeight(210);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->addWidget(m_splitter);
}

void RepresentationView::follow()
{
    const std::vector<RepresentationMethod> methods = representationsOf(session().methods());
    if (methods.empty())
        return;
    const QScopedValueRollback<bool> quiet(m_isQuiet, true);
    m_first->setMethods(methods);
    m_second->setMethods(methods);
}

bool RepresentationView::isBeside() const { return m_beside->isChecked(); }

void RepresentationView::setBeside(bool beside)
{
    m_second->setVisible(beside);
    if (beside && m_second->state()["method"_L1].toString().isEmpty()) {
        QJsonObject state = m_first->state(); // something to start from
        state[u"step"_s] = -1;
        m_second->setState(state);
    }
    if (!m_isQuiet)
        Q_EMIT stateChanged();
}

void RepresentationView::openTraining(RepresentationPane* pane)
{
    const RepresentationMethod* method = pane->method();
    if (!method || !method->train)
        return;
    m_trainee = pane;
    const bool wasHidden = m_training->isHidden();
    m_training->open(*method);
    m_training->show();
    if (wasHidden) {
        const int height = std::clamp(m_splitter->height() * 45 / 100, 210, 420);
        const int rest = m_splitter->height() - height;
        m_splitter->setSizes(isBeside() ? QList<int> { rest / 2, rest / 2, height } : QList<int> { rest, 0, height });
    }
    m_training->startButton()->setFocus();
}

void RepresentationView::takeTrained(const QString& trainer, const QString& key)
{
    for (RepresentationPane* pane : { m_first, m_second }) {
        const RepresentationMethod* method = pane->method();
        const bool isAsked = pane == m_trainee || (!pane->isHidden() && !pane->fitted());
        if (isAsked && method && method->train && method->train->id == trainer)
            pane->chooseFitted(key);
    }
}

QJsonObject RepresentationView::state() const
{
    QJsonObject state = m_first->state();
    state[u"beside"_s] = isBeside();
    state[u"second"_s] = m_second->state();
    return state;
}

void RepresentationView::setState(const QJsonObject& state)
{
    const QScopedValueRollback<bool> quiet(m_isQuiet, true);
    m_first->setState(state);
    m_second->setState(state["second"_L1].toObject());
    m_beside->setChecked(state["beside"_L1].toBool());
}

bool RepresentationView::isSettled() const
{
    return session().isEngineReady() && m_first->isSettled() && (!isBeside() || m_second->isSettled());
}

View* makeRepresentationView(Session& session)
{
    return new RepresentationView(session);
}

} // namespace triptych
