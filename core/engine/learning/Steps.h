#pragma once

#include "core/values/Value.h"

#include <ATen/core/Tensor.h>

namespace triptych {

/// What an axis of a step's array counts.
struct StepAxis {
    const char* name = ""; ///< QT_TRANSLATE_NOOP("Step", …)
    const char* unit = ""; ///< "s", "Hz", "px"
    double start = 0;
    double step = 1;
};

/// The way from a raw signal to a vector, one picture a step, for the Representation view. Titles
/// and explanations are English source texts marked with QT_TRANSLATE_NOOP("Step", "…"); the view
/// translates them and fills %1, %2 … from `args`.
///
/// Written to a value as info.steps: a list of {kind, title, about, args, array, labels, x, y,
/// diverging, shared, links} and the arrays "step.N".
class Steps {
public:
    struct Step;

    /// uint8 [h,w,3|4].
    Step& picture(const char* title, const at::Tensor& picture);
    /// uint8 [n,h,w,3]: frames, samples; one label each where given.
    Step& pictures(const char* title, const at::Tensor& pictures);
    /// float [n,h,w]: feature maps, filters; drawn in one colour map, each scaled by itself unless shared.
    Step& maps(const char* title, const at::Tensor& maps);
    /// float [rows,columns]: spectrograms (row 0 at the bottom), states over time, tables.
    Step& heat(const char* title, const at::Tensor& table);
    /// float [k,n] (or [n]): k lines over one axis; labels name them.
    Step& lines(const char* title, const at::Tensor& values);
    /// float [n]: bars with a label each (counts of words, probabilities of classes).
    Step& bars(const char* title, const at::Tensor& values, const QStringList& labels);
    /// float [n]: the vector itself.
    Step& vector(const char* title, const at::Tensor& values);
    /// Words or pieces, with a number each where `values` (float [n]) is defined.
    Step& tokens(const char* title, const QStringList& tokens, const at::Tensor& values = {});
    /// float [n,2] with labels: neighbours of a word, a constraint; `links` join points.
    Step& points(const char* title, const at::Tensor& points, const QStringList& labels);
    Step& text(const char* title, const QString& text);

    bool isEmpty() const { return m_steps.empty(); }
    /// Adds arrays and info.steps.
    void writeTo(Value& value) const;

    struct Step {
        const char* kind = "";
        const char* title = "";
        const char* explanation = "";
        QStringList args;
        at::Tensor array;
        QStringList labels;
        QString words;             ///< of a text
        StepAxis x, y;
        bool diverging = false;    ///< zero is in the middle of the colours
        bool shared = false;       ///< maps share one range
        std::vector<std::pair<int, int>> links;

        Step& about(const char* text, const QStringList& texts = {}); ///< args of title and about
        Step& axes(const StepAxis& horizontal, const StepAxis& vertical = {});
        Step& named(const QStringList& names);
        Step& aroundZero();
        Step& sameRange();
        Step& linked(const std::vector<std::pair<int, int>>& pairs);
    };

private:
    Step& add(const char* kind, const char* title, const at::Tensor& array);
    std::vector<std::unique_ptr<Step>> m_steps;
};

} // namespace triptych
