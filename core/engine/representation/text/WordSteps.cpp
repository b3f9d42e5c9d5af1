#include "core/engine/representation/text/WordSteps.h"

#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/learning/Steps.h"
#include "core/engine/representation/text/Corpus.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>
#include <algorithm>
#include <set>

namespace triptych::words {

namespace {

constexpr int rowsShown = 40; ///< of the learned matrix

const StepAxis dimensionAxis { QT_TRANSLATE_NOOP("Step", "dimension"), "", 0, 1 };
const StepAxis wordAxis { QT_TRANSLATE_NOOP("Step", "word"), "", 0, 1 };

at::Tensor indices(const std::vector<int>& numbers)
{
    const std::vector<int64_t> wide(numbers.begin(), numbers.end());
    return at::tensor(wide, at::TensorOptions(at::kLong));
}

at::Tensor floats(const std::vector<double>& values)
{
    return at::tensor(values, at::TensorOptions(at::kDouble)).to(at::kFloat);
}

QStringList namesOf(const WordTable& table, const std::vector<int>& numbers)
{
    QStringList names;
    for (const int number : numbers)
        names.append(table.words()[number]);
    return names;
}

QString shown(double value) { return QString::number(value, 'f', 2); }

/// The words of the text, then the most frequent ones, in the order of the table.
std::vector<int> shownRows(const WordTable& table, const std::vector<int>& words)
{
    std::set<int> rows(words.begin(), words.end());
    for (int i = 0; i < table.words().size() && int(rows.size()) < rowsShown; ++i)
        rows.insert(i);
    return { rows.begin(), rows.end() };
}

void addWords(Steps& steps, const WordTable& table, const QStringList& inText, const std::vector<int>& words)
{
    std::vector<double> counts;
    qsizetype unknown = 0;
    for (const int word : words) {
        counts.push_back(double(table.count(word)));
        unknown += word == 0 ? 1 : 0;
    }
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Words"), inText, floats(counts))
        .about(QT_TRANSLATE_NOOP("Step", "Small letters, runs of letters and digits. The colour is how often the corpus has "
                                         "the word; %1 of %2 it does not have: they are read as [UNK]."),
            { QString::number(unknown), QString::number(words.size()) });
}

/// x, W and xW; says how far the product and the looked-up rows are apart.
void addTransformation(Steps& steps, const WordTable& table, const QStringList& inText, const std::vector<int>& words)
{
    const at::Tensor places = indices(words);
    const auto size = int64_t(table.words().size());
    const at::Tensor ones = at::zeros({ int64_t(words.size()), size }, at::kFloat).scatter(1, places.unsqueeze(1), 1);
    const std::vector<int> rows = shownRows(table, words);
    const QString count = QString::number(size);
    const QString width = QString::number(table.vectors().size(1));
    steps.heat(QT_TRANSLATE_NOOP("Step", "One-hot x"), ones.index_select(1, indices(rows)))
        .named(inText)
        .axes({ QT_TRANSLATE_NOOP("Step", "column, of those shown"), "", 0, 1 }, wordAxis)
        .about(QT_TRANSLATE_NOOP("Step", "Each word is a 1 in one of %1 columns; the %2 shown are those of the text and the most "
                                         "frequent."), { count, QString::number(rows.size()) });
    steps.heat(QT_TRANSLATE_NOOP("Step", "Learned matrix W"), table.vectors().index_select(0, indices(rows)))
        .named(namesOf(table, rows))
        .axes(dimensionAxis, wordAxis)
        .aroundZero()
        .about(QT_TRANSLATE_NOOP("Step", "%1 words × %2 numbers, all of them learned: a row is a word's vector. Training moved "
                                         "rows of words that stand in like surroundings towards each other."), { count, width });
    const at::Tensor product = at::matmul(ones, table.vectors());
    const at::Tensor looked = table.vectors().index_select(0, places);
    const double apart = (product - looked).abs().max().item<double>();
    steps.heat(QT_TRANSLATE_NOOP("Step", "x · W"), looked)
        .named(inText)
        .axes(dimensionAxis, wordAxis)
        .aroundZero()
        .about(QT_TRANSLATE_NOOP("Step", "The 1 picks its row. Multiplied out and looked up, the numbers differ by %1 at most."),
            { QString::number(apart) });
}

/// Each word's nearest three in one list.
void addNearOfAll(Steps& steps, const WordTable& table, const std::vector<int>& words)
{
    constexpr int each = 3;
    QStringList lines;
    std::vector<double> nearest;
    std::set<int> done { 0 };
    for (const int word : words) {
        if (!done.insert(word).second)
            continue;
        QStringList names;
        const auto near = table.nearest(table.vectors().select(0, word), each, { word });
        for (const WordTable::Near& other : near)
            names.append(table.words()[other.word] + u' ' + shown(other.cosine));
        lines.append(table.words()[word] + QStringLiteral(": ") + names.join(QStringLiteral(", ")));
        nearest.push_back(near.empty() ? 0 : near.front().cosine);
    }
    if (lines.isEmpty())
        return;
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Neighbours of each word"), lines, floats(nearest))
        .about(QT_TRANSLATE_NOOP("Step", "The words whose vectors point most nearly the same way, with the cosine: 1 is the same "
                                         "direction, 0 none in common."));
}

int wordToLookAt(const WordTable& table, const std::vector<int>& words, const QString& asked)
{
    const QStringList asWords = wordsIn(asked);
    if (!asWords.isEmpty())
        return table.numberOf(asWords.front());
    return words.empty() ? 0 : *std::max_element(words.begin(), words.end()); // the order is by falling count
}

void addNear(Steps& steps, const WordTable& table, const std::vector<int>& words, const WordStepOptions& options)
{
    const int word = wordToLookAt(table, words, options.word);
    if (word == 0) {
        steps.text(QT_TRANSLATE_NOOP("Step", "Neighbours"), options.word.isEmpty() ? QStringLiteral("[UNK]") : options.word)
            .about(QT_TRANSLATE_NOOP("Step", "This word is not among the %1 that were learned; choose another one to see its "
                                             "neighbours."), { QString::number(table.words().size() - 1) });
        return;
    }
    const at::Tensor vector = table.vectors().select(0, word);
    const auto near = table.nearest(vector, options.near, { word });
    std::vector<double> cosines;
    std::vector<int> shownWords { word };
    std::vector<std::pair<int, int>> links;
    for (const WordTable::Near& other : near) {
        cosines.push_back(other.cosine);
        links.emplace_back(0, int(shownWords.size()));
        shownWords.push_back(other.word);
    }
    const QStringList names = namesOf(table, shownWords);
    const QStringList args { names.front(), QString::number(table.count(word)), QString::number(table.words().size() - 1) };
    steps.bars(QT_TRANSLATE_NOOP("Step", "Neighbours of %1"), floats(cosines), names.mid(1))
        .about(QT_TRANSLATE_NOOP("Step", "%1 was seen %2 times. The largest cosines among %3 words: nobody told the net what "
                                         "belongs together, it follows from which words stand near which."), args);
    if (shownWords.size() < 3)
        return;
    SilentProgress progress;
    const at::Tensor rows = table.vectors().index_select(0, indices(shownWords));
    steps.points(QT_TRANSLATE_NOOP("Step", "%1 and its neighbours in two dimensions"),
             analysis::principalAxes(rows, 2, progress).coords, names)
        .linked(links)
        .axes({ QT_TRANSLATE_NOOP("Step", "first principal axis"), "", 0, 1 },
            { QT_TRANSLATE_NOOP("Step", "second principal axis"), "", 0, 1 })
        .about(QT_TRANSLATE_NOOP("Step", "The plane along which these vectors differ most (PCA). Distances off the plane are not "
                                         "seen, so the list above is what counts."), args);
}

void addAnalogy(Steps& steps, const WordTable& table, const WordStepOptions& options)
{
    const auto terms = signedWords(options.analogy);
    if (terms.empty())
        return;
    at::Tensor sum = at::zeros({ table.vectors().size(1) }, at::kFloat);
    std::vector<int> without;
    QStringList unknown;
    for (const auto& [sign, word] : terms) {
        const int number = table.numberOf(word);
        if (number == 0) {
            unknown.append(word);
            continue;
        }
        const at::Tensor vector = table.vectors().select(0, number);
        sum += vector / vector.norm().clamp_min(1e-12) * sign; // as Mikolov et al. and Levy and Goldberg 2014 do
        without.push_back(number);
    }
    if (!unknown.isEmpty()) {
        steps.text(QT_TRANSLATE_NOOP("Step", "Analogy"), options.analogy)
            .about(QT_TRANSLATE_NOOP("Step", "Not among the words that were learned: %1."), { unknown.join(QStringLiteral(", ")) });
        return;
    }
    QStringList names;
    std::vector<double> cosines;
    for (const WordTable::Near& other : table.nearest(sum, options.near, without)) {
        names.append(table.words()[other.word]);
        cosines.push_back(other.cosine);
    }
    steps.bars(QT_TRANSLATE_NOOP("Step", "%1 ="), floats(cosines), names)
        .about(QT_TRANSLATE_NOOP("Step", "Vectors of length 1 added and taken away, and the words nearest to the result; those of "
                                         "the question are left out. A small corpus answers few such questions."),
            { options.analogy.simplified() });
}

const char* aboutVector(WordPooling pooling)
{
    switch (pooling) {
    case WordPooling::Mean:
        return QT_TRANSLATE_NOOP("Step", "The mean of the rows of %1 words. Their order is lost.");
    case WordPooling::Sum:
        return QT_TRANSLATE_NOOP("Step", "The sum of the rows of %1 words: a longer text gives a longer vector. Order is lost.");
    case WordPooling::Inverse:
        return QT_TRANSLATE_NOOP("Step", "The mean of the rows of %1 words, each weighted by its inverse document frequency, so "
                                         "that words of every text count less. Order is lost.");
    }
    Q_UNREACHABLE();
}

} // namespace

WeighedWords weighedWords(const WordTable& table, const std::vector<int>& words, const WordPoolingOptions& options)
{
    WeighedWords weighed;
    for (const int word : words) {
        if (word != 0 || !options.skipsUnknown)
            weighed.words.push_back(word);
    }
    if (weighed.words.empty())
        weighed.words.push_back(0);
    double sum = 0;
    for (const int word : weighed.words) {
        weighed.weights.push_back(options.pooling == WordPooling::Inverse ? table.inverseFrequency(word) : 1);
        sum += weighed.weights.back();
    }
    for (double& weight : weighed.weights)
        weight /= options.pooling == WordPooling::Sum ? 1 : sum;
    return weighed;
}

at::Tensor textVector(const WordTable& table, const WeighedWords& weighed)
{
    return at::matmul(floats(weighed.weights), table.vectors().index_select(0, indices(weighed.words)));
}

void addWordSteps(Value& value, const WordTable& table, const QString& text, const WordStepOptions& options)
{
    const QStringList inText = wordsIn(text);
    const std::vector<int> words = table.numbersOf(inText);
    const WeighedWords weighed = weighedWords(table, words, options.pooling);
    Steps steps;
    steps.text(QT_TRANSLATE_NOOP("Step", "Text"), text)
        .about(QT_TRANSLATE_NOOP("Step", "The raw signal: the text as it was written, characters in a row."));
    if (!words.empty()) {
        addWords(steps, table, inText, words);
        addTransformation(steps, table, inText, words);
        addNearOfAll(steps, table, words);
    }
    addNear(steps, table, words, options);
    addAnalogy(steps, table, options);
    if (options.pooling.pooling == WordPooling::Inverse) {
        steps.bars(QT_TRANSLATE_NOOP("Step", "Weights of the words"), floats(weighed.weights), namesOf(table, weighed.words))
            .about(QT_TRANSLATE_NOOP("Step", "ln((1 + n)/(1 + df)) + 1 over the n texts of the corpus, df of which have the word; "
                                             "divided by their sum."));
    }
    steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), textVector(table, weighed))
        .axes(dimensionAxis)
        .about(aboutVector(options.pooling.pooling), { QString::number(weighed.words.size()) });
    steps.writeTo(value);
}

} // namespace triptych::words
