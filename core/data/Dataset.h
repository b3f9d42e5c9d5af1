#pragma once

#include "core/data/Sample.h"

#include <QStringList>
#include <vector>

namespace triptych {

/// Samples with what one must know to use them. A plain value: signals stay where they are.
struct Dataset {
    QString name; ///< id on the command line, e.g. "stamps"
    QString title;
    QString licence;
    QString about;
    std::vector<Sample> samples;

    qsizetype size() const { return qsizetype(samples.size()); }
    const Sample& get(qsizetype index) const { return samples.at(size_t(index)); }
    /// Distinct labels, sorted.
    QStringList classNames() const;
    /// The modalities that at least one sample has, in enum order.
    std::vector<Modality> modalities() const;
};

/// A data set that comes with the machine (Debian packages), not with the program.
struct BuiltIn {
    QString name;
    QString title;
    QString package; ///< Debian package that brings it
    bool (*available)();
    Dataset (*load)(); ///< throws Error that names the package when it is missing
};

/// Stamps, Emoji: the order is the order on screen.
const std::vector<BuiltIn>& builtInDatasets();

/// Opens a built-in set by name, or a folder or file by what is in it (folder of media, folder
/// per class, CSV/TSV/JSONL, MNIST idx, FSDD, ESC). Throws Error. Any thread; reads file names and
/// tables only.
Dataset openDataset(const QString& nameOrPath);

} // namespace triptych
