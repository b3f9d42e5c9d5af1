#include "widgets/views/ValueAsker.h"

namespace triptych {

ValueAsker::ValueAsker(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &Session::valueReady, this, [this](const QString& key, const ValuePtr& value) {
        answer(key, [&value](const Question& question) { question.receive(value); });
    });
    connect(&session, &Session::valueFailed, this, [this](const QString& key, const QString& error) {
        answer(key, [&error](const Question& question) { question.fail(error); });
    });
}

void ValueAsker::ask(const QString& purpose, const QString& method, const QString& path, QJsonObject options,
    const QString& title, Receive receive, Fail fail)
{
    options.insert(QStringLiteral("model"), path);
    const Recipe recipe { method, options, {} };
    m_questions.insert(purpose, { recipe.key(), std::move(receive), std::move(fail) });
    m_session.request(recipe, Inputs {}, title);
}

void ValueAsker::forget()
{
    m_questions.clear();
}

// An answer may ask the next question, so each leaves the list before it is told.
void ValueAsker::answer(const QString& key, const std::function<void(const Question&)>& how)
{
    QList<Question> answered;
    for (auto it = m_questions.begin(); it != m_questions.end();) {
        if (it->key != key) {
            ++it;
            continue;
        }
        answered << *it;
        it = m_questions.erase(it);
    }
    for (const Question& question : answered)
        how(question);
}

} // namespace triptych
