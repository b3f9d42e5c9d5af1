#pragma once

#include "core/session/Session.h"

#include <QHash>
#include <functional>

namespace triptych {

/// Asks a session for values and hands each to who asked; what is asked later for the same purpose
/// replaces what was asked before. GUI thread.
class ValueAsker : public QObject {
    Q_OBJECT
public:
    using Receive = std::function<void(const ValuePtr& value)>;
    using Fail = std::function<void(const QString& error)>;

    ValueAsker(Session& session, QObject* parent);

    /// `options` without the model; `path` goes in as "model".
    void ask(const QString& purpose, const QString& method, const QString& path, QJsonObject options,
        const QString& title, Receive receive, Fail fail);
    /// Answers under way are of no interest any more.
    void forget();
    bool isWaiting() const { return !m_questions.isEmpty(); }

private:
    struct Question {
        QString key;
        Receive receive;
        Fail fail;
    };
    void answer(const QString& key, const std::function<void(const Question&)>& how);

    Session& m_session;
    QHash<QString, Question> m_questions; ///< by purpose
};

} // namespace triptych
