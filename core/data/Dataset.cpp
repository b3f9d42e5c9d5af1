#include "core/data/Dataset.h"

#include "core/data/Emoji.h"
#include "core/data/Stamps.h"
#include "core/data/importers/Importers.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <set>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Dataset)
};

} // namespace

QStringList Dataset::classNames() const
{
    std::set<QString> names;
    for (const Sample& sample : samples)
        if (!sample.label.isEmpty())
            names.insert(sample.label);
    return QStringList(names.begin(), names.end());
}

std::vector<Modality> Dataset::modalities() const
{
    std::set<Modality> seen;
    for (const Sample& sample : samples)
        for (const auto& [modality, source] : sample.sources)
            seen.insert(modality);
    return {seen.begin(), seen.end()};
}

const std::vector<BuiltIn>& builtInDatasets()
{
    static const std::vector<BuiltIn> table {
        {QStringLiteral("stamps"), Tr::tr("Stamps"), QStringLiteral("tuxpaint-stamps-default"),
            stampsAvailable, loadStamps},
        {QStringLiteral("emoji"), Tr::tr("Emoji"),
            QStringLiteral("fonts-noto-color-emoji unicode-cldr-core unicode-data"), emojiAvailable,
            loadEmoji},
    };
    return table;
}

const std::vector<Importer>& importers()
{
    static const std::vector<Importer> table {tableImporter(), mnistImporter(), escImporter(),
        fsddImporter(), folderPerClassImporter(), folderImporter()};
    return table;
}

Dataset openDataset(const QString& nameOrPath)
{
    for (const BuiltIn& builtIn : builtInDatasets())
        if (builtIn.name == nameOrPath)
            return builtIn.load();
    const QFileInfo place(nameOrPath);
    if (!place.exists())
        throw Error(Tr::tr("%1: this is neither a built-in data set nor a file or folder; "
                           "`triptych dataset list` names the built-in ones.")
                        .arg(nameOrPath));
    for (const Importer& importer : importers())
        if (importer.recognises(place))
            return importer.read(place);
    throw Error(Tr::tr(
        "%1: there are no samples in it; a data set is a folder of media, a folder per class, "
        "a CSV, TSV or JSONL table, or MNIST, FSDD or ESC as published.")
                    .arg(nameOrPath));
}

} // namespace triptych
