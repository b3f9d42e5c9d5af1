#include "widgets/lessons/LessonStage.h"

#include "core/session/Session.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/RepresentationPane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

LessonStage::LessonStage(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_pane(new RepresentationPane(session))
    , m_back(new QPushButton(tr("Step back")))
    , m_next(new QPushButton(tr("Next step")))
    , m_place(new QLabel)
{
    m_place->setProperty("muted", true);
    auto* bar = new QHBoxLayout;
    bar->addStretch(1);
    bar->addWidget(m_back);
    bar->addWidget(m_place);
    bar->addWidget(m_next);
    bar->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 8);
    layout->addLayout(bar);
    layout->addWidget(m_pane, 1);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(m_step + 1); });
    connect(m_pane, &RepresentationPane::trainRequested, this, &LessonStage::trainRequested);
    connect(m_pane->strip(), &StepStrip::currentChanged, this, &LessonStage::follow);
    connect(&session, &Session::valueReady, this, &LessonStage::follow);
    const auto fill = [this] { m_pane->setMethods(representationsOf(m_session.methods())); };
    connect(&session, &Session::engineReady, this, fill);
    if (session.isEngineReady())
        fill();
    follow();
}

void LessonStage::setState(const QJsonObject& state)
{
    m_state = state;
    QJsonObject wanted = state;
    wanted[u"step"_s] = 0;
    m_step = 0;
    m_pane->setState(wanted);
    follow();
}

int LessonStage::steps() const { return int(m_pane->strip()->tiles().size()); }

void LessonStage::go(int step)
{
    m_step = std::clamp(step, 0, std::max(0, steps() - 1));
    m_pane->strip()->enlarge(m_step);
    follow();
}

void LessonStage::follow()
{
    if (const int shown = m_pane->strip()->enlarged(); shown >= 0)
        m_step = shown;
    const int all = steps();
    m_place->setText(all ? tr("%1 of %2").arg(std::min(m_step + 1, all)).arg(all) : QString());
    m_back->setEnabled(m_step > 0);
    m_next->setEnabled(m_step + 1 < all);
}

} // namespace triptych
