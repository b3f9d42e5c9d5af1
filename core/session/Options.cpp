#include "core/session/Engine.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>

#include <cmath>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Options)
    };

    QString where(const MethodInfo& method, const OptionInfo& option)
    {
        return method.id + QStringLiteral(" --") + option.name;
    }

    void checkNumber(const MethodInfo& method, const OptionInfo& option, const QJsonValue& value)
    {
        const bool whole = option.type == OptionInfo::Type::Integer;
        const double number = value.toDouble();
        if (!value.isDouble() || !std::isfinite(number) || (whole && number != std::trunc(number)))
            throw Error((whole ? Tr::tr("%1: it must be a whole number.") : Tr::tr("%1: it must be a number."))
                            .arg(where(method, option)));
        if (option.minimum != option.maximum && (number < option.minimum || number > option.maximum))
            throw Error(Tr::tr("%1: %2 is out of range; give a number from %3 to %4.")
                            .arg(where(method, option), QString::number(number),
                                QString::number(option.minimum), QString::number(option.maximum)));
    }

    void check(const MethodInfo& method, const OptionInfo& option, const QJsonValue& value)
    {
        if (value == option.defaultValue)
            return; // a default is right by definition, also one outside of the type ("no value")
        switch (option.type) {
        case OptionInfo::Type::Integer:
        case OptionInfo::Type::Real:
            checkNumber(method, option, value);
            return;
        case OptionInfo::Type::Boolean:
            if (!value.isBool())
                throw Error(Tr::tr("%1: it must be true or false.").arg(where(method, option)));
            return;
        case OptionInfo::Type::List:
            if (!value.isArray())
                throw Error(Tr::tr("%1: it must be a list.").arg(where(method, option)));
            return;
        case OptionInfo::Type::Choice:
            if (!value.isString() || !option.choices.contains(value.toString()))
                throw Error(Tr::tr("%1: \"%2\" is no choice; give one of %3.")
                                .arg(where(method, option), value.toVariant().toString(),
                                    option.choices.join(QStringLiteral(", "))));
            return;
        case OptionInfo::Type::Text:
        case OptionInfo::Type::File:
            if (!value.isString())
                throw Error(Tr::tr("%1: it must be a text.").arg(where(method, option)));
            return;
        }
    }

} // namespace

QJsonObject completeOptions(const MethodInfo& method, const QJsonObject& given)
{
    QJsonObject complete;
    QStringList known;
    for (const OptionInfo& option : method.options) {
        known << option.name;
        const auto value = given.find(option.name);
        if (value != given.end())
            check(method, option, *value);
        const QJsonValue chosen = value != given.end() ? QJsonValue(*value) : option.defaultValue;
        if (!chosen.isUndefined())
            complete[option.name] = chosen;
    }
    for (auto option = given.begin(); option != given.end(); ++option)
        if (!known.contains(option.key()))
            throw Error(Tr::tr("%1: it has no option \"%2\"; it takes %3.")
                            .arg(method.id, option.key(),
                                known.isEmpty() ? Tr::tr("none") : known.join(QStringLiteral(", "))));
    return complete;
}

const Value& Inputs::value(const QString& name) const
{
    const auto found = values.find(name);
    if (found == values.end() || !found->second)
        throw Error(Tr::tr("The input \"%1\" is missing; compute or load it first.").arg(name));
    return *found->second;
}

} // namespace triptych
