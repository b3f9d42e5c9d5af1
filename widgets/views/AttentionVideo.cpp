// The frames of a video in the attention view: one is looked at, the others' maps are asked for ahead.
#include "widgets/views/AttentionView.h"

#include "widgets/Thumbnails.h"
#include "widgets/views/FrameScrubber.h"
#include "widgets/views/HeadNavigator.h"

namespace triptych {

void AttentionView::showFrames(const Value& value)
{
    const auto times = value.array(QStringLiteral("times")).doubles();
    m_frames->setFrames(toImages(value.array(QStringLiteral("frames"))), {times.begin(), times.end()});
    m_frames->setCurrent(m_frame);
    if (m_frames->current() != m_frame) { // a saved one that this video has not
        setFrame(m_frames->current());
    } else {
        for (AttentionPane* each : {m_first, m_second})
            each->canvas()->setPicture(m_frames->frame(m_frame));
    }
    requestFramesAhead();
}

void AttentionView::requestFramesAhead()
{
    const Sample* sample = session().sample(m_sampleId);
    if (m_modality != Modality::Video || m_query >= 0 || !sample)
        return;
    Inputs inputs;
    inputs.samples.push_back(*sample);
    for (int frame = 0; frame < m_frames->count(); ++frame) {
        const Recipe recipe = mapsRecipe(frame);
        if (frame != m_frame && !session().value(recipe))
            session().request(recipe, inputs, tr("Attention, frame %1").arg(frame + 1), Priority::Bulk);
    }
}

void AttentionView::setFrame(int frame)
{
    m_frame = frame;
    m_frames->setCurrent(frame);
    for (AttentionPane* each : {m_first, m_second})
        each->canvas()->setPicture(m_frames->frame(frame));
    m_maps = session().value(mapsRecipe(frame));
    if (m_maps && !attention::areMaps(*m_maps))
        m_maps.reset();
    m_mapsKey.clear();
    if (m_maps)
        m_navigator->setMaps(m_maps, false);
    else
        requestMaps();
    showSubject();
    Q_EMIT stateChanged();
}

} // namespace triptych
