#include "core/engine/representation/text/MaskedPieces.h"

#include "core/engine/representation/text/WordPieces.h"

#include <ATen/Functions.h>
#include <algorithm>
#include <cmath>

namespace triptych::bert {

namespace {

bool isHideable(int64_t piece) { return piece >= wordPieceSpecials; }

at::Tensor numbers(const std::vector<int64_t>& values) { return at::tensor(values, at::TensorOptions(at::kLong)); }

} // namespace

bool canBeMasked(const Pieces& text) { return std::any_of(text.begin(), text.end(), isHideable); }

MaskedBatch masked(const std::vector<const Pieces*>& texts, const MaskRules& rules, Chance& chance)
{
    size_t longest = 0;
    for (const Pieces* text : texts)
        longest = std::max(longest, text->size());
    const auto count = int64_t(texts.size());
    const auto width = int64_t(longest);
    MaskedBatch batch;
    batch.input.ids = at::zeros({ count, width }, at::TensorOptions(at::kLong)); // [PAD]
    batch.input.mask = at::zeros_like(batch.input.ids);
    const at::Tensor order = chance.uniform({ count, width });
    const at::Tensor fate = chance.uniform({ count, width });
    const at::Tensor others = chance.integers(wordPieceSpecials, rules.vocabulary, { count, width });
    std::vector<int64_t> places;
    std::vector<int64_t> targets;
    for (int64_t row = 0; row < count; ++row) {
        const Pieces& text = *texts[size_t(row)];
        const int64_t first = row * width;
        int64_t* ids = batch.input.ids.data_ptr<int64_t>() + first;
        std::copy(text.begin(), text.end(), ids);
        std::fill_n(batch.input.mask.data_ptr<int64_t>() + first, text.size(), 1);
        std::vector<int64_t> hideable;
        for (int64_t i = 0; i < int64_t(text.size()); ++i) {
            if (isHideable(text[size_t(i)]))
                hideable.push_back(i);
        }
        const float* drawn = order.data_ptr<float>() + first;
        std::sort(hideable.begin(), hideable.end(), [drawn](int64_t a, int64_t b) { return drawn[a] < drawn[b]; });
        hideable.resize(std::min(hideable.size(), std::max<size_t>(1, size_t(std::lround(rules.share * double(hideable.size()))))));
        for (const int64_t place : hideable) {
            places.push_back(first + place);
            targets.push_back(ids[place]);
            const double what = double(fate.data_ptr<float>()[first + place]);
            if (what < rules.hidden)
                ids[place] = maskPiece;
            else if (what < rules.hidden + rules.swapped)
                ids[place] = others.data_ptr<int64_t>()[first + place];
        }
    }
    batch.places = numbers(places);
    batch.targets = numbers(targets);
    return batch;
}

} // namespace triptych::bert
