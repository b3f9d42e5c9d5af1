#include "core/engine/representation/sound/HoldOut.h"

#include "core/engine/learning/OptionLines.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

QList<OptionInfo> holdOutLines()
{
    return {option::text(
                "hold_out_column", "speaker", "Column of the samples that hold_out is a value of"),
        option::text("hold_out", "",
            "Samples with this value are tested on, all others trained on; empty = their own "
            "split")};
}

std::vector<Sample> heldOut(const std::vector<Sample>& samples, const QJsonObject& options)
{
    const QString wanted = options[u"hold_out"].toString();
    if (wanted.isEmpty())
        return samples;
    const QString column = options[u"hold_out_column"].toString();
    std::vector<Sample> split = samples;
    QStringList values;
    for (Sample& sample : split) {
        const QString value = sample.columns[column].toVariant().toString();
        values.append(value);
        sample.split = value == wanted ? QStringLiteral("test") : QStringLiteral("train");
    }
    values.removeDuplicates();
    values.removeAll(QString());
    values.sort();
    if (values.contains(wanted))
        return split;
    if (values.isEmpty())
        throw Error(
            Tr::tr("hold_out_column: no sample has a column \"%1\"; name one that they have.")
                .arg(column));
    throw Error(Tr::tr("hold_out: no sample has \"%1\" in the column \"%2\"; there are: %3.")
                    .arg(wanted, column, values.mid(0, 20).join(QStringLiteral(", "))));
}

} // namespace triptych::representation
