#include "core/engine/models/methods/WordTimes.h"

#include <ATen/Functions.h>
#include <algorithm>

namespace triptych::models {

std::vector<int64_t> risingPlaces(const at::Tensor& looked)
{
    const at::Tensor shares = looked.detach().to(at::kCPU, at::kDouble).contiguous();
    const int64_t rows = shares.size(0);
    const int64_t places = shares.size(1);
    if (rows == 0 || places == 0)
        return {};
    const double* share = shares.data_ptr<double>();
    // best: the largest sum that ends in a place; from: the place of the row above that gives it.
    std::vector<double> best(size_t(places), 0);
    std::vector<int64_t> from(size_t(rows * places));
    for (int64_t row = 0; row < rows; ++row) {
        int64_t leader = 0;
        double most = best[0];
        for (int64_t place = 0; place < places; ++place) {
            if (best[size_t(place)] > most) {
                most = best[size_t(place)];
                leader = place;
            }
            from[size_t(row * places + place)] = leader;
            best[size_t(place)] = most + share[row * places + place];
        }
    }
    std::vector<int64_t> chosen(size_t(rows), 0);
    int64_t place = std::distance(best.begin(), std::max_element(best.begin(), best.end()));
    for (int64_t row = rows - 1; row >= 0; --row) {
        chosen[size_t(row)] = place;
        place = from[size_t(row * places + place)];
    }
    return chosen;
}

} // namespace triptych::models
