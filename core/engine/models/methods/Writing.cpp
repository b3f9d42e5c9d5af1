#include "core/engine/models/methods/Writing.h"

#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::models {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

Sample typed(const QString& text)
{
    Sample sample;
    sample.id = QStringLiteral("typed");
    sample.sources[Modality::Text].text = text;
    return sample;
}

/// The prompt's own ids: what a text without words has around it is taken off.
std::vector<qint64> promptIds(const Tokenizer& tokenizer, const QString& prompt)
{
    TokenizeOptions whole;
    whole.padding = Padding::None;
    whole.truncation = false;
    const auto empty = tokenizer.encode({ QString() }, {}, whole).front().ids;
    const auto all = tokenizer.encode({ prompt }, {}, whole).front().ids;
    size_t leading = 0;
    while (leading < empty.size() && leading < all.size() && empty[leading] == all[leading])
        ++leading;
    const size_t trailing = empty.size() - leading;
    if (all.size() < leading + trailing)
        return {};
    return { all.begin() + qsizetype(leading), all.end() - qsizetype(trailing) };
}

QString questionOf(const Sample& sample, const QJsonObject& options)
{
    const QString given = options.value(u"question").toString().trimmed();
    if (!given.isEmpty())
        return given;
    if (sample.has(Modality::Text) && !sample.sources.at(Modality::Text).text.isEmpty())
        return sample.sources.at(Modality::Text).text;
    throw Error(Tr::tr("question: this model answers a question about what it sees; say which."));
}

/// `plainStart` gets how many ids stand before the prompt.
WritingRules rulesFor(
    const Model& model, Writer& writer, const Memory& memory, const QJsonObject& options, size_t& plainStart)
{
    WritingRules rules = writer.rulesFor(memory, options);
    plainStart = rules.start.size();
    if (const int beams = options.value(u"beams").toInt(); beams > 0)
        rules.beams = beams;
    if (const int longest = options.value(u"max_length").toInt(); longest > 0)
        rules.maxLength = longest;
    const QString prompt = options.value(u"prompt").toString();
    if (!prompt.isEmpty()) {
        const auto ids = promptIds(model.tokenizer(), prompt);
        rules.start.insert(rules.start.end(), ids.begin(), ids.end());
    }
    return rules;
}

bool isEnd(const WritingRules& rules, qint64 id)
{
    return std::find(rules.ends.begin(), rules.ends.end(), id) != rules.ends.end();
}

/// Decodes from the start on, one id more each time, and takes what is new: only so are spaces and
/// characters of several ids right.
void spell(Passage& passage, const WritingRules& rules, size_t plainStart, const Tokenizer& tokenizer)
{
    const auto& ids = passage.written.ids;
    // The start that is not a prompt is no text, nor is what ends it.
    std::vector<qint64> said(ids.begin() + qsizetype(plainStart), ids.begin() + passage.written.begin);
    QString before = tokenizer.decode(said);
    for (size_t i = size_t(passage.written.begin); i < ids.size(); ++i) {
        const bool end = isEnd(rules, ids[i]);
        if (!end)
            said.push_back(ids[i]);
        const QString now = end ? before : tokenizer.decode(said);
        const bool grew = now.startsWith(before) && now.size() > before.size();
        passage.pieces.append(grew ? now.mid(before.size()) : tokenizer.token(ids[i]));
        before = now;
    }
    passage.text = before.trimmed();
}

} // namespace

QList<OptionInfo> writingOptions()
{
    return { number("beams", 0, 0, 64, "Texts followed at once; 1 = the likeliest id at every step, 0 = as the model says"),
        number("max_length", 0, 0, 4096, "Most tokens of a text, the start included; 0 = as the model says"),
        option("prompt", OptionInfo::Type::Text, QString(), "How the text begins"),
        option("question", OptionInfo::Type::Text, QString(),
            "What is asked about the sample, for models that answer; empty: the sample's own text"),
        option("language", OptionInfo::Type::Text, QString(),
            "Code of the language that is spoken, for models that know several; empty: found out from the sound"),
        choice("task", { QStringLiteral("transcribe"), QStringLiteral("translate") },
            "What is written about a sound: its own words, or English ones") };
}

