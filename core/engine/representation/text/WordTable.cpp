#include "core/engine/representation/text/WordTable.h"

#include "core/engine/representation/text/Corpus.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::words {

namespace {

at::Tensor tableOf(const Array& array, qint64 rows)
{
    if (array.type != ArrayType::Float32 || array.shape.size() != 2 || array.shape[0] != rows || array.shape[1] < 1) {
        throw Error(QCoreApplication::translate("representation",
            "What was kept does not fit together: its table does not have a row for each of its %1 words; train it again.")
                .arg(rows));
    }
    const std::vector<int64_t> shape { array.shape[0], array.shape[1] };
    return at::from_blob(const_cast<char*>(array.bytes.constData()), shape, at::TensorOptions(at::kFloat)).clone();
}

} // namespace

WordTable WordTable::of(const Value& fitted)
{
    WordTable table;
    table.m_words = fitted.strings(QStringLiteral("vocabulary"));
    table.m_language = fitted.info[u"language"].toString();
    const qint64 rows = table.m_words.size();
    table.m_vectors = tableOf(fitted.array(QStringLiteral("weights.words")), rows);
    if (fitted.info[u"method"].toString() == u"train.glove") // both tables mean the same there; their sum is the vector
        table.m_vectors += tableOf(fitted.array(QStringLiteral("weights.contexts")), rows);
    const std::span<const float> inverse = fitted.array(QStringLiteral("inverse")).floats();
    const std::span<const qint64> counts = fitted.array(QStringLiteral("counts")).integers();
    if (rows < 2 || qint64(inverse.size()) != rows || qint64(counts.size()) != rows) {
        throw Error(QCoreApplication::translate("representation",
            "What was kept does not fit together: %1 words, but %2 counts; train it again.").arg(rows).arg(counts.size()));
    }
    table.m_inverse.assign(inverse.begin(), inverse.end());
    table.m_counts.assign(counts.begin(), counts.end());
    table.m_unit = table.m_vectors / table.m_vectors.norm(2, { 1 }, true).clamp_min(1e-12);
    for (int i = 1; i < int(rows); ++i)
        table.m_numbers.insert(table.m_words[i], i);
    return table;
}

std::vector<int> WordTable::numbersOf(const QStringList& words) const
{
    std::vector<int> numbers;
    for (const QString& word : words)
        numbers.push_back(numberOf(word));
    return numbers;
}

std::vector<WordTable::Near> WordTable::nearest(const at::Tensor& vector, int count, const std::vector<int>& without) const
{
    at::Tensor cosines = at::mv(m_unit, vector) / vector.norm().clamp_min(1e-12);
    float* numbers = cosines.data_ptr<float>();
    constexpr float never = -2;
    numbers[0] = never;
    for (const int word : without)
        numbers[word] = never;
    std::vector<int> order;
    for (int i = 1; i < int(cosines.numel()); ++i) {
        if (numbers[i] > never)
            order.push_back(i);
    }
    const auto end = order.begin() + std::min<ptrdiff_t>(count, ptrdiff_t(order.size()));
    std::partial_sort(order.begin(), end, order.end(),
        [numbers](int a, int b) { return numbers[a] != numbers[b] ? numbers[a] > numbers[b] : a < b; });
    std::vector<Near> found;
    for (auto it = order.begin(); it != end; ++it)
        found.push_back({ *it, double(numbers[*it]) });
    return found;
}

std::vector<std::pair<int, QString>> signedWords(const QString& expression)
{
    QString spaced = expression;
    spaced.replace(u'+', QStringLiteral(" + ")).replace(u'\u2212', QStringLiteral(" - "));
    std::vector<std::pair<int, QString>> found;
    int sign = 1;
    for (const QString& part : spaced.simplified().split(u' ', Qt::SkipEmptyParts)) {
        if (part == u"+" || part == u"-") {
            sign = part == u"-" ? -1 : 1;
            continue;
        }
        const bool minus = part.startsWith(u'-');
        for (const QString& word : wordsIn(part))
            found.emplace_back(minus ? -sign : sign, word);
        sign = 1;
    }
    return found;
}

} // namespace triptych::words
