#include "core/engine/models/methods/Additions.h"

#include "core/engine/models/Tokenizer.h"

#include <QRegularExpression>
#include <algorithm>

namespace triptych::models {

namespace {

/// <|12.40|>: where Whisper says that something begins or ends; no part of the text.
bool isTime(const QString& token)
{
    static const QRegularExpression form(QStringLiteral("^<\\|\\d+\\.\\d+\\|>$"));
    return form.match(token).hasMatch();
}

/// What `now` has more than `before`, into the last of `made`. Clean-up may take a space back from what
/// stood before: "it '" and "s" become "it's".
void grow(std::vector<Addition>& made, const QString& before, const QString& now)
{
    const qsizetype kept = std::mismatch(before.begin(), before.end(), now.begin(), now.end()).first - before.begin();
    if (made.size() > 1)
        made[made.size() - 2].text.chop(before.size() - kept);
    made.back().text = now.mid(kept);
}

} // namespace

// Decoded from the start on each time: only so are spaces and characters of several ids right.
std::vector<Addition> additions(const Tokenizer& tokenizer, const Written& written)
{
    std::vector<Addition> made;
    std::vector<qint64> said;
    QString before;
    bool whole = true; // no character waits for its other bytes
    for (size_t i = size_t(written.begin); i < written.ids.size(); ++i) {
        const qint64 id = written.ids[i];
        if (tokenizer.decode({ id }).isEmpty() || isTime(tokenizer.token(id)))
            continue;
        const int64_t place = int64_t(i) - written.begin;
        if (whole)
            made.push_back({ QString(), place, place });
        made.back().last = place;
        said.push_back(id);
        const QString now = tokenizer.decode(said);
        whole = !now.endsWith(QChar::ReplacementCharacter);
        if (!whole)
            continue;
        grow(made, before, now);
        before = now;
    }
    if (!whole)
        grow(made, before, tokenizer.decode(said)); // the text ends within a character
    return made;
}

} // namespace triptych::models
