#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych::analysis {

/// One sample through one tower, with what its positions stand for.
struct Forward {
    Modality modality = Modality::Image;
    EncoderOutput output; ///< batch of one
    int rows = 0; ///< of the map: grid rows, 1 for a text
    int columns = 0; ///< grid columns, or number of tokens
    std::vector<qint64> cells; ///< position in the sequence of each cell, row by row
    std::vector<qint64> special; ///< positions of class, start, end tokens …
    QStringList tokens; ///< of a text, one a cell; empty otherwise
    bool cut = false; ///< the sample is longer than the tower reads
    std::array<double, 4> region {0, 0, 1, 1}; ///< see Model::region
    double start = 0; ///< of a sound, seconds: see Model::soundStart
    int frame = 0; ///< of a video, the one that is looked at
    int frames = 0; ///< of a video, that the tower reads
    /// Position that the embedding is read from; -1: the mean of all but the leading special ones.
    qint64 pooled = 0;

    /// Layer's attention [H, T, T] without the batch.
    at::Tensor attention(int layer) const { return output.attention[size_t(layer)].select(0, 0); }
    /// Of a convolutional net: its stages.
    int layers() const
    {
        return int(output.attention.empty() ? output.hidden.size() - 1 : output.attention.size());
    }
    /// Position of option `query`: a cell of the map, or −1 for where the embedding is read.
    qint64 position(int query) const;
    /// The row of [..., T, T] for option `query`: of one position, or the mean where the embedding
    /// is a mean. [..., T]
    at::Tensor rowOf(const at::Tensor& matrix, int query) const;
    /// Values at the cells, taken out of `sequence` [..., T]: [..., G].
    at::Tensor atCells(const at::Tensor& sequence) const;
};

/// Encodes the sample of `inputs` in the modality that the options name.
/// Throws Error when there is no sample, no such source or no such tower.
Forward forwardPass(
    Model& model, const QJsonObject& options, const Inputs& inputs, const Wants& wants);

/// The sample that is looked at; throws Error when there is none.
const Sample& onlySample(const Inputs& inputs);
/// The modality that an option names; the picture where it names none.
Modality modalityOption(const QJsonObject& options, const char* name);

/// What a map explains: the similarity with something, the score of a class, or the length of the
/// embedding.
struct Target {
    at::Tensor direction {}; ///< [1, D] of length 1; undefined when there is nothing to compare with
    QString name {}; ///< modality, "target_text", "label" or "norm"
    QStringList labels {}; ///< of the model's classifier, with `name` "label"
    QString label {}; ///< the class; empty: the one the model finds most likely
};

/// `target_label` of a classifier; `target_text` through the text tower; the sample's source in the
/// modality of option `target` (another of its modalities when that is the one looked at); the most
/// likely class; else nothing.
Target targetOf(Model& model, const QJsonObject& options, const Inputs& inputs);

/// Cosine of the embedding with the target, the class's logit, or the embedding's length without a
/// target: a scalar with gradient. Throws Error on a label that the model does not know.
at::Tensor scoreOf(const Forward& forward, const Target& target);

/// The value of a method with one map: `map` [rows, columns] and the common facts. A map of zeros
/// is said to be one in info.note, with `reason`.
Value mapValue(Model& model, const Forward& forward, const at::Tensor& cells,
    const QJsonObject& facts, const QString& reason);

/// Facts that every attention method tells: model, grid, tokens, special ones, extent of a sound.
QJsonObject commonFacts(Model& model, const Forward& forward);

/// Layer of option `layer`, −1 for `last`; throws Error beyond the model's.
int layerOf(const QJsonObject& options, int layers, int last);

/// Options that all of them have: model, modality and frame of a video.
QList<OptionInfo> lookOptions();
/// The class that `scoreOf` explains: its place among target.labels.
int64_t classOf(const Forward& forward, const Target& target);

/// Options of those that explain a score: target, target_text, target_label.
QList<OptionInfo> targetOptions();

} // namespace triptych::analysis
