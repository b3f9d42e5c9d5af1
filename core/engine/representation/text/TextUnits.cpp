#include "core/engine/representation/text/TextUnits.h"

#include <QList>
#include <algorithm>

namespace triptych {

namespace {

using Characters = QList<char32_t>;

Characters charactersOf(const QString& text)
{
    Characters characters;
    for (const uint code : text.toUcs4())
        characters.append(char32_t(code));
    return characters;
}

/// Small letters; a capital sigma that ends a word becomes ς, as Unicode's rule says and Qt's toLower
/// does not.
QString lowered(QString text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        const bool ends = i + 1 == text.size() || !text[i + 1].isLetter();
        if (text[i] == u'\u03A3' && text[i - 1].isLetter() && ends)
            text[i] = u'\u03C2';
    }
    return text.toLower();
}

QString joined(const Characters& characters, qsizetype begin, qsizetype count)
{
    return QString::fromUcs4(characters.constData() + begin, count);
}

bool inWord(char32_t code)
{
    return QChar::isLetterOrNumber(code) || code == U'_';
}

QStringList wordsOf(const Characters& text, int shortest)
{
    QStringList words;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        while (end < text.size() && inWord(text[end]))
            ++end;
        if (end - i >= shortest)
            words.append(joined(text, i, end - i));
        i = std::max(end, i + 1);
    }
    return words;
}

QStringList wordGrams(const QStringList& words, const UnitOptions& options)
{
    QStringList grams;
    for (int length = options.low; length <= std::min<qsizetype>(options.high, words.size()); ++length) {
        for (qsizetype i = 0; i + length <= words.size(); ++i)
            grams.append(words.mid(i, length).join(u' '));
    }
    return grams;
}

/// Two or more blanks as one.
Characters withSingleBlanks(const Characters& text)
{
    Characters made;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        while (end < text.size() && QChar::isSpace(text[end]))
            ++end;
        if (end - i >= 2)
            made.append(U' ');
        else
            made.append(text[i]);
        i = std::max(end, i + 1);
    }
    return made;
}

QStringList charGrams(const Characters& text, const UnitOptions& options)
{
    QStringList grams;
    for (int length = options.low; length <= std::min<qsizetype>(options.high, text.size()); ++length) {
        for (qsizetype i = 0; i + length <= text.size(); ++i)
            grams.append(joined(text, i, length));
    }
    return grams;
}

QStringList charGramsInWords(const QString& text, const UnitOptions& options)
{
    QStringList grams;
    for (const QString& word : text.simplified().split(u' ', Qt::SkipEmptyParts)) {
        const Characters padded = charactersOf(u' ' + word + u' ');
        for (int length = options.low; length <= options.high; ++length) {
            for (qsizetype i = 0; i + length <= padded.size(); ++i)
                grams.append(joined(padded, i, length));
            if (length >= padded.size()) { // a short word counts once
                if (length > padded.size())
                    grams.append(joined(padded, 0, padded.size()));
                break;
            }
        }
    }
    return grams;
}

} // namespace

QStringList textUnits(const QString& given, const UnitOptions& options)
{
    const QString text = options.lower ? lowered(given) : given;
    switch (options.kind) {
    case UnitOptions::Kind::Word:
        return wordGrams(wordsOf(charactersOf(text), options.shortestWord), options);
    case UnitOptions::Kind::Char:
        return charGrams(withSingleBlanks(charactersOf(text)), options);
    case UnitOptions::Kind::CharInWord:
        return charGramsInWords(text, options);
    }
    Q_UNREACHABLE();
}

} // namespace triptych
