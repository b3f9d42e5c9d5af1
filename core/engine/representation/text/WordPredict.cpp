#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordFit.h"
#include "core/engine/representation/text/WordPredictions.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

// train.skipgram and train.cbow: one loop on plain floats, a word at a time, as the field does it.

namespace triptych::representation {

namespace {

constexpr int tokensPerReport = 2000;
constexpr double lowestShare = 1e-4; ///< of the rate, at the end

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

using words::NegativeSampling;

struct PredictOptions {
    bool isCbow = false;
    int window = 5;
    int negatives = 5;
    int epochs = 20;
    double rate = 0.1;
    double sample = 1e-3; ///< t of the subsampling; 0 = none
    quint64 seed = 0;
};

/// Goes through texts and predicts.
class Predictor {
public:
    Predictor(words::WordFit& fit, const PredictOptions& options)
        : m_fit(fit)
        , m_options(options)
        , m_draw(fit.corpus().counts, 0.75)
        , m_model(fit.words(), fit.contexts(), fit.width())
        , m_random(options.seed)
    {
        const auto tokens = double(fit.corpus().tokens());
        m_total = tokens * options.epochs;
        for (const qint64 count : fit.corpus().counts) {
            const double ratio = count > 0 && options.sample > 0 ? options.sample * tokens / double(count) : 1;
            m_keep.push_back(std::min(1.0, std::sqrt(ratio) + ratio)); // as word2vec's code keeps words
        }
        for (size_t i = 0; i < fit.corpus().texts.size(); ++i)
            m_order.push_back(i);
    }

    void epoch(Progress& progress)
    {
        m_fit.startEpoch();
        for (size_t i = m_order.size(); i > 1; --i)
            std::swap(m_order[i - 1], m_order[size_t(words::below(m_random, int(i)))]);
        m_sum = 0;
        m_count = 0;
        for (const size_t index : m_order) {
            const std::vector<int>& text = m_fit.corpus().texts[index];
            if (m_sinceReport += int(text.size()); m_sinceReport >= tokensPerReport || m_done == 0) {
                m_sinceReport = 0;
                progress.report(qint64(m_done), qint64(m_total), Tr::tr("training"));
            }
            const auto rate = float(m_options.rate * std::max(1 - m_done / m_total, lowestShare));
            readText(kept(text), true, rate, m_random);
            m_done += double(text.size());
        }
        const double loss = m_count > 0 ? m_sum / double(m_count) : 0;
        m_fit.finishEpoch(loss, validationLoss());
    }

private:
    std::vector<int> kept(const std::vector<int>& text)
    {
        std::vector<int> rest;
        for (const int word : text) {
            if (words::real(m_random) < m_keep[size_t(word)])
                rest.push_back(word);
        }
        return rest;
    }

    /// `narrows`: each word's window is drawn from 1 to the whole, so that nearer words count more.
    void readText(const std::vector<int>& text, bool narrows, float rate, std::mt19937_64& random)
    {
        std::vector<int> around;
        for (int place = 0; place < int(text.size()); ++place) {
            const int reach = narrows ? 1 + words::below(random, m_options.window) : m_options.window;
            around.clear();
            for (int near = std::max(0, place - reach); near <= std::min(int(text.size()) - 1, place + reach); ++near) {
                if (near != place)
                    around.push_back(text[size_t(near)]);
            }
            predict(text[size_t(place)], around, rate, random);
        }
    }

    void predict(int word, const std::vector<int>& around, float rate, std::mt19937_64& random)
    {
        if (m_options.isCbow) {
            if (!around.empty())
                add(m_model.cbow(around, word, negativesFor(word, random), rate));
            return;
        }
        for (const int near : around)
            add(m_model.skipGram(word, near, negativesFor(near, random), rate));
    }

    const std::vector<int>& negativesFor(int right, std::mt19937_64& random)
    {
        m_negatives.clear();
        for (int i = 0; i < m_options.negatives; ++i) {
            const int drawn = m_draw(random);
            if (drawn != right) // as word2vec's code: one less in that case
                m_negatives.push_back(drawn);
        }
        return m_negatives;
    }

    void add(float loss)
    {
        m_sum += double(loss);
        ++m_count;
    }

    /// On texts that were not learned from, with the same draws each time.
    std::optional<double> validationLoss()
    {
        m_sum = 0;
        m_count = 0;
        std::mt19937_64 random(m_options.seed + 1);
        for (const std::vector<int>& text : m_fit.validation()) {
            std::vector<int> known;
            for (const int word : text) {
                if (m_fit.corpus().counts[size_t(word)] > 0)
                    known.push_back(word);
            }
            readText(known, false, 0, random); // at rate 0 nothing moves
        }
        return m_count > 0 ? std::optional(m_sum / double(m_count)) : std::nullopt;
    }

    words::WordFit& m_fit;
    PredictOptions m_options;
    words::WordDraw m_draw;
    NegativeSampling<float> m_model;
    std::mt19937_64 m_random;
    std::vector<double> m_keep;
    std::vector<size_t> m_order;
    std::vector<int> m_negatives;
    double m_total = 0;
    double m_done = 0;
    int m_sinceReport = 0;
    double m_sum = 0;
    qint64 m_count = 0;
};

Value train(bool isCbow, const QString& method, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 0, Tr::tr("vocabulary"));
    words::WordFit fit(method, options, inputs, progress, false);
    PredictOptions predict;
    predict.isCbow = isCbow;
    predict.window = options[u"window"].toInt();
    predict.negatives = options[u"negatives"].toInt();
    predict.epochs = options[u"epochs"].toInt();
    predict.rate = options[u"rate"].toDouble();
    predict.sample = options[u"sample"].toDouble();
    predict.seed = quint64(options[u"seed"].toInteger());
    Predictor predictor(fit, predict);
    for (int epoch = 0; epoch < predict.epochs; ++epoch)
        predictor.epoch(progress);
    return fit.value();
}

Value trainSkipGram(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return train(false, QStringLiteral("train.skipgram"), options, inputs, progress);
}

Value trainCbow(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    return train(true, QStringLiteral("train.cbow"), options, inputs, progress);
}

// word2vec's rates of .025 and .05 are for billions of words. On the 13,000 of captions and keywords
// they leave the vectors where they began; four or five times as much learns them in 20 epochs.
QList<OptionInfo> predictOptionLines(double rate)
{
    return words::wordOptionLines(20, rate)
        + QList<OptionInfo> { option::integer("negatives", 5, 1, 1000, "Words drawn by frequency^.75 that a right one is told from"),
              option::real("sample", 1e-3, 0, 1, "Words more frequent than this share are left out at random; 0 = none is") };
}

} // namespace

Method skipGramTrainer()
{
    return { { QStringLiteral("train.skipgram"), QStringLiteral("training"), QStringLiteral("Skip-gram"), predictOptionLines(0.1),
                 QStringLiteral("Mikolov et al. 2013 (skip-gram with negative sampling)"), { QStringLiteral("samples") }, false },
        trainSkipGram };
}

Method cbowTrainer()
{
    return { { QStringLiteral("train.cbow"), QStringLiteral("training"), QStringLiteral("CBOW"), predictOptionLines(0.25),
                 QStringLiteral("Mikolov et al. 2013 (continuous bag of words with negative sampling)"),
                 { QStringLiteral("samples") }, false },
        trainCbow };
}

} // namespace triptych::representation
