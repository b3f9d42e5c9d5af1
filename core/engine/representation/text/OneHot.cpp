#include "core/engine/representation/text/TextInput.h"
#include "core/engine/representation/text/TextMethods.h"

#include <QJsonArray>
#include <algorithm>
#include <map>

namespace triptych::representation {

namespace {

using Type = OptionInfo::Type;

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
    return value;
}

} // namespace

Method oneHotMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("represent.onehot");
    info.room = QStringLiteral("representation");
    info.title = QStringLiteral("One-hot");
    info.options = { { QStringLiteral("unit"), Type::Choice, QStringLiteral("word"), 0, 0,
        { QStringLiteral("word"), QStringLiteral("text") },
        QStringLiteral("What gets a column: each word (a text is the union of its words), or each whole text") } };
    info.reference = QStringLiteral("One column a word, 1 where it is: x in {0,1}^V");
    info.inputs = { QStringLiteral("samples") };
    return { info, run };
}

} // namespace triptych::representation
