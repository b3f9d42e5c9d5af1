#pragma once

#include "core/values/Value.h"

#include <utility>
#include <vector>

namespace triptych {

/// What an axis of a step counts: index i is at start + i · step.
struct StepScale {
    QString name; ///< translated
    QString unit;
    double start = 0;
    double step = 1;

    QString title() const;              ///< "time (s)"
    QString at(double index) const;     ///< "0.25 s"
};

/// One step from a signal to its vector, as info.steps of a represent.* value describes it.
struct StepData {
    QString kind;    ///< picture, pictures, maps, heat, lines, bars, vector, tokens, points, text
    QString title;   ///< translated, as are the next ones
    QString about;
    QString text;    ///< of a text
    QStringList labels;
    Array array;     ///< as Steps says for each kind; uint8 for pictures, else float32
    StepScale x, y;
    bool diverging = false;
    bool shared = false;
    std::vector<std::pair<int, int>> links;

    int size(int axis) const { return axis < array.shape.size() ? int(array.shape[axis]) : 0; }
};

/// The steps of `value` in the program's language. A step whose array is missing or has another shape
/// than its kind wants is left out. A value without steps gives its first embedding as one.
std::vector<StepData> stepsOf(const Value& value);

} // namespace triptych
