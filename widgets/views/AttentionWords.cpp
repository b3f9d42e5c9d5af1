#include "widgets/views/AttentionWords.h"

#include "widgets/Thumbnails.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

namespace {

QLabel* wrapped()
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    return label;
}

} // namespace

AttentionWords::AttentionWords(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_title(new QLabel)
    , m_text(new QLineEdit)
    , m_run(new QToolButton)
    , m_words(wrapped())
    , m_answers(wrapped())
    , m_canvas(new AttentionCanvas)
    , m_caption(new QLabel)
{
    m_words->setOpenExternalLinks(false);
    m_words->setAccessibleName(tr("Words of the model"));
    m_text->setMinimumWidth(120);
    m_caption->setWordWrap(true);
    m_caption->setForegroundRole(QPalette::PlaceholderText);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_title);
    bar->addWidget(m_text, 1);
    bar->addWidget(m_run);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(bar);
    layout->addWidget(m_words);
    layout->addWidget(m_answers);
    layout->addWidget(m_canvas, 1);
    layout->addWidget(m_caption);
    m_answers->hide();

    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        request();
        Q_EMIT stateChanged();
    });
    connect(m_run, &QToolButton::clicked, this, [this] {
        request();
        Q_EMIT stateChanged();
    });
    connect(m_words, &QLabel::linkActivated, this, [this](const QString& link) { setWord(link.toInt()); });
    connect(&session, &Session::valueReady, this, &AttentionWords::receive);
    connect(&session, &Session::valueFailed, this, &AttentionWords::fail);
}

AttentionWords::Mode AttentionWords::modeOf(const QJsonObject& model)
{
    if (model.value(QLatin1String("writes")).isObject())
        return Mode::Writes;
    const QJsonValue joint = model.value(QLatin1String("joint"));
    if (!joint.isObject())
        return Mode::None;
    const QString task = joint[QLatin1String("task")].toString();
    return task == QLatin1String("answer") ? Mode::Answers : task == QLatin1String("match") ? Mode::Matches : Mode::Reads;
}

bool AttentionWords::isFor(const QJsonObject& model)
{
    return modeOf(model) != Mode::None;
}

bool AttentionWords::takesText() const
{
    return m_mode != Mode::Writes || m_question;
}

void AttentionWords::setSample(const QString& id)
{
    const QJsonObject model = m_session.modelInfo(m_session.currentModel());
    const QJsonValue writes = model.value(QLatin1String("writes"));
    m_sampleId = id;
    m_mode = modeOf(model);
    m_question = writes[QLatin1String("question")].toBool();
    m_source = modalityFromName(writes[QLatin1String("source")].toString()).value_or(Modality::Image);
    m_wordsKey.clear();
    m_answerKey.clear();
    m_mediaKey.clear();
    m_word = 0;
    showMode();
    const Sample* sample = m_session.sample(id);
    if (m_mode == Mode::None || !sample) {
        clear({});
        return;
    }
    if (!sample->has(m_source)) {
        clear(m_source == Modality::Image ? tr("This sample has no picture, which is what the model reads.")
                                          : tr("This sample has no sound, which is what the model reads."));
        return;
    }
    // A text of the sample is what a match is asked about; a question is not in the data.
    if (m_mode == Mode::Matches && sample->has(Modality::Text))
        m_text->setText(sample->sources.at(Modality::Text).text);
    requestMedia();
    request();
}

void AttentionWords::showMode()
{
    const bool question = m_mode == Mode::Answers || (m_mode == Mode::Writes && m_question);
    m_title->setText(question            ? tr("Question")
            : m_mode == Mode::Writes     ? tr("Begins with")
                                         : tr("Text"));
    m_text->setPlaceholderText(question ? tr("ask something about the picture")
            : m_mode == Mode::Writes    ? tr("nothing: the model begins")
                                        : tr("a text to compare with the picture"));
    m_text->setAccessibleName(m_title->text());
    m_run->setText(question ? tr("Ask") : m_mode == Mode::Writes ? tr("Write") : tr("Compare"));
}

