#pragma once

#include "core/session/Session.h"
#include "widgets/plots/Plot.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTimer;

namespace triptych {

class ProbabilityBars;

/// Classification without training: labels as texts against the current sample, and how often it is
/// right where samples have labels.
class ZeroShotTab : public QWidget {
    Q_OBJECT
public:
    explicit ZeroShotTab(Session& session, QWidget* parent = nullptr);

    /// The samples the accuracy is over.
    void setScope(const QStringList& ids, const QString& title);
    QStringList labels() const;
    QStringList templates() const;
    ProbabilityBars* bars() const { return m_bars; }
    QString accuracyText() const;
    ValuePtr data() const { return m_scopeValue ? m_scopeValue : m_currentValue; }
    QString commandLine() const;
    bool isSettled() const;

    QJsonObject state() const;
    void setState(const QJsonObject& state);
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

Q_SIGNALS:
    void stateChanged();

private:
    void buildLayout();
    void fillLabels();
    void fillModalities();
    void ask();
    void askCurrent(const EmbeddingSet& set);
    void askScope(const EmbeddingSet& set);
    Recipe recipe(const EmbeddingSet& set, const QStringList& ids) const;
    void receive(const QString& key, const ValuePtr& value);
    void showCurrent(const Value& value);
    void showAccuracy(const Value& value);

    Session& m_session;
    QComboBox* m_modality;
    QPlainTextEdit* m_labels;
    QPlainTextEdit* m_templates;
    QLabel* m_headline;
    QLabel* m_accuracy;
    ProbabilityBars* m_bars;
    QTimer* m_delay;
    QStringList m_scope;
    QString m_scopeTitle;
    bool m_ownLabels = false; // a person wrote them: stop following the workspace
    QStringList m_asked; // the labels of the request under way
    QStringList m_scopeIds; // the samples the accuracy is asked over
    QString m_currentKey;
    QString m_scopeKey;
    ValuePtr m_currentValue;
    ValuePtr m_scopeValue;
};

} // namespace triptych
