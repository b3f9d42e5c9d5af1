#pragma once

#include "core/values/Value.h"

#include <vector>

namespace triptych {

/// A map on a grid, row by row: what one layer and head (or one method) gives.
struct MapSlice {
    int rows = 0;
    int cols = 0;
    std::vector<float> values; ///< rows × cols

    bool isEmpty() const { return values.empty(); }
    float at(int row, int col) const { return values[size_t(row * cols + col)]; }
    float minimum() const;
    float maximum() const;
};

/// Reads the values of `attend.*` for drawing. Plain arithmetic on what the engine gave; every
/// function takes a head of -1 as the mean over heads. Throws Error when an array is missing.
namespace attention {

/// Whether `maps` is a whole value of attend.maps: grid, layers and heads agree. A value from a
/// damaged workspace may not be.
bool areMaps(const Value& maps);
/// Whether `value` holds a "map" [rows, columns].
bool isMap(const Value& value);
int layers(const Value& maps);
int heads(const Value& maps);
/// One layer and head of `attend.maps`: probability of the query on each cell or token.
MapSlice slice(const Value& maps, int layer, int head);
/// The array "map" of one of the other methods.
MapSlice map(const Value& value);
/// Share of the query's attention that falls on special positions (CLS, end, padding), 0…1.
double specialShare(const Value& maps, int layer, int head);
/// Mean entropy in nats over the queries of this layer and head.
double entropy(const Value& maps, int layer, int head);
/// Mean attended distance in grid cells.
double distance(const Value& maps, int layer, int head);
/// Whether a token is one the tokenizer adds, such as <|endoftext|>, [CLS] or <s>.
bool isSpecialToken(const QString& token);
/// The token as a person reads it: without </w>, ▁, Ġ and ##.
QString readableToken(const QString& token);

}

} // namespace triptych
