#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordFit.h"
#include "core/engine/representation/text/WordPredictions.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace triptych::representation {

namespace {

constexpr size_t pairsPerReport = 20'000;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// How often two words stand near each other; near by n places counts 1/n.
struct Pair {
    int word = 0;
    int near = 0;
    float count = 0;
};

std::vector<Pair> pairsOf(const words::WordCorpus& corpus, int window, Progress& progress)
{
    std::unordered_map<quint64, double> counts;
    const auto size = quint64(corpus.size());
    for (size_t t = 0; t < corpus.texts.size(); ++t) {
        if (t % 500 == 0)
            progress.report(qint64(t), qint64(corpus.texts.size()), Tr::tr("counting"));
        const std::vector<int>& text = corpus.texts[t];
        for (size_t i = 0; i < text.size(); ++i) {
            for (size_t j = i > size_t(window) ? i - size_t(window) : 0; j < i; ++j) {
                counts[quint64(text[i]) * size + quint64(text[j])] += 1.0 / double(i - j);
                counts[quint64(text[j]) * size + quint64(text[i])] += 1.0 / double(i - j);
            }
        }
    }
    std::vector<Pair> pairs;
    for (const auto& [key, count] : counts)
        pairs.push_back({ int(key / size), int(key % size), float(count) });
    std::sort(pairs.begin(), pairs.end(), // a hash table has no order of its own
        [](const Pair& a, const Pair& b) { return a.word != b.word ? a.word < b.word : a.near < b.near; });
    return pairs;
}

/// AdaGrad (Duchi et al. 2011) on two tables and their biases.
class Descent {
public:
    Descent(words::WordFit& fit, const QJsonObject& options)
        : m_fit(fit)
        , m_width(fit.width())
        , m_most(float(options[u"x_max"].toDouble()))
        , m_power(float(options[u"power"].toDouble()))
        , m_rate(float(options[u"rate"].toDouble()))
    {
        const double bound = 0.5 / m_width;
        const int64_t size = fit.corpus().size();
        m_wordBias = fit.parameters().uniform("word_bias", { size }, bound);
        m_nearBias = fit.parameters().uniform("context_bias", { size }, bound);
        for (std::vector<float>* squares : { &m_wordSquares, &m_nearSquares })
            squares->assign(size_t(size) * size_t(m_width), 1);
        m_wordBiasSquares.assign(size_t(size), 1);
        m_nearBiasSquares.assign(size_t(size), 1);
    }

    double step(const Pair& pair)
    {
        const size_t w = size_t(pair.word) * size_t(m_width);
        const size_t c = size_t(pair.near) * size_t(m_width);
        float* word = m_fit.words() + w;
        float* near = m_fit.contexts() + c;
        float& wordBias = m_wordBias.data_ptr<float>()[pair.word];
        float& nearBias = m_nearBias.data_ptr<float>()[pair.near];
        const auto at = words::GlovePair<float>::of(word, near, wordBias + nearBias, pair.count,
            words::gloveWeight(pair.count, m_most, m_power), m_width);
        for (int i = 0; i < m_width; ++i) {
            const float ofWord = at.slope * near[i];
            const float ofNear = at.slope * word[i];
            move(word[i], m_wordSquares[w + size_t(i)], ofWord);
            move(near[i], m_nearSquares[c + size_t(i)], ofNear);
        }
        move(wordBias, m_wordBiasSquares[size_t(pair.word)], at.slope);
        move(nearBias, m_nearBiasSquares[size_t(pair.near)], at.slope);
        return double(at.loss);
    }

private:
    void move(float& value, float& square, float gradient) const
    {
        value -= m_rate * gradient / std::sqrt(square);
        square += gradient * gradient;
    }

    words::WordFit& m_fit;
    int m_width;
    float m_most;
    float m_power;
    float m_rate;
    at::Tensor m_wordBias;
    at::Tensor m_nearBias;
    std::vector<float> m_wordSquares;
    std::vector<float> m_nearSquares;
    std::vector<float> m_wordBiasSquares;
    std::vector<float> m_nearBiasSquares;
};

Value train(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    progress.report(0, 0, Tr::tr("vocabulary"));
    words::WordFit fit(QStringLiteral("train.glove"), options, inputs, progress, true);
    std::vector<Pair> pairs = pairsOf(fit.corpus(), options[u"window"].toInt(), progress);
    Descent descent(fit, options);
    std::mt19937_64 random(quint64(options[u"seed"].toInteger()));
    const int epochs = options[u"epochs"].toInt();
    for (int epoch = 0; epoch < epochs; ++epoch) {
        fit.startEpoch();
        double sum = 0;
        for (size_t i = pairs.size(); i > 1; --i)
            std::swap(pairs[i - 1], pairs[size_t(words::below(random, int(i)))]);
        for (size_t i = 0; i < pairs.size(); ++i) {
            if (i % pairsPerReport == 0)
                progress.report(epoch * qint64(pairs.size()) + qint64(i), epochs * qint64(pairs.size()), Tr::tr("training"));
            sum += descent.step(pairs[i]);
        }
        fit.finishEpoch(pairs.empty() ? 0 : sum / double(pairs.size()));
    }
    Value value = fit.value();
    value.info[QStringLiteral("pairs")] = qint64(pairs.size());
    return value;
}

} // namespace

Method gloveTrainer()
{
    return { { QStringLiteral("train.glove"), QStringLiteral("training"), QStringLiteral("GloVe"),
                 words::wordOptionLines(50, 0.05)
                     + QList<OptionInfo> { option::real("x_max", 10, 1e-3, 1e9, "Pairs counted this often or more weigh 1 (the paper, on billions of words: 100)"),
                           option::real("power", 0.75, 0, 10, "Of count / x_max in the weight of rarer pairs") },
                 QStringLiteral("Pennington et al. 2014"), { QStringLiteral("samples") }, false },
        train };
}

} // namespace triptych::representation
