#pragma once

#include "MediaFixtures.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

/// The oracle's tiny Whisper, which has no tokenizer, with one of 120 tokens: 95 pieces of words, two
/// halves of an é, the end 99, the start 100, languages, tasks, no times 106, times from 107 on.
namespace whisper {

inline constexpr int end = 99, start = 100, english = 101, transcribe = 104, firstTime = 107, tokens = 120;

/// As vocab.json has it: Ġ for a space, Ã and © for the bytes of é.
inline QString piece(int id)
{
    if (id == 97)
        return QStringLiteral("Ã");
    if (id == 98)
        return QStringLiteral("©");
    const QString letters = QString(QChar(u'a' + id % 26)) + QChar(u'a' + id / 26);
    return id % 3 == 2 ? letters : QStringLiteral("Ġ") + letters;
}

inline QString special(int id)
{
    const QStringList named { QStringLiteral("<|endoftext|>"), QStringLiteral("<|startoftranscript|>"),
        QStringLiteral("<|en|>"), QStringLiteral("<|fr|>"), QStringLiteral("<|translate|>"),
        QStringLiteral("<|transcribe|>"), QStringLiteral("<|nospeech|>"), QStringLiteral("<|notimestamps|>") };
    return id < firstTime ? named.at(id - end) : QStringLiteral("<|%1|>").arg(0.02 * (id - firstTime), 0, 'f', 2);
}

/// `never`: more ids that may not be written.
inline void makeFolder(const QString& folder, const QString& oracle, const QJsonArray& never = {})
{
    QDir().mkpath(folder);
    for (const char* name : { "config.json", "preprocessor_config.json", "model.safetensors" })
        QFile::copy(oracle + u'/' + QLatin1String(name), folder + u'/' + QLatin1String(name));
    const auto json = [&folder](const char* name, const QJsonObject& object) {
        fixtures::write(folder + u'/' + QLatin1String(name), QJsonDocument(object).toJson());
    };
    QJsonObject vocabulary, added;
    QJsonArray specials;
    for (int id = 0; id < end; ++id)
        vocabulary[piece(id)] = id;
    for (int id = end; id < tokens; ++id)
        added[special(id)] = id;
    for (int id = end; id < firstTime; ++id)
        specials.append(special(id));
    json("vocab.json", vocabulary);
    json("added_tokens.json", added);
    json("special_tokens_map.json", { { QStringLiteral("eos_token"), special(end) },
        { QStringLiteral("additional_special_tokens"), specials } });
    json("tokenizer_config.json", { { QStringLiteral("tokenizer_class"), QStringLiteral("WhisperTokenizer") } });
    fixtures::write(folder + QStringLiteral("/merges.txt"), "#version: 0.2\n");
    json("generation_config.json", { { QStringLiteral("decoder_start_token_id"), start },
        { QStringLiteral("eos_token_id"), end }, { QStringLiteral("pad_token_id"), end },
        { QStringLiteral("max_length"), 22 }, { QStringLiteral("suppress_tokens"), never },
        { QStringLiteral("lang_to_id"), QJsonObject { { special(101), 101 }, { special(102), 102 } } },
        { QStringLiteral("task_to_id"), QJsonObject { { QStringLiteral("transcribe"), 104 }, { QStringLiteral("translate"), 103 } } } });
}

} // namespace whisper
