#include "widgets/panels/InspectorPanel.h"

#include "widgets/panels/FrameStrip.h"
#include "widgets/panels/NeighborList.h"
#include "widgets/panels/PictureBox.h"
#include "widgets/panels/SoundPlayer.h"
#include "widgets/views/EmbeddingRows.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace triptych {

InspectorPanel::InspectorPanel(Session& session, Thumbnails& thumbnails, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stack(new QStackedWidget)
    , m_title(new QLabel)
    , m_labelRow(new QWidget)
    , m_label(new QLineEdit)
    , m_missingBox(new QWidget)
    , m_missing(new QLabel)
    , m_locate(new QPushButton(tr("Locate folder…")))
    , m_picture(new PictureBox)
    , m_player(new SoundPlayer)
    , m_frames(new FrameStrip)
    , m_text(new QLabel)
    , m_failure(new QLabel)
    , m_factsBox(new QWidget)
    , m_facts(new QFormLayout(m_factsBox))
    , m_neighbors(new NeighborList(session, thumbnails))
{
    buildLayout();
    connect(&session, &Session::selectionChanged, this, &InspectorPanel::sampleChanged);
    connect(&session, &Session::opened, this, [this] {
        m_id.clear();
        sampleChanged();
    });
    connect(&session, &Session::samplesChanged, this, &InspectorPanel::refresh);
    connect(&session, &Session::embeddingsChanged, this, [this] {
        if (const Sample* sample = m_session.sample(m_id))
            showFacts(*sample);
    });
    connect(&session, &Session::valueReady, this, &InspectorPanel::receive);
    connect(
        &session, &Session::valueFailed, this, [this](const QString& key, const QString& error) {
            if (m_waiting.remove(key) == 0)
                return;
            m_failure->setText(error);
            m_failure->show();
        });
    connect(m_label, &QLineEdit::editingFinished, this, [this] {
        const Sample* sample = m_session.sample(m_id);
        if (sample && sample->label != m_label->text().trimmed())
            m_session.setLabel({m_id}, m_label->text().trimmed());
    });
    connect(m_locate, &QPushButton::clicked, this, &InspectorPanel::locate);
    sampleChanged();
}

void InspectorPanel::buildLayout()
{
    QFont bold = m_title->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.1);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_missing, m_text, m_failure}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_text->setAccessibleName(tr("Text"));
    m_failure->setForegroundRole(QPalette::PlaceholderText);
    m_label->setPlaceholderText(tr("no label"));
    m_label->setAccessibleName(tr("Label"));
    m_label->setClearButtonEnabled(true);
    auto* missing = new QVBoxLayout(m_missingBox);
    missing->setContentsMargins(0, 0, 0, 0);
    missing->addWidget(m_missing);
    missing->addWidget(m_locate, 0, Qt::AlignLeft);
    auto* labelLayout = new QHBoxLayout(m_labelRow);
    labelLayout->setContentsMargins(0, 0, 0, 0);
    auto* labelTitle = new QLabel(tr("&Label"));
    labelTitle->setBuddy(m_label);
    labelLayout->addWidget(labelTitle);
    labelLayout->addWidget(m_label, 1);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setHorizontalSpacing(12);
    m_facts->setVerticalSpacing(4);
    m_facts->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_facts->setRowWrapPolicy(QFormLayout::DontWrapRows);

    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*> {m_title, m_missingBox, m_failure,
             m_picture, m_frames, m_text, m_player, m_labelRow, m_factsBox, m_neighbors})
        layout->addWidget(part);
    layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* empty = new QLabel(tr("Select a sample to see, hear and read it here."));
    empty->setWordWrap(true);
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(20);
    empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(empty);
    m_stack->addWidget(scroll);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    setMinimumWidth(240);
}

