#include "core/engine/training/TextTeacher.h"

#include "core/engine/training/Bpe.h"
#include "core/engine/training/MiniData.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

    constexpr int kShortest = 3;
    constexpr int kLongest = 5;
    constexpr float kNameWeight = 2;     // a caption says more than one keyword
    constexpr float kCategoryWeight = 3;
    constexpr double kLeastSquare = 1e-5; // similarities are summed in float

    /// Languages with letters, in which related words share parts, within one and across several.
    const QStringList& teacherLanguages()
    {
        static const QStringList languages = QStringLiteral("en fr es it pt ca ro de nl sv ru bg el").split(u' ');
        return languages;
    }

    void addParts(const QString& text, float weight, QHash<QString, float>& counts)
    {
        for (const QString& word : captionWords(text)) {
            const QString marked = u'<' + word + u'>';
            counts[marked] += weight;
            for (int length = kShortest; length <= kLongest; ++length) {
                for (qsizetype start = 0; start + length <= marked.size(); ++start)
                    counts[marked.mid(start, length)] += weight;
            }
        }
    }

    QHash<QString, float> partsOf(const MiniConcept& item)
    {
        QHash<QString, float> counts;
        for (const QString& language : teacherLanguages()) {
            addParts(item.captions.value(language), kNameWeight, counts);
            for (const QString& keyword : item.keywords.value(language))
                addParts(keyword, 1, counts);
        }
        counts[u'\t' + item.fold] += kCategoryWeight; // no text has a tab
        return counts;
    }

    at::Tensor unitRows(const at::Tensor& rows)
    {
        const at::Tensor norms = rows.norm(2, { 1 }, true);
        return rows / norms.masked_fill(norms < 1e-6, 1);
    }

}

TextTeacher::TextTeacher(const std::vector<const MiniConcept*>& seen, int dim)
    : m_documents(int(seen.size()))
{
    std::vector<Parts> documents;
    QHash<QString, int> spread;
    for (const MiniConcept* item : seen) {
        documents.push_back(partsOf(*item));
        for (auto it = documents.back().cbegin(); it != documents.back().cend(); ++it)
            ++spread[it.key()];
    }
    QStringList known;
    for (auto it = spread.cbegin(); it != spread.cend(); ++it) {
        if (it.value() > 1)
            known << it.key();
    }
    known.sort(); // a hash has another order in every process
    for (const QString& part : known) {
        m_ids.insert(part, int(m_ids.size()));
        m_rarity.push_back(std::log(float(m_documents) / float(spread[part])));
    }
    m_entries.resize(m_rarity.size());
    for (int document = 0; document < m_documents; ++document) {
        for (const auto& [part, weight] : weigh(documents[size_t(document)]))
            m_entries[size_t(part)].push_back({ document, weight });
    }

    std::vector<at::Tensor> rows;
    for (const Parts& document : documents)
        rows.push_back(similarities(weigh(document)));
    const auto [values, vectors] = at::linalg_eigh(at::stack(rows).to(at::kDouble));
    // With the parts' matrix M = U S Vᵀ, MMᵀ = U S² Uᵀ: documents lie at U S, a text t at t V = t Mᵀ U S⁻¹.
    const int kept = std::min(dim, m_documents);
    const at::Tensor squares = values.narrow(0, m_documents - kept, kept).flip({ 0 });
    const at::Tensor axes = vectors.narrow(1, m_documents - kept, kept).flip({ 1 })
        * (squares > kLeastSquare).to(at::kDouble); // equal documents: rounding is no direction
    const at::Tensor sizes = at::sqrt(at::clamp_min(squares, kLeastSquare));
    const auto padded = [&](const at::Tensor& given) { return at::constant_pad_nd(given.to(at::kFloat), { 0, dim - kept }); };
    const at::Tensor placed = unitRows(padded(axes * sizes));
    m_mean = placed.mean(0, true);
    m_centres = unitRows(placed - m_mean);
    m_project = padded(axes / sizes);
}

std::vector<std::pair<int, float>> TextTeacher::weigh(const Parts& counts) const
{
    std::vector<std::pair<int, float>> parts;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (const int id = m_ids.value(it.key(), -1); id >= 0)
            parts.emplace_back(id, (1 + std::log(it.value())) * m_rarity[size_t(id)]);
    }
    std::sort(parts.begin(), parts.end());
    float square = 0;
    for (const auto& [id, weight] : parts)
        square += weight * weight;
    for (auto& [id, weight] : parts)
        weight /= std::max(std::sqrt(square), 1e-6f);
    return parts;
}

at::Tensor TextTeacher::similarities(const std::vector<std::pair<int, float>>& parts) const
{
    at::Tensor row = at::zeros({ m_documents });
    float* sums = row.data_ptr<float>();
    for (const auto& [part, weight] : parts) {
        for (const Entry& entry : m_entries[size_t(part)])
            sums[entry.document] += weight * entry.weight;
    }
    return row;
}

at::Tensor TextTeacher::place(const QStringList& texts) const
{
    std::vector<at::Tensor> rows;
    for (const QString& text : texts) {
        Parts counts;
        addParts(text, 1, counts);
        rows.push_back(similarities(weigh(counts)));
    }
    if (rows.empty())
        return at::zeros({ 0, m_project.size(1) });
    const at::Tensor placed = unitRows(at::matmul(at::stack(rows), m_project));
    const at::Tensor known = placed.abs().sum(1, true).gt(0).to(at::kFloat);
    return unitRows((placed - m_mean) * known);
}

} // namespace triptych
