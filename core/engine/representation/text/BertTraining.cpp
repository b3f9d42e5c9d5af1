#include "core/engine/learning/Fit.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/text/Corpus.h"
#include "core/engine/representation/text/MaskedPieces.h"
#include "core/engine/representation/text/SmallBert.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordPieces.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

// train.bert: masked-language modelling on the captions. One text a sequence, so there is no next
// sentence to predict, and no pooler.

namespace triptych::representation {

namespace {

constexpr double validationShare = 0.1;
constexpr size_t measuredAtOnce = 128;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

using bert::Pieces;

/// The corpus in pieces.
struct BertTexts {
    QStringList vocabulary;
    std::vector<Pieces> train, validation, test;
    Rows rows;
};

std::vector<Pieces> piecesOf(const QStringList& texts, const Tokenizer& tokenizer, int maxTokens)
{
    std::vector<Pieces> all;
    if (texts.isEmpty())
        return all;
    TokenizeOptions how;
    how.padding = Padding::None;
    how.maxLength = maxTokens;
    for (const Tokens& tokens : tokenizer.encode(texts, {}, how)) {
        Pieces pieces(tokens.ids.begin(), tokens.ids.end());
        if (bert::canBeMasked(pieces))
            all.push_back(std::move(pieces));
    }
    return all;
}

BertTexts textsFor(const std::vector<Sample>& samples, const QJsonObject& options)
{
    BertTexts texts;
    texts.rows = rowsOf(samples, validationShare, quint64(options[u"seed"].toInteger()));
    const CorpusOptions corpus = corpusOptionsOf(options);
    const QStringList train = corpusTexts(samples, texts.rows.train, corpus);
    const auto words = bertWordCounts(train);
    if (words.size() < 2) {
        throw Error(Tr::tr("The texts of %1 samples hold %2 different words, and two are needed at least; give more texts, or "
                           "choose another language than \"%3\".")
                        .arg(texts.rows.train.size())
                        .arg(words.size())
                        .arg(corpus.language));
    }
    texts.vocabulary = learnWordPieces(words, options[u"pieces"].toInt());
    const int maxTokens = options[u"max_tokens"].toInt();
    QTemporaryDir folder;
    if (!folder.isValid())
        throw Error(Tr::tr("No temporary folder can be made: %1.").arg(folder.errorString()));
    bert::writeTokenizer(folder.path(), texts.vocabulary, maxTokens);
    const auto tokenizer = Tokenizer::open(folder.path());
    texts.train = piecesOf(train, *tokenizer, maxTokens);
    texts.validation = piecesOf(corpusTexts(samples, texts.rows.validation, corpus), *tokenizer, maxTokens);
    texts.test = piecesOf(corpusTexts(samples, texts.rows.test, corpus), *tokenizer, maxTokens);
    return texts;
}

/// Always the most frequent piece, or each by its frequency: what one knows without looking.
class Unigrams {
public:
    Unigrams(const std::vector<Pieces>& texts, int vocabulary)
        : m_counts(size_t(vocabulary), 1.0) // so that nothing is impossible
    {
        for (const Pieces& text : texts) {
            for (const int64_t piece : text)
                m_counts[size_t(piece)] += piece >= wordPieceSpecials ? 1 : 0;
        }
        for (size_t i = wordPieceSpecials; i < m_counts.size(); ++i) {
            m_total += m_counts[i];
            if (m_counts[i] > m_counts[m_best])
                m_best = i;
        }
    }
    bool hits(int64_t piece) const { return piece == int64_t(m_best); }
    double loss(int64_t piece) const { return std::log(m_total / m_counts[size_t(piece)]); }

private:
    std::vector<double> m_counts;
    double m_total = 0;
    size_t m_best = wordPieceSpecials;
};

/// Sums over masked pieces.
struct Guesses {
    double loss = 0, right = 0, unigramLoss = 0, unigramRight = 0;
    double count = 0;
};

class BertLearner final : public Learner {
public:
    BertLearner(const BertTexts& texts, const QJsonObject& options, at::Device device)
        : m_texts(texts)
        , m_options(options)
        , m_seed(quint64(options[u"seed"].toInteger()))
        , m_config(bert::configOf(options, int(texts.vocabulary.size())))
        , m_parameters(m_seed, device)
        , m_towers(bert::towersOf(m_config, m_parameters))
        , m_unigrams(texts.train, int(texts.vocabulary.size()))
    {
        m_rules.share = options[u"mask"].toDouble();
        m_rules.vocabulary = int(texts.vocabulary.size());
    }

    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return int64_t(m_texts.train.size()); }

    at::Tensor loss(const std::vector<int64_t>& rows, Chance& chance) override
    {
        std::vector<const Pieces*> chosen;
        for (const int64_t row : rows)
            chosen.push_back(&m_texts.train[size_t(row)]);
        const bert::MaskedBatch batch = bert::masked(chosen, m_rules, chance);
        return at::cross_entropy_loss(scores(batch, true), batch.targets.to(m_parameters.device()));
    }

    std::map<QString, double> validate() override
    {
        const Guesses guesses = guess(m_texts.validation, m_seed + 1);
        if (guesses.count == 0)
            return {};
        return { { QStringLiteral("loss"), guesses.loss / guesses.count }, { QStringLiteral("accuracy"), guesses.right / guesses.count } };
    }

