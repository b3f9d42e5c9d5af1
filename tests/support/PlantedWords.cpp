#include "tests/support/PlantedWords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <algorithm>

namespace triptych {

namespace {

constexpr int kRows = 5;
constexpr int kCols = 6;
constexpr int kMaps = 4; // 2 layers × 2 heads

/// All on one cell.
void spot(std::vector<float>& values, int row, int col)
{
    for (int cell = 0; cell < kRows * kCols; ++cell)
        values.push_back(cell == row * kCols + col ? 0.9F : 0.1F / (kRows * kCols));
}

Value written(const Recipe& recipe)
{
    QStringList tokens {QStringLiteral("a"), QStringLiteral(" red"), QStringLiteral(" bo"), QStringLiteral("at"),
        QStringLiteral("[SEP]")};
    if (const QString prompt = recipe.options.value(QLatin1String("prompt")).toString(); !prompt.isEmpty())
        tokens[0] = QStringLiteral(" of");
    std::vector<float> maps;
    for (int word = 0; word < tokens.size(); ++word)
        for (int map = 0; map < kMaps; ++map)
            spot(maps, word, word);
    Value value;
    value.arrays[QStringLiteral("maps")] = Array::of(maps, {tokens.size(), 2, 2, kRows * kCols});
    value.info = {{QStringLiteral("text"), QStringLiteral("a red boat")},
        {QStringLiteral("tokens"), QJsonArray::fromStringList(tokens)},
        {QStringLiteral("grid"), QJsonArray {kRows, kCols}},
        {QStringLiteral("caption"), QStringLiteral("A planted word.")}};
    return value;
}

Value joint(const Recipe& recipe)
{
    const QStringList tokens
        = recipe.options.value(QLatin1String("text")).toString().split(u' ', Qt::SkipEmptyParts);
    std::vector<float> rows;
    for (int token = 0; token < tokens.size(); ++token) {
        const int place = int(tokens.size()) - 1 - token;
        spot(rows, place % kRows, place % kCols);
    }
    Value value;
    value.arrays[QStringLiteral("text_to_image")] = Array::of(rows, {tokens.size(), kRows * kCols});
    value.info = {{QStringLiteral("tokens"), QJsonArray::fromStringList(tokens)},
        {QStringLiteral("grid"), QJsonArray {kRows, kCols}},
        {QStringLiteral("caption"), QStringLiteral("Planted words and patches.")}};
    return value;
}

Value answered(const Recipe& recipe)
{
    const auto answer = [](const char* label, double probability) {
        return QJsonObject {{QStringLiteral("label"), QLatin1String(label)}, {QStringLiteral("probability"), probability}};
    };
    Value value;
    if (recipe.options.value(QLatin1String("model")).toString().contains(QLatin1String("matches")))
        value.info = {{QStringLiteral("match"), 0.83}};
    else
        value.info = {{QStringLiteral("answers"), QJsonArray {answer("red", 0.7), answer("blue", 0.2)}}};
    return value;
}

} // namespace

QJsonObject plantedSpeech(const QString& modelPath)
{
    const QString name = modelPath.section(u'/', -1);
    QJsonObject facts;
    if (name.contains(QLatin1String("captions")) || name.contains(QLatin1String("questions"))) {
        facts[QStringLiteral("writes")] = QJsonObject {{QStringLiteral("task"), QStringLiteral("caption")},
            {QStringLiteral("source"), QStringLiteral("image")},
            {QStringLiteral("question"), name.contains(QLatin1String("questions"))}};
    }
    for (const char* task : {"answers", "matches"}) {
        if (name.contains(QLatin1String(task)))
            facts[QStringLiteral("joint")] = QJsonObject {
                {QStringLiteral("task"), QLatin1String(task).chopped(task[0] == 'a' ? 1 : 2)}};
    }
    return facts;
}

std::optional<Value> plantedWords(const Recipe& recipe)
{
    if (recipe.method == QLatin1String("model.write"))
        return written(recipe);
    if (recipe.method == QLatin1String("attend.joint"))
        return joint(recipe);
    if (recipe.method == QLatin1String("model.answer"))
        return answered(recipe);
    return std::nullopt;
}

} // namespace triptych
