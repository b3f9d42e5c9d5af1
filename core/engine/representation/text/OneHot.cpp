#include "core/engine/learning/Chance.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/learning/Steps.h"
#include "core/engine/representation/text/TextInput.h"
#include "core/engine/representation/text/TextMethods.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <algorithm>
#include <map>
#include <set>

namespace triptych::representation {

namespace {

constexpr int64_t exampleWidth = 8; ///< columns of the matrix that is looked up in
constexpr int mostRows = 60;        ///< of it that are shown

const QString unknownUnit = QStringLiteral("[UNK]");

QStringList unitsOf(const QString& text, bool words)
{
    const QString normal = text.normalized(QString::NormalizationForm_C).toLower();
    return words ? textUnits(normal, {}) : QStringList { normal.simplified() };
}

QStringList vocabularyOf(const QStringList& texts, bool words, const Value* fitted)
{
    if (fitted)
        return fitted->strings(QStringLiteral("units"));
    QStringList units;
    for (const QString& text : texts)
        units += unitsOf(text, words);
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    units.prepend(unknownUnit); // what was not seen when the vocabulary was made
    return units;
}

/// The columns of the words and, up to `mostRows`, those around them.
std::vector<int64_t> shownColumns(const std::vector<int64_t>& columns, int64_t count)
{
    std::set<int64_t> shown(columns.begin(), columns.end());
    for (int64_t distance = 1; distance < count && int(shown.size()) < mostRows; ++distance) {
        for (const int64_t column : columns) {
            for (const int64_t other : { column - distance, column + distance }) {
                if (other >= 0 && other < count && int(shown.size()) < mostRows)
                    shown.insert(other);
            }
        }
    }
    return { shown.begin(), shown.end() };
}

at::Tensor indices(const std::vector<int64_t>& numbers)
{
    return at::tensor(numbers, at::TensorOptions(at::kLong));
}

/// x · W for the text's units: the product is the row, bit by bit.
void addSteps(Value& value, const QString& text, const QStringList& inText, const QStringList& units)
{
    std::vector<int64_t> columns;
    for (const QString& unit : inText)
        columns.push_back(std::max<int64_t>(units.indexOf(unit), 0));
    const at::Tensor places = indices(columns);
    const at::Tensor ones = at::zeros({ int64_t(columns.size()), units.size() }, at::kFloat)
                                .scatter(1, places.unsqueeze(1), 1);
    const at::Tensor matrix = Chance(0).normal({ units.size(), exampleWidth }, at::TensorOptions(at::kFloat));
    const at::Tensor product = at::matmul(ones, matrix);
    const double apart = columns.empty() ? 0 : (product - matrix.index_select(0, places)).abs().max().item<double>();
    const std::vector<int64_t> shown = shownColumns(columns, units.size());
    QStringList shownUnits;
    for (const int64_t column : shown)
        shownUnits.append(units[column]);
    const StepAxis dimension { QT_TRANSLATE_NOOP("Step", "dimension"), "", 0, 1 };
    const QString count = QString::number(units.size());
    Steps steps;
    steps.text(QT_TRANSLATE_NOOP("Step", "Text"), text)
        .about(QT_TRANSLATE_NOOP("Step", "The raw signal: the text as it was written, characters in a row."));
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Units and their columns"), inText, places.to(at::kFloat))
        .about(QT_TRANSLATE_NOOP("Step", "Each of the %1 units has a column of its own; column 0 stands for what was not seen "
                                         "when the vocabulary was made."), { count });
    if (!columns.empty()) {
        steps.heat(QT_TRANSLATE_NOOP("Step", "One row a unit"), ones.index_select(1, indices(shown)))
            .named(inText)
            .axes({ QT_TRANSLATE_NOOP("Step", "column, of those shown"), "", 0, 1 }, { QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1 })
            .about(QT_TRANSLATE_NOOP("Step", "One 1 in %1 columns (%2 of them are shown). All units are equally far from each "
                                             "other: a cat is no nearer to a tiger than to a train."),
                { count, QString::number(shown.size()) });
        steps.heat(QT_TRANSLATE_NOOP("Step", "A matrix W"), matrix.index_select(0, indices(shown)))
            .named(shownUnits)
            .axes(dimension, { QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1 })
            .aroundZero()
            .about(QT_TRANSLATE_NOOP("Step", "Any net that reads words begins by multiplying with such a matrix, here drawn at "
                                             "random. To learn word vectors is to learn W."));
        steps.heat(QT_TRANSLATE_NOOP("Step", "x · W"), product)
            .named(inText)
            .axes(dimension, { QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1 })
            .aroundZero()
            .about(QT_TRANSLATE_NOOP("Step", "The 1 picks its row of W, the zeros drop all others: product and row differ by "
                                             "%1 at most. So nobody multiplies; the row is looked up."),
                { QString::number(apart) });
    }
    const float* first = value.array(QStringLiteral("embeddings")).floats().data();
    const at::Tensor row = at::from_blob(const_cast<float*>(first), { units.size() }, at::TensorOptions(at::kFloat));
    steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), row.clone())
        .axes({ QT_TRANSLATE_NOOP("Step", "column"), "", 0, 1 })
        .about(QT_TRANSLATE_NOOP("Step", "The text: 1 in the column of every unit it has. Order and repetition are gone."));
    steps.writeTo(value);
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const bool words = options[u"unit"].toString() == u"word";
    const QStringList texts = textsOf(inputs.samples);
    const QStringList units = vocabularyOf(texts, words, fittedIn(inputs));
    QHash<QString, int> columns;
    for (qsizetype i = 0; i < units.size(); ++i)
        columns.insert(units[i], int(i));
    std::vector<SparseRow> rows;
    QJsonArray sequences;
    for (const QString& text : texts) {
        progress.report(qint64(rows.size()), texts.size());
        std::map<int, double> there;
        QJsonArray sequence; // the column of each word in turn: the one-hot matrix in few numbers
        for (const QString& unit : unitsOf(text, words)) {
            const int column = columns.value(unit, 0);
            there[column] = 1;
            sequence.append(column);
        }
        SparseRow row;
        for (const auto& [column, one] : there) {
            row.columns.push_back(column);
            row.values.push_back(one);
        }
        rows.push_back(row);
        sequences.append(sequence);
    }
    Value value = denseValue(rows, int(units.size()), inputs.samples, QStringLiteral("represent.onehot"));
    value.info[QStringLiteral("units")] = QJsonArray::fromStringList(units);
    value.info[QStringLiteral("sequences")] = sequences;
    if (options[u"steps"].toBool())
        addSteps(value, texts.front(), unitsOf(texts.front(), words), units);
    return value;
}

} // namespace

Method oneHotMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("represent.onehot");
    info.room = QStringLiteral("representation");
    info.title = QStringLiteral("One-hot");
    info.options = { option::choice("unit", "word", { QStringLiteral("word"), QStringLiteral("text") },
                         "What gets a column: each word (a text is the union of its words), or each whole text"),
        option::flag("steps", false, "Also shows the first sample's way from text to vector") };
    info.reference = QStringLiteral("One column a word, 1 where it is: x in {0,1}^V");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::representation
