#pragma once

#include "core/data/Dataset.h"

#include <QFileInfo>

namespace triptych {

/// A way to read somebody's data set. `recognises` looks at names only and is quick.
struct Importer {
    QString name;
    bool (*recognises)(const QFileInfo& place);
    Dataset (*read)(const QFileInfo& place);
};

/// Most particular first: the first that recognises a place reads it.
const std::vector<Importer>& importers();

// One file each. All throw Error.
Importer tableImporter(); ///< .csv, .tsv, .jsonl, or a folder with samples.tsv or metadata.*
Importer mnistImporter(); ///< *-images-idx3-ubyte[.gz] with its labels
Importer fsddImporter(); ///< {digit}_{speaker}_{index}.wav
Importer escImporter(); ///< meta/esc50.csv and audio/
Importer folderPerClassImporter(); ///< one folder a class, media in them
Importer folderImporter(); ///< any folder with media: one sample a stem

} // namespace triptych
