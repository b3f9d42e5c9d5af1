#include "core/engine/models/families/Config.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

constexpr int largestSide = 16384;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

Config::Config(QJsonObject json, QString where)
    : m_json(std::move(json))
    , m_where(std::move(where))
{
}

void Config::fail(const QString& key, const QString& what) const
{
    throw Error(QStringLiteral("%1: %2: %3").arg(m_where, key, what));
}

Config Config::object(const QString& key) const
{
    const QJsonValue value = m_json.value(key);
    if (!value.isUndefined() && !value.isNull() && !value.isObject())
        fail(key, Tr::tr("this must be an object."));
    return { value.toObject(), m_where + QStringLiteral(": ") + key };
}

int Config::integer(const QString& key, int fallback, int minimum, int maximum) const
{
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    const double number = value.toDouble(std::nan(""));
    if (!(number >= minimum && number <= maximum) || number != std::floor(number))
        fail(key, Tr::tr("this must be a whole number from %1 to %2.").arg(minimum).arg(maximum));
    return static_cast<int>(number);
}

std::vector<int> Config::integers(const QString& key, std::vector<int> fallback, int minimum, int maximum) const
{
    if (!has(key))
        return fallback;
    const QJsonValue given = m_json.value(key);
    std::vector<int> values;
    for (const QJsonValue& value : given.toArray()) {
        const double number = value.toDouble(std::nan(""));
        if (!(number >= minimum && number <= maximum && number == std::floor(number)))
            fail(key, Tr::tr("this must be a list of whole numbers from %1 to %2.").arg(minimum).arg(maximum));
        values.push_back(int(number));
    }
    if (values.empty())
        fail(key, Tr::tr("this must be a list of whole numbers from %1 to %2.").arg(minimum).arg(maximum));
    return values;
}

double Config::real(const QString& key, double fallback) const
{
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    if (!value.isDouble())
        fail(key, Tr::tr("this must be a number."));
    return value.toDouble();
}

QString Config::text(const QString& key, const QString& fallback) const
{
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    if (!value.isString())
        fail(key, Tr::tr("this must be a text."));
    return value.toString();
}

bool Config::boolean(const QString& key, bool fallback) const
{
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    if (!value.isBool())
        fail(key, Tr::tr("this must be true or false."));
    return value.toBool();
}

std::array<int, 2> Config::sides(const QString& key, std::array<int, 2> fallback) const
{
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    const auto side = [&](const QJsonValue& part) {
        const int number = part.toInt();
        if (number < 1 || number > largestSide)
            fail(key, Tr::tr("a side must be a whole number from 1 to %1.").arg(largestSide));
        return number;
    };
    if (value.isArray()) {
        if (value.toArray().size() != 2)
            fail(key, Tr::tr("this must be one number or [height, width]."));
        return { side(value.toArray().at(0)), side(value.toArray().at(1)) };
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        return { side(object.value(QStringLiteral("height"))),
            side(object.value(QStringLiteral("width"))) };
    }
    return { side(value), side(value) };
}

} // namespace triptych
