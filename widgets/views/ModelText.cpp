#include "widgets/views/ModelText.h"

#include "core/data/Modality.h"
#include "widgets/views/CommandText.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <map>
#include <vector>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(ModelText)
};

QString viewTitle(const QString& id)
{
    if (id == QLatin1String("map"))
        return Tr::tr("Map");
    if (id == QLatin1String("attention"))
        return Tr::tr("Attention");
    return id == QLatin1String("alignment") ? Tr::tr("Alignment") : id;
}

/// Parameters by module two levels deep, largest first, at most `most`.
std::vector<std::pair<QString, double>> shares(const QJsonArray& tensors, size_t most)
{
    std::map<QString, double> sums;
    for (const QJsonValue& row : tensors)
        sums[row[QLatin1String("name")].toString().section(u'.', 0, 1)] += row[QLatin1String("parameters")].toDouble();
    std::vector<std::pair<QString, double>> sorted(sums.begin(), sums.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (sorted.size() > most) {
        double rest = 0;
        for (size_t i = most - 1; i < sorted.size(); ++i)
            rest += sorted[i].second;
        sorted.resize(most - 1);
        sorted.emplace_back(Tr::tr("the rest"), rest);
    }
    return sorted;
}

}

QString countText(double count)
{
    const QLocale locale;
    if (count >= 1e9)
        return Tr::tr("%1 G").arg(locale.toString(count / 1e9, 'g', 3));
    if (count >= 1e6)
        return Tr::tr("%1 M").arg(locale.toString(count / 1e6, 'g', 3));
    return count >= 1e4 ? Tr::tr("%1 k").arg(locale.toString(count / 1e3, 'g', 3)) : locale.toString(qint64(count));
}

QString modelFacts(const QJsonObject& info)
{
    if (info.isEmpty())
        return {};
    QStringList parts;
    const QString family = info[QLatin1String("family")].toString();
    parts << (family.isEmpty() ? Tr::tr("unknown family") : family);
    QStringList modalities;
    for (const QJsonValue& name : info[QLatin1String("modalities")].toArray()) {
        if (const auto modality = modalityFromName(name.toString()))
            modalities << modalityTitle(*modality);
    }
    if (!modalities.isEmpty())
        parts << modalities.join(QStringLiteral(", "));
    parts << Tr::tr("%1 parameters").arg(countText(info[QLatin1String("parameters")].toDouble()));
    parts << info[QLatin1String("dtype")].toString();
    parts << QLocale().formattedDataSize(qint64(info[QLatin1String("size_bytes")].toDouble()));
    parts << info[QLatin1String("hash")].toString();
    parts.removeAll(QString());
    QString text = parts.join(QStringLiteral(" · "));
    for (const QJsonValue& note : info[QLatin1String("notes")].toArray())
        text += u'\n' + note.toString();
    return text;
}

QString modelViews(const QJsonObject& info)
{
    QStringList lines;
    const QJsonObject views = info[QLatin1String("views")].toObject();
    for (const char* id : { "map", "attention", "alignment" }) {
        const QString text = views[QLatin1String(id)].toString();
        if (!text.isEmpty())
            lines << QStringLiteral("%1: %2").arg(viewTitle(QLatin1String(id)), text);
    }
    return lines.join(QStringLiteral("  ·  "));
}

void paintModules(QPainter& painter, const QRectF& area, const ThemeColors& colors, const Value& tensors, const QString& title)
{
    painter.save();
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height() * 1.5;
    const QRectF room = area.adjusted(16, 12, -16, -12);
    painter.setPen(colors.text);
    painter.drawText(QRectF(room.left(), room.top(), room.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
        Tr::tr("Parameters of %1, by module").arg(title));
    const auto most = size_t(std::max(2.0, room.height() / line - 1));
    const auto rows = shares(tensors.info[QLatin1String("tensors")].toArray(), most);
    double widest = 0;
    for (const auto& [name, count] : rows)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    widest = std::min(widest, room.width() / 2);
    const double numbers = metrics.horizontalAdvance(QStringLiteral("000.0 M")) + 8;
    const double bar = std::max(10.0, room.width() - widest - numbers - 20);
    for (size_t i = 0; i < rows.size(); ++i) {
        const double top = room.top() + line * double(i + 1);
        painter.setPen(colors.text);
        painter.drawText(QRectF(room.left(), top, widest, line), Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(rows[i].first, Qt::ElideMiddle, widest));
        const double width = bar * rows[i].second / std::max(1.0, rows.front().second);
        painter.fillRect(QRectF(room.left() + widest + 10, top + line * 0.2, width, line * 0.6), colors.accent);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(room.left() + widest + 14 + width, top, numbers, line), Qt::AlignLeft | Qt::AlignVCenter,
            countText(rows[i].second));
    }
    painter.restore();
}

QString infoCommand(const QString& path, const QString& other)
{
    if (path.isEmpty())
        return {};
    QStringList words { QStringLiteral("triptych"), QStringLiteral("info"), path };
    words << (other.isEmpty() ? QStringList { QStringLiteral("--tensors") } : QStringList { QStringLiteral("--compare"), other });
    return commandText(words);
}

} // namespace triptych
