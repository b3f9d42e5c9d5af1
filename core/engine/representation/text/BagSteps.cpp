#include "core/engine/representation/text/BagSteps.h"

#include "core/engine/learning/Steps.h"

#include <ATen/Functions.h>
#include <QtGlobal>
#include <algorithm>
#include <map>

namespace triptych::representation {

namespace {

constexpr int mostNames = 4096; ///< of a vector's numbers

const StepAxis columnAxis { QT_TRANSLATE_NOOP("Step", "column"), "", 0, 1 };

at::Tensor tensorOf(const std::vector<double>& values)
{
    at::Tensor tensor = at::empty({ int64_t(values.size()) }, at::TensorOptions(at::kFloat));
    std::copy(values.begin(), values.end(), tensor.data_ptr<float>());
    return tensor;
}

/// A text's columns: who falls into each, and how often.
struct Column {
    QStringList units; ///< different ones
    double count = 0;
};

std::map<int, Column> columnsOf(const Bag& bag, const QStringList& units)
{
    std::map<int, Column> columns;
    for (const QString& unit : units) {
        const int number = bag.columnOf(unit);
        if (number < 0)
            continue;
        Column& column = columns[number];
        column.count += 1;
        if (!column.units.contains(unit))
            column.units.append(unit);
    }
    return columns;
}

const char* aboutUnits(const UnitOptions& options)
{
    switch (options.kind) {
    case UnitOptions::Kind::Word:
        if (options.high == 1)
            return QT_TRANSLATE_NOOP("Step", "Runs of letters and digits are words, and each word is a unit. Order is lost.");
        return QT_TRANSLATE_NOOP("Step", "Runs of letters and digits are words; %1 to %2 words in a row are one unit. Order "
                                         "beyond that is lost.");
    case UnitOptions::Kind::Char:
        return QT_TRANSLATE_NOOP("Step", "%1 to %2 characters in a row are one unit, blanks included, so that words nearby "
                                         "share units and misspelt words still match.");
    case UnitOptions::Kind::CharInWord:
        return QT_TRANSLATE_NOOP("Step", "%1 to %2 characters in a row within a word are one unit; a blank marks where the "
                                         "word begins and ends, so that endings differ from beginnings.");
    }
    Q_UNREACHABLE();
}

void addUnits(Steps& steps, const Bag& bag, const BagOptions& options, const QStringList& units)
{
    std::vector<double> known;
    for (const QString& unit : units)
        known.push_back(bag.columnOf(unit) >= 0 ? 1 : 0);
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Units"), units, tensorOf(known))
        .about(aboutUnits(options.units), { QString::number(options.units.low), QString::number(options.units.high) });
}

void addCounts(Steps& steps, const std::map<int, Column>& columns, const Bag& bag, const BagOptions& options,
    qsizetype units)
{
    std::vector<double> counts;
    QStringList names;
    int shared = 0;
    qsizetype known = 0;
    for (const auto& [number, column] : columns) {
        counts.push_back(column.count);
        known += qsizetype(column.count);
        shared += column.units.size() > 1 ? 1 : 0;
        const QString name = column.units.join(QStringLiteral(" | "));
        names.append(options.buckets > 0 ? QStringLiteral("%1: %2").arg(number).arg(name) : name);
    }
    if (options.buckets > 0) {
        steps.bars(QT_TRANSLATE_NOOP("Step", "Buckets"), tensorOf(counts), names)
            .about(QT_TRANSLATE_NOOP("Step", "There is no vocabulary: a unit's column is its hash (FNV-1a) modulo %1. No unit is "
                                             "unknown, but units may collide and are then counted together: here in %2 of %3 "
                                             "buckets."),
                { QString::number(bag.columns()), QString::number(shared), QString::number(columns.size()) });
        return;
    }
    steps.bars(QT_TRANSLATE_NOOP("Step", "Counts"), tensorOf(counts), names)
        .about(QT_TRANSLATE_NOOP("Step", "Each of the %1 units that the vocabulary knows has a column. %2 of this text's %3 "
                                         "units have one; others are left out."),
            { QString::number(bag.columns()), QString::number(known), QString::number(units) });
}

void addWeights(Steps& steps, const std::map<int, Column>& columns, const Bag& bag, const BagOptions& options)
{
    std::vector<double> frequencies;
    std::vector<double> inverse;
    std::vector<double> products;
    QStringList names;
    for (const auto& [number, column] : columns) {
        const double frequency = options.sublinear ? 1 + std::log(column.count) : column.count;
        frequencies.push_back(frequency);
        inverse.push_back(bag.inverseFrequencies()[size_t(number)]);
        products.push_back(frequency * inverse.back());
        names.append(column.units.join(QStringLiteral(" | ")));
    }
    if (options.sublinear) {
        steps.bars(QT_TRANSLATE_NOOP("Step", "Damped counts"), tensorOf(frequencies), names)
            .about(QT_TRANSLATE_NOOP("Step", "1 + ln(count): the tenth time says less than the first."));
    }
    steps.bars(QT_TRANSLATE_NOOP("Step", "Inverse document frequency"), tensorOf(inverse), names)
        .about(QT_TRANSLATE_NOOP("Step", "ln((1 + n)/(1 + df)) + 1, where df of the n texts hold the unit: what is in every "
                                         "text tells nothing apart and gets 1, what is rare gets more."));
    steps.bars(QT_TRANSLATE_NOOP("Step", "Count times inverse document frequency"), tensorOf(products), names)
        .about(QT_TRANSLATE_NOOP("Step", "A unit weighs much where it is frequent here and rare elsewhere."));
}

} // namespace

void addBagSteps(Value& value, const Bag& bag, const BagOptions& options, const QString& text)
{
    const QStringList units = textUnits(text, options.units);
    const std::map<int, Column> columns = columnsOf(bag, units);
    Steps steps;
    steps.text(QT_TRANSLATE_NOOP("Step", "Text"), text)
        .about(QT_TRANSLATE_NOOP("Step", "The raw signal: the text as it was written, characters in a row."));
    addUnits(steps, bag, options, units);
    addCounts(steps, columns, bag, options, units.size());
    if (options.inverse)
        addWeights(steps, columns, bag, options);
    std::vector<double> dense(size_t(bag.columns()), 0.0);
    const SparseRow row = bag.transform(text);
    for (size_t i = 0; i < row.columns.size(); ++i)
        dense[size_t(row.columns[i])] = row.values[i];
    Steps::Step& vector = steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), tensorOf(dense)).axes(columnAxis);
    if (bag.units().size() <= mostNames)
        vector.named(bag.units());
    if (options.normalize) {
        vector.about(QT_TRANSLATE_NOOP("Step", "Divided by its length, so that the product of two texts is their cosine and "
                                               "long texts do not weigh more. %1 of %2 numbers are not zero."),
            { QString::number(row.columns.size()), QString::number(dense.size()) });
    } else if (options.binary) {
        vector.about(QT_TRANSLATE_NOOP("Step", "1 where the unit is in the text. %1 of %2 numbers are not zero."),
            { QString::number(row.columns.size()), QString::number(dense.size()) });
    } else {
        vector.about(QT_TRANSLATE_NOOP("Step", "The counts in the order of the columns. %1 of %2 numbers are not zero."),
            { QString::number(row.columns.size()), QString::number(dense.size()) });
    }
    steps.writeTo(value);
}

} // namespace triptych::representation
