#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

namespace triptych {

/// A spoken text: log-mel in steps of kMelStep below the clip's loudest cell, so that 24,000 clips
/// fit in memory.
struct MiniClip {
    QString language;
    QString text;          ///< normalised: see normalCaption
    at::Tensor levels;     ///< uint8 [mels, frames]; 255 = loudest
    bool synthetic = false;

    static constexpr float kMelRange = 14.f; ///< natural-log power below the loudest cell that is kept
    at::Tensor logMel() const;               ///< float32 [mels, frames], loudest cell 0
};

/// A pictured concept: one stamp or one emoji.
struct MiniConcept {
    QString id;
    QString group;         ///< of the A1 split
    QString key;           ///< equal keys are positives: the English caption without article
    QString category;      ///< top category: "symbols" are never mirrored
    QString fold;          ///< finest category, for the auxiliary classifier
    bool emoji = false;
    bool unseen = false;   ///< in the A1 test groups: for evaluation alone
    at::Tensor picture;    ///< uint8 [112,112,4], alpha premultiplied, cropped to what is drawn
    QMap<QString, QString> captions;      ///< language → text, normalised
    QMap<QString, QStringList> keywords;
    QMap<QString, int> speech;            ///< language → index into MiniData::clips, recorded
};

struct MiniData {
    std::vector<MiniConcept> concepts;
    std::vector<MiniClip> clips;
    std::vector<int> recorded;            ///< clips of seen stamps
    std::vector<int> synthetic;           ///< clips of espeak-ng
    QMap<std::pair<QString, QString>, int> spoken; ///< (language, text) → synthetic clip
    QString splitHash;
};

/// Languages the towers learn, most used first.
const QStringList& miniLanguages();

/// Lower case, NFC, single spaces.
QString normalCaption(const QString& text);

/// Reads Stamps and Emoji, decodes pictures and recorded speech, and lets espeak-ng speak names and
/// keywords. Synthetic speech of a text that only unseen groups have is never made. `cache` (may be
/// empty) keeps what was decoded. Takes some minutes the first time. Throws Error, Cancelled.
MiniData loadMiniData(quint64 splitSeed, const QString& cache, Progress& progress);

} // namespace triptych
