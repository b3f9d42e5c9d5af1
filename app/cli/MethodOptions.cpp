#include "app/cli/MethodOptions.h"

#include "app/cli/CommandLine.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QJsonValue flagOf(const OptionInfo& option, const QString& word)
{
    const QString small = word.toLower();
    if (small == u"true" || small == u"yes" || small == u"1")
        return true;
    if (small == u"false" || small == u"no" || small == u"0")
        return false;
    throw UsageError(Tr::tr("--set %1: \"%2\" is neither true nor false").arg(option.name, word));
}

} // namespace

NamedWord namedWord(const QString& typed)
{
    const qsizetype equals = typed.indexOf(u'=');
    if (equals < 1)
        throw UsageError(Tr::tr("--set %1: NAME=VALUE is wanted").arg(typed));
    return { typed.left(equals), typed.mid(equals + 1) };
}

QJsonValue optionValue(const OptionInfo& option, const QString& word)
{
    using Type = OptionInfo::Type;
    if (option.type == Type::Boolean)
        return flagOf(option, word);
    if (option.type == Type::List)
        return QJsonArray::fromStringList(word.split(u',', Qt::SkipEmptyParts));
    if (option.type != Type::Integer && option.type != Type::Real)
        return word;
    bool number = false;
    const double value = word.toDouble(&number);
    if (!number)
        throw UsageError(Tr::tr("--set %1: \"%2\" is no number").arg(option.name, word));
    // A number with a fraction stays one, so that completeOptions can say what is wrong with it.
    return option.type == Type::Integer && value == std::trunc(value) ? QJsonValue(qint64(value)) : QJsonValue(value);
}

} // namespace triptych
