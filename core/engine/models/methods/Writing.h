#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/writing/Search.h"

/// What every method does that lets a model write about a sample.
namespace triptych::models {

/// One text about one sample.
struct Passage {
    Modality source = Modality::Image;
    Written written;
    WritingTrace traced;      ///< empty unless asked for
    Memory memory;            ///< one row
    QString text;             ///< without special ids, the prompt included
    QStringList pieces;       ///< what each written id adds to the text; a special one gives its name
    QString question;
    QStringList questionTokens; ///< what the memory's positions are, where it is a question's
};

/// beams, max_length, prompt, question, language, task.
QList<OptionInfo> writingOptions();

/// Encodes, searches and, where `traces`, looks up what each written id looked at. With `wants.gradients`
/// the memory keeps them. Throws Error, Cancelled.
Passage writeAbout(Model& model, const Sample& sample, const QJsonObject& options, bool traces, Progress& progress);

/// The same over what has been prepared; `passage` has the source and the question.
Passage writeOver(Model& model, const std::map<Modality, EncoderInput>& inputs, Passage passage,
    const QJsonObject& options, bool traces, Progress& progress);

/// Attention of written ids over the source's cells, [..., S] to [..., G]: special positions left out,
/// and through a question's tokens where the memory is a question's.
at::Tensor overCells(const Memory& memory, const at::Tensor& cross);
/// The grid that the cells lie on.
std::array<int, 2> gridOf(const Memory& memory);

/// model, task, text, tokens, probabilities, score, grid, region, extent of a sound.
QJsonObject passageFacts(Model& model, const Sample& sample, const Passage& passage);

} // namespace triptych::models