void AttentionWords::requestMedia()
{
    const bool picture = m_source == Modality::Image;
    m_canvas->setModality(m_source);
    const Recipe recipe = m_session.recipeFor(picture ? QStringLiteral("media.picture") : QStringLiteral("media.sound"), m_sampleId);
    m_mediaKey = recipe.key();
    m_session.request(recipe, m_sampleId, tr("Reading %1").arg(m_session.sample(m_sampleId)->title()));
}

void AttentionWords::request()
{
    const Sample* sample = m_session.sample(m_sampleId);
    if (m_mode == Mode::None || !sample || !sample->has(m_source))
        return;
    const QString text = m_text->text().trimmed();
    if (takesText() && text.isEmpty()) {
        clear(m_mode == Mode::Matches || m_mode == Mode::Reads
                ? tr("Type a text above: the model says whether it belongs to the picture, and where each word looks.")
                : tr("Type a question above: the model answers, and each word shows where it looked."));
        return;
    }
    m_word = 0;
    clear(m_session.isEngineReady() ? tr("Computing…") : tr("The engine is starting…"));
    const bool writes = m_mode == Mode::Writes;
    const QString option = !writes ? QStringLiteral("text") : m_question ? QStringLiteral("question") : QStringLiteral("prompt");
    const Recipe words = m_session.recipeFor(
        writes ? QStringLiteral("model.write") : QStringLiteral("attend.joint"), m_sampleId, {{option, text}});
    m_wordsKey = words.key();
    m_session.request(words, m_sampleId, m_run->text());
    if (m_mode == Mode::Answers || m_mode == Mode::Matches) {
        const Recipe answer = m_session.recipeFor(QStringLiteral("model.answer"), m_sampleId, {{option, text}});
        m_answerKey = answer.key();
        m_session.request(answer, m_sampleId, m_run->text());
    }
}

void AttentionWords::receive(const QString& key, const ValuePtr& value)
{
    if (key == m_mediaKey) {
        m_mediaKey.clear();
        if (m_source == Modality::Image)
            m_canvas->setPicture(toImage(value->array(QStringLiteral("picture"))));
        else
            m_canvas->setSound(value);
    } else if (key == m_answerKey) {
        m_answerKey.clear();
        showAnswers(*value);
    } else if (key == m_wordsKey) {
        m_wordsKey.clear();
        m_value = value;
        m_canvas->setMessage({});
        showWords();
        showMap();
    }
}

void AttentionWords::fail(const QString& key, const QString& error)
{
    if (key != m_wordsKey && key != m_answerKey && key != m_mediaKey)
        return;
    m_wordsKey.clear();
    m_answerKey.clear();
    m_mediaKey.clear();
    clear(error);
}

void AttentionWords::clear(const QString& message)
{
    m_value.reset();
    m_words->clear();
    m_words->hide();
    m_answers->clear();
    m_answers->hide();
    m_caption->clear();
    m_canvas->setMap({});
    m_canvas->setMessage(message);
}

QStringList AttentionWords::pieces() const
{
    QStringList all;
    if (!m_value)
        return all;
    for (const QJsonValue& token : m_value->info.value(QLatin1String("tokens")).toArray())
        all << (m_mode == Mode::Writes ? token.toString() : attention::readableToken(token.toString()));
    return all;
}

void AttentionWords::setWord(int word)
{
    if (!m_value || word < 0 || word >= pieces().size())
        return;
    m_word = word;
    showWords();
    showMap();
}

void AttentionWords::setStyle(const MapStyle& style)
{
    m_canvas->setStyle(style);
}

QJsonObject AttentionWords::state() const
{
    return {{QStringLiteral("text"), m_text->text()}};
}

void AttentionWords::setState(const QJsonObject& state)
{
    const QString text = state.value(QLatin1String("text")).toString();
    if (text == m_text->text())
        return;
    m_text->setText(text);
    request();
}

} // namespace triptych
