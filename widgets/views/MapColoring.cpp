#include "widgets/views/MapColoring.h"

#include "widgets/plots/ColorMap.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int MostCategories = 40;
constexpr int Steps = 64; // of a continuous map
constexpr QLatin1String Column("column:");

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(MapColoring)
};

QColor plain(bool dark)
{
    return dark ? QColor(0x7c8792) : QColor(0xa3acb6);
}

QString propertyOf(const QString& choice, const Sample* sample)
{
    if (!sample)
        return {};
    if (choice == QLatin1String("label"))
        return sample->label;
    if (choice == QLatin1String("split")) {
        if (sample->split == QLatin1String("train"))
            return Tr::tr("seen in training");
        return sample->split == QLatin1String("test") ? Tr::tr("unseen") : sample->split;
    }
    return sample->columns.value(choice.mid(Column.size())).toVariant().toString();
}

/// Number of every row in `order`; rows with nothing get the last, gray colour.
MapColoring categories(const QStringList& values, const QStringList& order)
{
    MapColoring coloring;
    QHash<QString, int> numbers;
    const int shown = std::min<int>(MostCategories, int(order.size()));
    for (int i = 0; i < shown; ++i) {
        numbers.insert(order[i], i);
        coloring.palette.light.push_back(categoryColor(i, false));
        coloring.palette.dark.push_back(categoryColor(i, true));
        coloring.legend.push_back({ order[i], quint16(i), MarkerShape::Circle });
    }
    coloring.palette.light.push_back(plain(false));
    coloring.palette.dark.push_back(plain(true));
    bool others = false;
    for (const QString& value : values) {
        const int number = numbers.value(value, shown);
        others = others || number == shown;
        coloring.colorOf.push_back(quint16(number));
    }
    if (others)
        coloring.legend.push_back(
            { order.size() > shown ? Tr::tr("other") : Tr::tr("none"), quint16(shown), MarkerShape::Circle });
    return coloring;
}

MapColoring continuous(const std::vector<float>& values)
{
    MapColoring coloring;
    const Range range = Range::of(values);
    const ColorMap map;
    for (int i = 0; i < Steps; ++i) {
        const QColor color = QColor::fromRgb(map.at(double(i) / (Steps - 1)));
        coloring.palette.light.push_back(color);
        coloring.palette.dark.push_back(color);
    }
    coloring.palette.light.push_back(plain(false));
    coloring.palette.dark.push_back(plain(true));
    for (const float value : values)
        coloring.colorOf.push_back(std::isfinite(value)
                ? quint16(std::lround(range.place(double(value)) * (Steps - 1)))
                : quint16(Steps));
    for (int i = 4; i >= 0; --i) // high values on top
        coloring.legend.push_back({ shortNumber(range.low + range.size() * i / 4),
            quint16((Steps - 1) * i / 4), MarkerShape::Circle });
    return coloring;
}

MapColoring byModality(const std::vector<MapRow>& rows)
{
    // A colour belongs to a modality, whichever others are there.
    const std::vector<Modality> all { Modality::Image, Modality::Text, Modality::Audio, Modality::Video,
        Modality::Features };
    MapColoring coloring;
    std::vector<bool> used(all.size(), false);
    for (int i = 0; i < int(all.size()); ++i) {
        coloring.palette.light.push_back(categoryColor(i, false));
        coloring.palette.dark.push_back(categoryColor(i, true));
    }
    for (const MapRow& row : rows) {
        const auto number = size_t(std::find(all.begin(), all.end(), row.modality) - all.begin());
        used[number] = true;
        coloring.colorOf.push_back(quint16(number));
    }
    for (size_t i = 0; i < all.size(); ++i)
        if (used[i])
            coloring.legend.push_back({ modalityTitle(all[i]), quint16(i), shapeOf(all[i]) });
    return coloring;
}

} // namespace

MarkerShape shapeOf(Modality modality)
{
    switch (modality) {
    case Modality::Text:
        return MarkerShape::Square;
    case Modality::Audio:
        return MarkerShape::Triangle;
    case Modality::Video:
        return MarkerShape::Diamond;
    case Modality::Image:
    case Modality::Features:
        break;
    }
    return MarkerShape::Circle;
}

QList<ColorChoice> colorChoices(const Session& session)
{
    QList<ColorChoice> choices { { QStringLiteral("modality"), Tr::tr("Modality") },
        { QStringLiteral("label"), Tr::tr("Category") }, { QStringLiteral("split"), Tr::tr("Seen / unseen") } };
    QStringList columns;
    for (const Sample& sample : session.samples())
        for (auto it = sample.columns.begin(); it != sample.columns.end() && columns.size() < 12; ++it)
            if ((it->isString() || it->isDouble() || it->isBool()) && !columns.contains(it.key()))
                columns << it.key();
    for (const QString& column : columns)
        choices << ColorChoice { Column + column, column };
    return choices;
}

MapColoring colorBy(const QString& choice, const Session& session, const std::vector<MapRow>& rows)
{
    if (choice == QLatin1String("modality"))
        return byModality(rows);
    QStringList values;
    std::vector<float> numbers;
    QMap<QString, int> counts;
    bool numeric = choice.startsWith(Column);
    for (const MapRow& row : rows) {
        const QString value = propertyOf(choice, session.sample(row.id));
        bool isNumber = false;
        const float number = value.toFloat(&isNumber);
        numeric = numeric && (isNumber || value.isEmpty());
        numbers.push_back(isNumber ? number : NAN);
        values << value;
        if (!value.isEmpty())
            ++counts[value];
    }
    if (numeric && !counts.isEmpty())
        return continuous(numbers);
    QStringList order = counts.keys();
    std::stable_sort(order.begin(), order.end(),
        [&counts](const QString& a, const QString& b) { return counts[a] > counts[b]; });
    return categories(values, order);
}

} // namespace triptych
