#include "widgets/views/AttentionData.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <algorithm>

namespace triptych {

float MapSlice::minimum() const
{
    return values.empty() ? 0.0F : *std::min_element(values.begin(), values.end());
}

float MapSlice::maximum() const
{
    return values.empty() ? 0.0F : *std::max_element(values.begin(), values.end());
}

namespace attention {

namespace {

Error wrongShape(const QString& name)
{
    return Error(QCoreApplication::translate("AttentionData",
        "the attention array \"%1\" does not have the shape its grid says; compute it again")
                     .arg(name));
}

/// Mean over heads, or one head, of an array [L, H].
double number(const Value& maps, const QString& name, int layer, int head)
{
    const Array& array = maps.array(name);
    if (array.shape.size() != 2 || layer < 0 || layer >= array.shape[0])
        throw wrongShape(name);
    const auto values = array.floats();
    const int count = int(array.shape[1]);
    const size_t start = size_t(layer) * size_t(count);
    if (head >= 0)
        return double(values[start + size_t(std::min(head, count - 1))]);
    double sum = 0;
    for (int h = 0; h < count; ++h)
        sum += double(values[start + size_t(h)]);
    return count ? sum / count : 0;
}

/// One row, or the mean over heads, of an array [L, H, G].
std::vector<float> row(const Array& array, const QString& name, int layer, int head)
{
    if (array.shape.size() != 3 || layer < 0 || layer >= array.shape[0])
        throw wrongShape(name);
    const auto values = array.floats();
    const size_t heads = size_t(array.shape[1]);
    const size_t length = size_t(array.shape[2]);
    std::vector<float> result(length, 0.0F);
    const size_t first = head < 0 ? 0 : std::min(size_t(head), heads - 1);
    const size_t last = head < 0 ? heads : first + 1;
    for (size_t h = first; h < last; ++h) {
        const float* from = values.data() + (size_t(layer) * heads + h) * length;
        for (size_t i = 0; i < length; ++i)
            result[i] += from[i] / float(last - first);
    }
    return result;
}

}

bool areMaps(const Value& maps)
{
    if (!maps.has(QStringLiteral("maps")))
        return false;
    const Array& array = maps.array(QStringLiteral("maps"));
    const QJsonArray grid = maps.info.value(QLatin1String("grid")).toArray();
    return array.type == ArrayType::Float32 && array.shape.size() == 3 && array.count() > 0
        && (grid.isEmpty() || qint64(grid[0].toInt()) * grid[1].toInt() == array.shape[2]);
}

bool isMap(const Value& value)
{
    if (!value.has(QStringLiteral("map")))
        return false;
    const Array& array = value.array(QStringLiteral("map"));
    return array.type == ArrayType::Float32 && array.shape.size() == 2 && array.count() > 0;
}

int layers(const Value& maps)
{
    return int(maps.array(QStringLiteral("maps")).rows());
}

int heads(const Value& maps)
{
    const Array& array = maps.array(QStringLiteral("maps"));
    return array.shape.size() == 3 ? int(array.shape[1]) : 0;
}

MapSlice slice(const Value& maps, int layer, int head)
{
    const QString name = QStringLiteral("maps");
    MapSlice result;
    result.values = row(maps.array(name), name, layer, head);
    const QJsonArray grid = maps.info.value(QLatin1String("grid")).toArray();
    result.rows = grid.size() == 2 ? grid[0].toInt() : 1;
    result.cols = grid.size() == 2 ? grid[1].toInt() : int(result.values.size());
    if (size_t(result.rows) * size_t(result.cols) != result.values.size())
        throw wrongShape(name);
    return result;
}

MapSlice map(const Value& value)
{
    const QString name = QStringLiteral("map");
    const Array& array = value.array(name);
    if (array.shape.size() != 2)
        throw wrongShape(name);
    const auto values = array.floats();
    return {int(array.shape[0]), int(array.shape[1]), {values.begin(), values.end()}};
}

double specialShare(const Value& maps, int layer, int head)
{
    const QString name = QStringLiteral("special");
    if (!maps.has(name) || maps.array(name).count() == 0)
        return 0;
    double sum = 0;
    for (const float value : row(maps.array(name), name, layer, head))
        sum += double(value);
    return sum;
}

double entropy(const Value& maps, int layer, int head)
{
    return number(maps, QStringLiteral("entropy"), layer, head);
}

double distance(const Value& maps, int layer, int head)
{
    return number(maps, QStringLiteral("distance"), layer, head);
}

bool isSpecialToken(const QString& token)
{
    const bool angled = token.size() > 2 && token.startsWith(u'<') && token.endsWith(u'>')
        && token != QLatin1String("</w>");
    const bool boxed = token.size() > 2 && token.startsWith(u'[') && token.endsWith(u']');
    return angled || boxed;
}

QString readableToken(const QString& token)
{
    if (isSpecialToken(token))
        return token;
    QString text = token;
    if (text.endsWith(QLatin1String("</w>")))
        text.chop(4);
    if (text.startsWith(QLatin1String("##")))
        text.remove(0, 2);
    text.replace(QChar(0x2581), u' ');
    text.replace(QChar(0x0120), u' ');
    text = text.trimmed();
    return text.isEmpty() ? token : text;
}

}

} // namespace triptych