void InspectorPanel::sampleChanged()
{
    const Sample* sample = m_session.sample(m_session.current());
    m_stack->setCurrentIndex(sample ? 1 : 0);
    if (sample && sample->id == m_id)
        return;
    m_id = sample ? sample->id : QString();
    m_waiting.clear();
    m_mediaFacts.clear();
    m_failure->hide();
    m_picture->setPicture({});
    m_player->clear();
    m_frames->clear();
    m_text->clear();
    m_neighbors->setSample(m_id);
    if (sample)
        requestMedia(*sample);
    refresh();
}

void InspectorPanel::refresh()
{
    const Sample* sample = m_session.sample(m_id);
    if (!sample) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_title->setText(sample->title());
    if (!m_label->hasFocus() || !m_label->isModified())
        m_label->setText(sample->label);
    const auto shown = [&](Modality modality) {
        return sample->has(modality) && !m_session.isMissing(m_id, modality);
    };
    m_picture->setVisible(shown(Modality::Image));
    m_player->setVisible(shown(Modality::Audio));
    m_frames->setVisible(shown(Modality::Video));
    // A text that is the title already is not said twice.
    m_text->setVisible(!m_text->text().isEmpty() && m_text->text() != sample->title());
    showMissing(*sample);
    showFacts(*sample);
}

void InspectorPanel::requestMedia(const Sample& sample)
{
    const auto ask = [&](Modality modality, const QString& method) {
        if (!sample.has(modality) || m_session.isMissing(sample.id, modality))
            return;
        const Recipe recipe = m_session.recipeFor(method, sample.id);
        m_waiting.insert(recipe.key(), method);
        m_session.request(recipe, sample.id, tr("Reading %1").arg(sample.title()));
    };
    ask(Modality::Image, QStringLiteral("media.picture"));
    ask(Modality::Audio, QStringLiteral("media.sound"));
    ask(Modality::Video, QStringLiteral("media.frames"));
    const auto text = sample.sources.find(Modality::Text);
    if (text == sample.sources.end())
        return;
    if (text->second.path.isEmpty())
        m_text->setText(text->second.text);
    else
        ask(Modality::Text, QStringLiteral("media.text"));
}

void InspectorPanel::receive(const QString& key, const ValuePtr& value)
{
    const QString method = m_waiting.take(key);
    const Sample* sample = m_session.sample(m_id);
    if (method.isEmpty() || !sample)
        return;
    const QJsonObject& info = value->info;
    const QLocale locale;
    if (method == QLatin1String("media.picture")) {
        m_picture->setPicture(toImage(value->array(QStringLiteral("picture"))));
        m_mediaFacts << Fact {tr("Size"),
            tr("%1 × %2 pixels")
                .arg(info.value(QLatin1String("width")).toInt())
                .arg(info.value(QLatin1String("height")).toInt()),
            {}};
    } else if (method == QLatin1String("media.sound")) {
        m_player->setSound(*value);
        m_mediaFacts << Fact {tr("Sound"),
            tr("%1 s at %2 Hz")
                .arg(locale.toString(info.value(QLatin1String("seconds")).toDouble(), 'f', 2),
                    locale.toString(info.value(QLatin1String("rate")).toInt())),
            {}};
    } else if (method == QLatin1String("media.frames")) {
        m_frames->setFrames(*value);
        m_mediaFacts << Fact {tr("Video"),
            tr("%1 s at %2 frames per second")
                .arg(locale.toString(info.value(QLatin1String("seconds")).toDouble(), 'f', 1),
                    locale.toString(info.value(QLatin1String("rate")).toDouble(), 'g', 4)),
            {}};
    } else {
        m_text->setText(info.value(QLatin1String("text")).toString());
        m_mediaFacts << Fact {
            tr("Words"), locale.toString(info.value(QLatin1String("words")).toInt()), {}};
    }
    refresh();
}

void InspectorPanel::locate()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Locate the folder of the missing files"));
    if (folder.isEmpty())
        return;
    m_session.relocate(folder);
    m_id.clear(); // what was missing may be there now
    sampleChanged();
}

} // namespace triptych
