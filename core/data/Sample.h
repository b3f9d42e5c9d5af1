#pragma once

#include "core/data/Modality.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <map>

namespace triptych {

/// Where the signal of one modality is: a file, a text, or bytes kept in the workspace.
///
/// `path` is an absolute file path, or one of the made signals that media can read:
/// `emoji:1f435` (code points joined by `-`, drawn from the colour font) and
/// `speech:LANG:TEXT` (spoken by espeak-ng, hence synthetic).
struct Source {
    QString path {};
    QString text {}; ///< for Modality::Text without a path
    QByteArray bytes {}; ///< encoded media (PNG, WAV …) that has no file, as after a paste
    QString language {}; ///< BCP 47, empty when unknown or without meaning
    bool synthetic = false;

    bool operator==(const Source&) const = default;
};

/// One thing seen in several modalities: what it is and where, not its signal.
struct Sample {
    QString id; ///< unique in its dataset or workspace
    QString label; ///< category, empty when unknown
    QString group; ///< samples of one group never stand on both sides of a split
    QString split; ///< "train", "test" or empty
    QString parent; ///< id of the sample it was edited from, empty otherwise
    QJsonObject columns; ///< further columns of the table it came from
    std::map<Modality, Source> sources; ///< a missing modality is absent, never empty

    bool has(Modality modality) const { return sources.contains(modality); }
    /// A line for lists and cards: the text, else the file name, else the id.
    QString title() const;

    bool operator==(const Sample&) const = default;
};

/// The sample as JSON and back; used by the workspace file and by exports.
QJsonObject toJson(const Sample& sample);
Sample sampleFromJson(const QJsonObject& json);

} // namespace triptych
