#pragma once

#include <QString>
#include <vector>

namespace triptych {

/// A round number on an axis, with its label by the locale.
struct Tick {
    double value;
    QString label;
};

/// About `count` round numbers in low…high.
std::vector<Tick> ticks(double low, double high, int count);

} // namespace triptych