    /// The same holes each time for the same seed.
    Guesses guess(const std::vector<Pieces>& texts, quint64 seed)
    {
        Chance chance(seed);
        Guesses sums;
        for (size_t first = 0; first < texts.size(); first += measuredAtOnce) {
            std::vector<const Pieces*> chosen;
            for (size_t i = first; i < std::min(first + measuredAtOnce, texts.size()); ++i)
                chosen.push_back(&texts[i]);
            const bert::MaskedBatch batch = bert::masked(chosen, m_rules, chance);
            const at::Tensor made = scores(batch, false).to(at::kCPU);
            sums.loss += at::cross_entropy_loss(made, batch.targets, {}, at::Reduction::Sum).item<double>();
            sums.right += made.argmax(1).eq(batch.targets).sum().item<double>();
            sums.count += double(batch.targets.numel());
            for (int64_t i = 0; i < batch.targets.numel(); ++i) {
                const int64_t piece = batch.targets.data_ptr<int64_t>()[i];
                sums.unigramLoss += m_unigrams.loss(piece);
                sums.unigramRight += m_unigrams.hits(piece) ? 1 : 0;
            }
        }
        return sums;
    }

    /// From which it can be applied.
    void describe(Value& value) override
    {
        value.info[QStringLiteral("vocabulary")] = QJsonArray::fromStringList(m_texts.vocabulary);
        value.info[QStringLiteral("config")] = m_config;
        value.info[QStringLiteral("language")] = m_options[u"language"];
        value.info[QStringLiteral("rows")] = QJsonObject { { QStringLiteral("train"), qint64(m_texts.rows.train.size()) },
            { QStringLiteral("validation"), qint64(m_texts.rows.validation.size()) },
            { QStringLiteral("test"), qint64(m_texts.rows.test.size()) } };
        value.info[QStringLiteral("split_hash")] = m_texts.rows.hash;
        value.info[QStringLiteral("corpus")] = QJsonObject { { QStringLiteral("texts"), qint64(m_texts.train.size()) },
            { QStringLiteral("validation_texts"), qint64(m_texts.validation.size()) },
            { QStringLiteral("test_texts"), qint64(m_texts.test.size()) } };
    }

private:
    /// Of the places to be guessed, over the vocabulary [K,V].
    at::Tensor scores(const bert::MaskedBatch& batch, bool gradients)
    {
        Wants wants;
        wants.hidden = true; // or there are no predictions
        wants.gradients = gradients;
        const EncoderOutput output = m_towers.encoder(Modality::Text).encode(batch.input, wants);
        const at::Tensor logits = output.more.at("prediction_logits");
        return logits.reshape({ -1, logits.size(2) }).index_select(0, batch.places.to(logits.device()));
    }

    const BertTexts& m_texts;
    QJsonObject m_options;
    quint64 m_seed;
    QJsonObject m_config;
    Parameters m_parameters;
    Towers m_towers;
    Unigrams m_unigrams;
    bert::MaskRules m_rules;
};

/// "SIDE_accuracy" … where there are texts of that side.
void addScores(QJsonObject& scores, const QString& side, const Guesses& guesses)
{
    if (guesses.count == 0)
        return;
    scores[side + QStringLiteral("_accuracy")] = guesses.right / guesses.count;
    scores[side + QStringLiteral("_loss")] = guesses.loss / guesses.count;
    scores[side + QStringLiteral("_unigram_accuracy")] = guesses.unigramRight / guesses.count;
    scores[side + QStringLiteral("_unigram_loss")] = guesses.unigramLoss / guesses.count;
    scores[side + QStringLiteral("_pieces")] = guesses.count;
}

Value train(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 0, Tr::tr("vocabulary"));
    const BertTexts texts = textsFor(inputs.samples, options);
    BertLearner learner(texts, options, at::Device(context.options.device.toStdString()));
    const FitReport report = fit(learner, fitOptionsOf(options), progress);
    Value value = fittedValue(QStringLiteral("train.bert"), options, learner.parameters(), report);
    learner.describe(value);
    const quint64 seed = quint64(options[u"seed"].toInteger());
    QJsonObject scores;
    addScores(scores, QStringLiteral("validation"), learner.guess(texts.validation, seed + 1));
    addScores(scores, QStringLiteral("test"), learner.guess(texts.test, seed + 2));
    value.info[QStringLiteral("scores")] = scores;
    if (const QString out = options[u"out"].toString(); !out.isEmpty()) {
        bert::writeFolder(out, value);
        value.info[QStringLiteral("folder")] = out;
    }
    return value;
}

QList<OptionInfo> optionLines()
{
    FitOptions fit;
    fit.epochs = 60;
    fit.batch = 32;
    fit.rate = 1e-3;
    fit.weightDecay = 0.01;
    fit.clip = 1;
    OptionInfo out = option::text("out", "", "Folder that the model is written to as a Hugging Face one too; empty = none");
    out.type = OptionInfo::Type::File;
    return QList<OptionInfo> { option::integer("layers", 2, 1, 48, "Layers"), option::integer("width", 128, 8, 4096, "Numbers a piece"),
               option::integer("heads", 2, 1, 64, "Attention heads"), option::integer("inner", 512, 8, 16384, "Width inside the perceptrons"),
               option::integer("pieces", 2000, 10, 1'000'000, "Pieces of the vocabulary that is learned from the texts"),
               option::integer("max_tokens", 48, 4, 4096, "Longest text in pieces; longer ones are cut"),
               option::real("mask", 0.15, 0.01, 0.9, "Share of the pieces that are to be guessed") }
    + corpusOptionLines() + QList<OptionInfo> { out } + fitOptionLines(fit);
}

} // namespace

Method bertTrainer()
{
    return { { QStringLiteral("train.bert"), QStringLiteral("training"), QStringLiteral("BERT"), optionLines(),
                 QStringLiteral("Devlin et al. 2019 (masked-language modelling)"), { QStringLiteral("samples") }, false },
        train };
}

} // namespace triptych::representation
