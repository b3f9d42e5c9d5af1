#pragma once

#include "core/session/Session.h"
#include "widgets/views/AttentionCanvas.h"

#include <QJsonObject>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace triptych {

/// What the current model says about the current sample, word by word: a caption or transcript, an
/// answer to a question, or whether a text matches. Click a word to see where the model looked.
/// For models that write, or that read a picture and a text together. GUI thread.
class AttentionWords : public QWidget {
    Q_OBJECT
public:
    explicit AttentionWords(Session& session, QWidget* parent = nullptr);

    /// Whether it has something to show for a model with these facts (model.info).
    static bool isFor(const QJsonObject& model);
    void setSample(const QString& id); ///< empty for none; also when the model has changed
    void setStyle(const MapStyle& style);
    bool isSettled() const { return m_wordsKey.isEmpty() && m_answerKey.isEmpty() && m_mediaKey.isEmpty(); }
    AttentionCanvas* canvas() const { return m_canvas; }
    QLabel* words() const { return m_words; }
    QLabel* answers() const { return m_answers; }
    QLineEdit* question() const { return m_text; }
    int word() const { return m_word; }
    void setWord(int word);

    QJsonObject state() const;
    void setState(const QJsonObject& state);

Q_SIGNALS:
    void stateChanged();

private:
    enum class Mode { None, Writes, Answers, Matches, Reads };
    static Mode modeOf(const QJsonObject& model);
    bool takesText() const;   ///< nothing to do before a question or text is there
    void showMode();
    void request();
    void requestMedia();
    void receive(const QString& key, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    void showWords();         ///< as links
    void showAnswers(const Value& value);
    void showMap();
    void clear(const QString& message);
    QStringList pieces() const;
    MapSlice mapOf(int word) const;

    Session& m_session;
    QLabel* m_title;
    QLineEdit* m_text;
    QToolButton* m_run;
    QLabel* m_words;
    QLabel* m_answers;
    AttentionCanvas* m_canvas;
    QLabel* m_caption;

    QString m_sampleId;
    Mode m_mode = Mode::None;
    Modality m_source = Modality::Image;
    bool m_question = false; ///< the model that writes is asked something
    ValuePtr m_value;        ///< of model.write or attend.joint
    int m_word = 0;
    QString m_wordsKey;      // under way
    QString m_answerKey;
    QString m_mediaKey;
};

} // namespace triptych
