#include "widgets/views/AttentionView.h"

#include "widgets/Thumbnails.h"
#include "widgets/panels/SoundOutput.h"
#include "widgets/views/AttentionWords.h"
#include "widgets/views/FrameScrubber.h"
#include "widgets/views/HeadNavigator.h"
#include "widgets/views/MapStyleBar.h"

#include <QButtonGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QToolButton>
#include <array>

namespace triptych {

namespace {

constexpr std::array kTowers {Modality::Image, Modality::Text, Modality::Audio, Modality::Video};

bool hasTower(const QJsonObject& model, Modality modality)
{
    // Facts of a model come after the window: until then every tower is thought possible. Frames of a
    // video go through the picture tower. What is only read together with something else has no tower
    // of its own.
    const QJsonArray towers = model.value(QLatin1String("modalities")).toArray();
    return model.isEmpty() || towers.contains(modalityName(modality))
        || (modality == Modality::Video && towers.contains(modalityName(Modality::Image)));
}

}

AttentionView::AttentionView(Session& session, QWidget* parent)
    : View(session, parent)
    , m_chips(new QButtonGroup(this))
    , m_chipRow(new QHBoxLayout)
    , m_compare(new QToolButton)
    , m_navigator(new HeadNavigator)
    , m_first(new AttentionPane(session))
    , m_second(new AttentionPane(session))
    , m_words(new AttentionWords(session))
    , m_style(new MapStyleBar)
    , m_frames(new FrameScrubber)
    , m_sound(new SoundOutput(this))
{
    buildLayout();
    connectParts();
    sampleChanged();
}

AttentionView::~AttentionView() = default;

QString AttentionView::title() const
{
    return tr("Attention");
}

bool AttentionView::isComparing() const
{
    return m_compare->isChecked();
}

void AttentionView::sampleChanged()
{
    const QString current = session().current();
    const Sample* sample = session().sample(current);
    const QString id = sample ? current : QString();
    if (id == m_sampleId && !id.isEmpty())
        return;
    m_sampleId = id;
    showChips();
    // Stay with the modality that was looked at where the sample has it.
    Modality next = m_modality;
    if (sample
        && (!sample->has(next) || !hasTower(session().modelInfo(session().currentModel()), next))) {
        for (const Modality modality : kTowers) {
            if (sample->has(modality)
                && hasTower(session().modelInfo(session().currentModel()), modality)) {
                next = modality;
                break;
            }
        }
    }
    setModality(next);
    showWordsPane();
}

void AttentionView::showChips()
{
    qDeleteAll(m_chips->buttons());
    const Sample* sample = session().sample(m_sampleId);
    for (const Modality modality : kTowers) {
        if (!sample || !sample->has(modality))
            continue;
        auto* chip = new QToolButton;
        chip->setText(modalityTitle(modality));
        chip->setCheckable(true);
        chip->setProperty("modality", int(modality));
        m_chips->addButton(chip, int(modality));
        m_chipRow->addWidget(chip);
        connect(chip, &QToolButton::clicked, this, [this, modality] {
            setModality(modality);
            Q_EMIT stateChanged();
        });
    }
    m_compare->setEnabled(sample != nullptr);
}

void AttentionView::setModality(Modality modality)
{
    m_modality = modality;
    m_query = -1;
    m_frame = 0;
    m_frames->setFrames({}, {});
    m_frames->setCurrent(0);
    m_maps.reset();
    m_failure.clear();
    m_mapsKey.clear();
    m_mediaKey.clear();
    m_sound->stop();
    if (QAbstractButton* chip = m_chips->button(int(modality)))
        chip->setChecked(true);
    for (AttentionPane* each : {m_first, m_second}) {
        each->canvas()->setPicture({});
        each->canvas()->setSound(nullptr);
        each->canvas()->setMarked(-1);
    }
    m_navigator->setQuery({});
    m_navigator->setMaps(nullptr, false);
    if (missingReason().isEmpty()) {
        requestMedia();
        requestMaps();
    }
    showSubject();
}

QString AttentionView::missingReason() const
{
    const Sample* sample = session().sample(m_sampleId);
    if (!sample)
        return tr("Select a sample to see where the model looks in it: click a thumbnail in the "
                  "library or a point "
                  "on the map, or drop a picture, a sound or a text anywhere.");
    if (!sample->has(m_modality))
        return tr("This sample has no picture, text, sound or video, so there is nothing a model "
                  "could look at.");
    const QString path = session().currentModel();
    if (path.isEmpty())
        return tr("No model is open. Drop a model folder here, or open one in the Models panel.");
    if (const QString problem = session().modelInfo(path).value(u"problem").toString(); !problem.isEmpty())
        return problem;
    if (!hasTower(session().modelInfo(path), m_modality))
        return tr("%1 has no tower for this modality (%2). Choose another modality above, or "
                  "another model.")
            .arg(QFileInfo(path).fileName(), modalityTitle(m_modality).toLower());
    if (session().isMissing(m_sampleId, m_modality))
        return tr("The file of this sample is missing. Locate its folder in the Inspector.");
    return {};
}

Recipe AttentionView::mapsRecipe(int frame) const
{
    QJsonObject options {{QStringLiteral("modality"), modalityName(m_modality)}, {QStringLiteral("query"), m_query}};
    if (m_modality == Modality::Video)
        options[QStringLiteral("frame")] = frame;
    return session().recipeFor(QStringLiteral("attend.maps"), m_sampleId, options);
}

void AttentionView::requestMaps()
{
    if (!attends())
        return;
    const Recipe recipe = mapsRecipe(m_frame);
    m_mapsKey = recipe.key();
    session().request(recipe, m_sampleId, tr("Attention"));
}

void AttentionView::requestMedia()
{
    Recipe recipe;
    if (m_modality == Modality::Image)
        recipe = session().recipeFor(QStringLiteral("media.picture"), m_sampleId);
    else if (m_modality == Modality::Audio)
        recipe = session().recipeFor(QStringLiteral("media.sound"), m_sampleId);
    else if (m_modality == Modality::Video)
        recipe = session().recipeFor(QStringLiteral("media.frames"), m_sampleId, {{QStringLiteral("max"), 512}});
    else
        return;
    m_mediaKey = recipe.key();
    session().request(
        recipe, m_sampleId, tr("Reading %1").arg(session().sample(m_sampleId)->title()));
}

void AttentionView::receive(const QString& key, const ValuePtr& value)
{
    if (key == m_mapsKey) {
        m_mapsKey.clear();
        if (!attention::areMaps(*value)) {
            m_failure = tr("The attention maps of this sample cannot be read. Choose another "
                           "sample, or the model anew.");
            showSubject();
            return;
        }
        m_maps = value;
        m_navigator->setMaps(value, m_modality == Modality::Audio);
        showSubject();
    } else if (key == m_mediaKey) {
        m_mediaKey.clear();
        if (m_modality == Modality::Video) {
            showFrames(*value);
            return;
        }
        for (AttentionPane* each : {m_first, m_second}) {
            if (m_modality == Modality::Image)
                each->canvas()->setPicture(toImage(value->array(QStringLiteral("picture"))));
            else
                each->canvas()->setSound(value);
        }
        if (m_modality == Modality::Audio) {
            const Array samples = value->array(QStringLiteral("samples")).toFloat();
            const auto floats = samples.floats();
            m_sound->setSound(
                {floats.begin(), floats.end()}, value->info.value(QLatin1String("rate")).toInt());
        }
    }
}

void AttentionView::fail(const QString& key, const QString& error)
{
    if (key != m_mapsKey && key != m_mediaKey)
        return;
    (key == m_mapsKey ? m_mapsKey : m_mediaKey).clear();
    m_failure = error;
    showSubject();
}

void AttentionView::showSubject()
{
    AttentionSubject subject;
    const QString reason = missingReason();
    subject.sampleId = reason.isEmpty() ? m_sampleId : QString();
    m_frames->setVisible(m_modality == Modality::Video && reason.isEmpty());
    subject.modality = m_modality;
    subject.maps = m_maps;
    subject.waiting = !reason.isEmpty() ? reason
        : !m_failure.isEmpty()          ? m_failure
        : session().isEngineReady()     ? tr("Computing…")
                                        : tr("The engine is starting…");
    subject.attends = attends();
    subject.layer = subject.attends ? m_navigator->layer() : -1;
    m_navigator->setEnabled(subject.attends);
    subject.head = m_navigator->head();
    subject.query = m_query;
    subject.frame = m_frame;
    m_first->setSubject(subject);
    if (isComparing())
        m_second->setSubject(subject);
    m_navigator->setUses(m_first->usesLayer() || (isComparing() && m_second->usesLayer()),
        m_first->usesHead() || (isComparing() && m_second->usesHead()));
}

void AttentionView::showStyle()
{
    MapStyle style = m_style->style();
    if (m_style->rangeMode() == MapStyleBar::RangeMode::Shared && isComparing()
        && !m_second->canvas()->map().isEmpty()) {
        const Range a = Range::of(m_first->canvas()->map().values);
        const Range b = Range::of(m_second->canvas()->map().values);
        style.range = Range {std::min(a.low, b.low), std::max(a.high, b.high)};
    }
    m_first->setStyle(style);
    m_second->setStyle(style);
    m_words->setStyle(style);
    m_style->suggestRange(m_first->canvas()->range());
    alignCaptions();
}

void AttentionView::setQueryCell(int cell)
{
    if (!m_maps)
        return;
    m_query = cell == m_query ? -1 : cell;
    const int marked = m_query;
    for (AttentionPane* each : {m_first, m_second})
        each->canvas()->setMarked(marked);
    const int columns = std::max(1, m_first->canvas()->map().cols);
    m_navigator->setQuery(marked < 0       ? QString()
            : m_modality == Modality::Text ? tr("Seen from token %1").arg(marked + 1)
                                           : tr("Seen from row %1, column %2")
                                                 .arg(marked / columns + 1)
                                                 .arg(marked % columns + 1));
    requestMaps();
    showSubject();
}

} // namespace triptych
