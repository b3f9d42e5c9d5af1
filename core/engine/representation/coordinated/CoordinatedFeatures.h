#pragma once

#include "core/engine/Method.h"
#include "core/engine/representation/text/Bag.h"

#include <ATen/core/Tensor.h>
#include <QJsonObject>

namespace triptych::representation {

/// Fixed features of one modality, which a head is learned on:
/// - picture: 12 × 12 pixels in colour, a histogram of 64 colours, and histograms of 8 edge directions in 6 × 6 cells;
/// - text: TF-IDF of 2 to 4 characters in a row within words;
/// - sound: mean and deviation of 20 MFCCs and their slopes in four quarters of the sound without its silence;
/// or the embedding of a model. What is counted (the n-grams) is learned from the training samples.
class SideFeatures {
public:
    /// `model`: a checkpoint in place of the simple features; empty = none. Throws Error.
    static SideFeatures fit(
        Modality modality, const std::vector<Sample>& training, const QString& model, int maxUnits);
    static SideFeatures fromJson(const QJsonObject& json); ///< throws Error
    QJsonObject toJson() const;

    Modality modality() const { return m_modality; }
    const QString& model() const { return m_model; }
    const Bag& bag() const { return m_bag; } ///< of texts without a model
    bool countsUnits() const { return m_modality == Modality::Text && m_model.isEmpty(); }
    /// Raw features [N,D] float32. Throws Error naming a sample that lacks the modality.
    at::Tensor read(const std::vector<Sample>& samples, EngineContext& context, Progress& progress) const;
    /// Columns of each group (pixels, colours, edges …), which are given the same weight.
    std::vector<int64_t> groups(int64_t columns) const;

private:
    at::Tensor texts(const std::vector<Sample>& samples) const;

    Modality m_modality = Modality::Image;
    QString m_model;
    Bag m_bag;
    QJsonObject m_bagFacts;
};

/// Mean [D] and one deviation a group, as a row [D], of training rows: (row − mean) / scale has variance 1 on average
/// in every group.
struct Standard {
    at::Tensor mean, scale;
};
Standard standardOf(const at::Tensor& rows, const std::vector<int64_t>& groups);

/// "image", "text", "audio" as a modality; throws Error on another.
Modality sideModality(const QString& name);
/// Samples with the same number say the same (their text, else their group): none is a negative of another.
std::vector<qint64> meaningsOf(const std::vector<Sample>& samples);

} // namespace triptych::representation