Passage writeAbout(
    Model& model, const Sample& sample, const QJsonObject& options, bool traces, Progress& progress)
{
    Writer& writer = model.writer();
    Passage passage;
    passage.source = writer.source();
    if (!sample.has(passage.source)) {
        throw Error(Tr::tr("\"%1\" has no %2, which is what this model writes about.")
                        .arg(sample.title(), modalityTitle(passage.source)));
    }
    std::map<Modality, EncoderInput> inputs;
    inputs[passage.source] = model.prepare(passage.source, { sample });
    if (writer.takesQuestion()) {
        passage.question = questionOf(sample, options);
        inputs[Modality::Text] = model.prepare(Modality::Text, { typed(passage.question) });
    }
    return writeOver(model, inputs, std::move(passage), options, traces, progress);
}

Passage writeOver(Model& model, const std::map<Modality, EncoderInput>& inputs, Passage passage,
    const QJsonObject& options, bool traces, Progress& progress)
{
    Writer& writer = model.writer();
    progress.report(0, 1, Tr::tr("Encoding"));
    passage.memory = writer.read(inputs, { .attention = traces });
    if (passage.memory.modality == Modality::Text && writer.takesQuestion()) {
        const at::Tensor ids = inputs.at(Modality::Text).ids[0].contiguous();
        for (int64_t i = 0; i < ids.numel(); ++i)
            passage.questionTokens.append(model.tokenizer().token(ids.data_ptr<int64_t>()[i]));
    }
    size_t plainStart = 0;
    const WritingRules rules = rulesFor(model, writer, passage.memory, options, plainStart);
    passage.written = write(writer.decoder(), passage.memory, rules, progress);
    spell(passage, rules, plainStart, model.tokenizer());
    if (traces)
        passage.traced = trace(writer.decoder(), passage.memory, passage.written);
    return passage;
}

std::array<int, 2> gridOf(const Memory& memory)
{
    const bool through = !memory.looked.empty();
    const TokenLayout& layout = through ? memory.source : memory.layout;
    const int64_t positions = through ? memory.looked.front().size(-1) : memory.states.size(1);
    if (int64_t(layout.special) + int64_t(layout.gridRows) * layout.gridColumns == positions)
        return { layout.gridRows, layout.gridColumns };
    return { 1, int(positions) - layout.special };
}

at::Tensor overCells(const Memory& memory, const at::Tensor& cross)
{
    const auto grid = gridOf(memory);
    const int64_t cells = int64_t(grid[0]) * grid[1];
    if (memory.looked.empty())
        return cross.narrow(-1, memory.layout.special, cells);
    // Which heads of the question's layers belong to which of the answer's is not defined: their mean.
    const at::Tensor looked = at::stack(memory.looked).select(1, 0).mean(at::IntArrayRef { 0, 1 }); // [Sq,P]
    return at::matmul(cross, looked.narrow(-1, memory.source.special, cells));
}

QJsonObject passageFacts(Model& model, const Sample& sample, const Passage& passage)
{
    QJsonArray ids;
    for (const qint64 id : passage.written.ids)
        ids.append(id);
    QJsonArray probabilities;
    for (const double one : passage.traced.probabilities)
        probabilities.append(one);
    const auto grid = gridOf(passage.memory);
    QJsonObject facts { { QStringLiteral("model"), model.path() }, { QStringLiteral("modelHash"), model.hash() },
        { QStringLiteral("task"), model.writer().task() }, { QStringLiteral("modality"), modalityName(passage.source) },
        { QStringLiteral("id"), sample.id }, { QStringLiteral("text"), passage.text },
        { QStringLiteral("tokens"), QJsonArray::fromStringList(passage.pieces) },
        { QStringLiteral("ids"), ids }, { QStringLiteral("begin"), passage.written.begin },
        { QStringLiteral("score"), passage.written.score }, { QStringLiteral("probabilities"), probabilities },
        { QStringLiteral("grid"), QJsonArray { grid[0], grid[1] } } };
    if (!passage.question.isEmpty()) {
        facts[u"question"] = passage.question;
        facts[u"question_tokens"] = QJsonArray::fromStringList(passage.questionTokens);
    }
    if (passage.source == Modality::Image) {
        const auto [left, top, width, height] = model.region(sample);
        facts[u"region"] = QJsonArray { left, top, width, height };
    }
    if (passage.source == Modality::Audio) {
        const QJsonObject tower = model.info().value(u"towers").toObject().value(u"audio").toObject();
        for (const char* name : { "seconds", "hz" }) {
            if (tower.contains(QLatin1String(name)))
                facts[QLatin1String(name)] = tower.value(QLatin1String(name));
        }
        facts[u"start"] = model.soundStart(sample);
    }
    return facts;
}

} // namespace triptych::models
