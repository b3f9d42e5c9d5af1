#include "core/engine/models/families/CtcLetters.h"

#include "core/engine/models/Checkpoint.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QStringList>

namespace triptych {

namespace {

/// A token may be a text or an object with "content".
QString tokenIn(const QJsonObject& object, const char* key, const QString& fallback)
{
    const QJsonValue value = object.value(QLatin1String(key));
    if (value.isObject())
        return value.toObject().value(QStringLiteral("content")).toString(fallback);
    return value.toString(fallback);
}

QJsonObject jsonIn(const QString& folder, const QString& name)
{
    const QString path = QDir(folder).filePath(name);
    return QFile::exists(path) ? readJsonObject(path) : QJsonObject();
}

} // namespace

std::shared_ptr<const CtcLetters> CtcLetters::in(const QString& folder, int vocabulary)
{
    const QString name = QStringLiteral("vocab.json");
    const QJsonObject ids = folder.isEmpty() ? QJsonObject() : jsonIn(folder, name);
    if (ids.isEmpty())
        return nullptr;
    auto made = std::make_shared<CtcLetters>();
    made->m_letters.resize(size_t(vocabulary));
    for (auto it = ids.begin(); it != ids.end(); ++it) {
        const qint64 id = it.value().toInteger(-1);
        if (id < 0 || id >= vocabulary) {
            throw Error(QCoreApplication::translate("models",
                "%1: vocab.json: the id of \"%2\" is not one of the %3 that config.json says.")
                            .arg(folder, it.key())
                            .arg(vocabulary));
        }
        made->m_letters[size_t(id)] = it.key();
    }
    QJsonObject config = jsonIn(folder, QStringLiteral("special_tokens_map.json"));
    const QJsonObject over = jsonIn(folder, QStringLiteral("tokenizer_config.json"));
    for (auto it = over.begin(); it != over.end(); ++it)
        config.insert(it.key(), it.value());
    const auto idOf = [&](const char* key, const char* fallback) {
        return ids.value(tokenIn(config, key, QLatin1String(fallback))).toInteger(-1);
    };
    made->m_silent = { idOf("pad_token", "<pad>"), idOf("bos_token", "<s>"), idOf("eos_token", "</s>") };
    made->m_space = idOf("word_delimiter_token", "|");
    made->m_lowers = config.value(QStringLiteral("do_lower_case")).toBool();
    return made;
}

std::vector<CtcLetters::Word> CtcLetters::words(const at::Tensor& logits) const
{
    const at::Tensor likeliest = logits.argmax(-1).to(at::kCPU, at::kLong).contiguous();
    const int64_t* ids = likeliest.data_ptr<int64_t>();
    return words(std::vector<qint64>(ids, ids + likeliest.numel()));
}

std::vector<CtcLetters::Word> CtcLetters::words(const std::vector<qint64>& ids) const
{
    std::vector<Word> made;
    bool open = false;
    for (size_t frame = 0; frame < ids.size(); ++frame) {
        const qint64 id = ids[frame];
        if (m_silent.contains(id))
            continue;
        if (id == m_space) {
            open = false;
            continue;
        }
        if (frame > 0 && ids[frame - 1] == id) {
            if (open)
                made.back().end = int64_t(frame) + 1;
            continue;
        }
        const QString letter = id >= 0 && id < qint64(m_letters.size()) ? m_letters[size_t(id)] : QString();
        if (!open)
            made.push_back({ {}, int64_t(frame), 0 });
        open = true;
        made.back().text += m_lowers ? letter.toLower() : letter;
        made.back().end = int64_t(frame) + 1;
    }
    return made;
}

QString textOf(const std::vector<CtcLetters::Word>& words)
{
    QStringList texts;
    for (const CtcLetters::Word& word : words)
        texts.append(word.text);
    return texts.join(u' ');
}

} // namespace triptych
