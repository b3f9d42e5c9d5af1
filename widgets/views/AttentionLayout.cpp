// How the attention view is put together.
#include "widgets/views/AttentionView.h"

#include "widgets/panels/SoundOutput.h"
#include "widgets/views/AttentionWords.h"
#include "widgets/views/FrameScrubber.h"
#include "widgets/views/HeadNavigator.h"
#include "widgets/views/MapStyleBar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {
constexpr int kNavigatorWidth = 236;
constexpr int kNavigatorWidest = 560;
}

void AttentionView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    m_navigatorRoom->setFixedWidth(std::clamp(width() / 4, kNavigatorWidth, kNavigatorWidest));
    // The panes have their new width when the layout has run.
    QMetaObject::invokeMethod(this, &AttentionView::alignCaptions, Qt::QueuedConnection);
}

void AttentionView::buildLayout()
{
    m_compare->setText(tr("Compare"));
    m_compare->setCheckable(true);
    m_compare->setToolTip(tr("A second panel with a method of its own"));
    m_second->hide();
    m_chipRow->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->addLayout(m_chipRow);
    top->addStretch();
    top->addWidget(m_compare);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_navigator);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(kNavigatorWidth);
    m_navigatorRoom = scroll;
    m_panes = new QSplitter(Qt::Horizontal);
    m_panes->setChildrenCollapsible(false);
    m_panes->setHandleWidth(1);
    m_second->layout()->setContentsMargins(16, 0, 0, 0);
    m_panes->addWidget(m_first);
    m_panes->addWidget(m_second);
    m_panes->addWidget(m_words);
    m_words->hide();
    auto* middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addWidget(scroll);
    middle->addWidget(m_panes, 1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(10);
    layout->addLayout(top);
    layout->addLayout(middle, 1);
    layout->addWidget(m_frames);
    layout->addWidget(m_style);
    m_frames->hide();
}

void AttentionView::showWordsPane()
{
    const QJsonObject model = session().modelInfo(session().currentModel());
    const bool speaks = AttentionWords::isFor(model);
    const QJsonArray towers = model.value(QLatin1String("modalities")).toArray();
    m_words->setVisible(speaks);
    m_first->setVisible(!speaks || !towers.isEmpty());
    m_navigatorRoom->setVisible(m_first->isVisibleTo(this) && attends());
    m_words->setSample(m_sampleId);
}

void AttentionView::connectParts()
{
    Session& open = session();
    connect(&open, &Session::selectionChanged, this, &AttentionView::sampleChanged);
    connect(&open, &Session::samplesChanged, this, &AttentionView::sampleChanged);
    connect(&open, &Session::opened, this, &AttentionView::sampleChanged);
    for (const auto signal :
        {&Session::currentModelChanged, &Session::modelsChanged, &Session::engineReady}) {
        connect(&open, signal, this, [this] {
            m_sampleId.clear(); // the same sample under another model is another subject
            sampleChanged();
        });
    }
    connect(&open, &Session::valueReady, this, &AttentionView::receive);
    connect(&open, &Session::valueFailed, this, &AttentionView::fail);

    connect(m_navigator, &HeadNavigator::changed, this, [this] {
        showSubject();
        Q_EMIT stateChanged();
    });
    connect(m_words, &AttentionWords::stateChanged, this, &AttentionView::stateChanged);
    connect(m_frames, &FrameScrubber::picked, this, &AttentionView::setFrame);
    connect(m_navigator, &HeadNavigator::queryReset, this, [this] { setQueryCell(-1); });
    connect(m_style, &MapStyleBar::changed, this, [this] {
        showStyle();
        Q_EMIT stateChanged();
    });
    connect(m_compare, &QToolButton::toggled, this, [this](bool on) {
        m_second->setVisible(on);
        m_first->layout()->setContentsMargins(0, 0, on ? 16 : 0, 0);
        m_panes->setSizes({1000, 1000, 1000}); // equal parts
        m_style->setComparing(on);
        showSubject();
        Q_EMIT stateChanged();
    });
    for (AttentionPane* each : {m_first, m_second}) {
        connect(each, &AttentionPane::methodChanged, this, [this] {
            m_navigator->setUses(m_first->usesLayer() || (isComparing() && m_second->usesLayer()),
                m_first->usesHead() || (isComparing() && m_second->usesHead()));
        });
        connect(each, &AttentionPane::mapChanged, this, &AttentionView::showStyle);
        connect(each, &AttentionPane::stateChanged, this, &AttentionView::stateChanged);
        connect(each->canvas(), &AttentionCanvas::cellClicked, this, &AttentionView::setQueryCell);
        connect(each->canvas(), &AttentionCanvas::timeClicked, m_sound,
            [this](double seconds) { m_sound->play(seconds); });
    }
    connect(m_sound, &SoundOutput::playingChanged, this, [this](bool playing) {
        for (AttentionPane* each : {m_first, m_second}) {
            if (!playing)
                each->canvas()->setPosition(std::nullopt);
        }
    });
    connect(m_sound, &SoundOutput::positionChanged, this, [this](double seconds) {
        for (AttentionPane* each : {m_first, m_second})
            each->canvas()->setPosition(
                m_sound->isPlaying() ? std::optional(seconds) : std::nullopt);
    });
}

bool AttentionView::attends() const
{
    const QJsonObject towers = session().modelInfo(session().currentModel()).value(u"towers").toObject();
    const QString tower = modalityName(m_modality == Modality::Video && !towers.contains(u"video") ? Modality::Image : m_modality);
    return towers.value(tower).toObject().value(u"heads").toInt(1) > 0;
}

void AttentionView::alignCaptions()
{
    const int first = m_first->captionHeight();
    const int height = isComparing() ? std::max(first, m_second->captionHeight()) : first;
    m_first->setCaptionHeight(height);
    m_second->setCaptionHeight(height);
}

} // namespace triptych
