#include "core/engine/models/families/WhisperWriter.h"

#include "core/engine/models/Checkpoint.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// {"<|en|>": 50259} → en; keys that are plain stay.
std::map<QString, qint64> idsOf(const QJsonObject& object)
{
    std::map<QString, qint64> ids;
    for (auto it = object.begin(); it != object.end(); ++it) {
        QString name = it.key();
        if (name.startsWith(QStringLiteral("<|")) && name.endsWith(QStringLiteral("|>")))
            name = name.mid(2, name.size() - 4);
        ids[name] = it.value().toInteger(-1);
    }
    return ids;
}

qint64 idIn(const std::map<QString, qint64>& ids, const QString& name, const char* option)
{
    const auto found = ids.find(name);
    if (found != ids.end())
        return found->second;
    QStringList known;
    for (const auto& [one, id] : ids)
        known.append(one);
    throw Error(Tr::tr("%1: \"%2\" is not one of %3.")
                    .arg(QLatin1String(option), name, known.join(QStringLiteral(", "))));
}

} // namespace

WhisperPrompt WhisperPrompt::from(const QString& folder, const QJsonObject& config)
{
    const QString path = QDir(folder).filePath(QStringLiteral("generation_config.json"));
    const QJsonObject own
        = !folder.isEmpty() && QFile::exists(path) ? readJsonObject(path) : QJsonObject();
    WhisperPrompt prompt;
    prompt.languages = idsOf(own.value(QStringLiteral("lang_to_id")).toObject());
    prompt.tasks = idsOf(own.value(QStringLiteral("task_to_id")).toObject());
    const QString noTimes = QStringLiteral("no_timestamps_token_id");
    if (own.contains(noTimes))
        prompt.noTimes = own.value(noTimes).toInteger(-1);
    const QString forced = QStringLiteral("forced_decoder_ids");
    const QJsonValue listed = own.contains(forced) ? own.value(forced) : config.value(forced);
    for (const QJsonValue& pair : listed.toArray()) {
        const QJsonValue id = pair.toArray().at(1);
        prompt.forced.push_back(id.isDouble() ? std::optional<qint64>(id.toInteger()) : std::nullopt);
    }
    return prompt;
}

WhisperWriter::WhisperWriter(
    Encoder& sounds, std::unique_ptr<WordStack> decoder, WritingRules rules, WhisperPrompt prompt)
    : m_sounds(sounds)
    , m_decoder(std::move(decoder))
    , m_rules(std::move(rules))
    , m_prompt(std::move(prompt))
{
}

WritingRules WhisperWriter::rules() const
{
    WritingRules rules = m_rules;
    for (const auto& id : m_prompt.forced) {
        if (!id)
            break; // what follows an open language belongs behind it
        rules.start.push_back(*id);
    }
    return rules;
}

// start, language, task, no times: as the reference builds them; models of one language have only
// the ids that are forced.
WritingRules WhisperWriter::rulesFor(const Memory& memory, const QJsonObject& options)
{
    const QString language = options.value(QStringLiteral("language")).toString();
    const QString task = options.value(QStringLiteral("task")).toString();
    if (m_prompt.languages.empty() && m_prompt.tasks.empty()) {
        if (!language.isEmpty())
            throw Error(Tr::tr("language: this model knows one language and takes no other."));
        return rules();
    }
    WritingRules made = m_rules;
    if (!m_prompt.languages.empty())
        made.start.push_back(language.isEmpty() ? languageOf(memory) : idIn(m_prompt.languages, language, "language"));
    if (!m_prompt.tasks.empty())
        made.start.push_back(idIn(m_prompt.tasks, task.isEmpty() ? this->task() : task, "task"));
    if (m_prompt.noTimes)
        made.start.push_back(*m_prompt.noTimes);
    return made;
}

QStringList WhisperWriter::languages() const
{
    QStringList known;
    for (const auto& [name, id] : m_prompt.languages)
        known.append(name);
    return known;
}

/// The likeliest of the languages' tokens after the start.
qint64 WhisperWriter::languageOf(const Memory& memory)
{
    const at::Tensor start = at::tensor(std::vector<int64_t>(m_rules.start.begin(), m_rules.start.end()), at::kLong);
    const at::Tensor logits
        = m_decoder->decode(start.unsqueeze(0), memory, {}).more.at("logits")[0][-1].to(at::kCPU).contiguous();
    qint64 best = -1;
    for (const auto& [name, id] : m_prompt.languages) {
        if (id < 0 || id >= logits.numel())
            throw Error(Tr::tr("generation_config.json: lang_to_id: the id of %1 is outside the vocabulary.").arg(name));
        if (best < 0 || logits.data_ptr<float>()[id] > logits.data_ptr<float>()[best])
            best = id;
    }
    return best;
}

Memory WhisperWriter::read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const auto found = inputs.find(Modality::Audio);
    if (found == inputs.end())
        throw Error(Tr::tr("This model reads a sound, and none was given."));
    return memoryOf(m_sounds.encode(found->second, wants));
}

Memory WhisperWriter::memoryOf(const EncoderOutput& output)
{
    Memory memory;
    memory.states = output.last;
    memory.layout = output.layout;
    memory.modality = Modality::Audio;
    return memory;
}

std::vector<std::pair<std::string, at::Tensor>> WhisperWriter::parameters()
{
    return m_decoder->parameters();
}

} // namespace triptych
