#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"

#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

QString typeName(OptionInfo::Type type)
{
    switch (type) {
    case OptionInfo::Type::Integer:
        return u"integer"_s;
    case OptionInfo::Type::Real:
        return u"real"_s;
    case OptionInfo::Type::Boolean:
        return u"boolean"_s;
    case OptionInfo::Type::Text:
        return u"text"_s;
    case OptionInfo::Type::Choice:
        return u"choice"_s;
    case OptionInfo::Type::File:
        return u"file"_s;
    case OptionInfo::Type::List:
        break;
    }
    return u"list"_s;
}

QJsonObject toJson(const OptionInfo& option)
{
    QJsonObject json {{u"name"_s, option.name}, {u"type"_s, typeName(option.type)},
        {u"default"_s, option.defaultValue}, {u"about"_s, option.about}};
    if (option.minimum < option.maximum) {
        json[u"min"_s] = option.minimum;
        json[u"max"_s] = option.maximum;
    }
    if (!option.choices.isEmpty())
        json[u"choices"_s] = QJsonArray::fromStringList(option.choices);
    return json;
}

QJsonObject toJson(const MethodInfo& method)
{
    QJsonArray options;
    for (const OptionInfo& option : method.options)
        options << toJson(option);
    return {{u"id"_s, method.id}, {u"room"_s, method.room}, {u"title"_s, method.title},
        {u"options"_s, options}, {u"reference"_s, method.reference},
        {u"inputs"_s, QJsonArray::fromStringList(method.inputs)}};
}

void printMethod(const CommandLine& line, const MethodInfo& method)
{
    line.print(u"%1  %2"_s.arg(method.id, -22).arg(method.title));
    for (const OptionInfo& option : method.options) {
        QByteArray standard
            = QJsonDocument(QJsonArray {option.defaultValue}).toJson(QJsonDocument::Compact);
        standard = standard.mid(1, standard.size() - 2);
        line.print(
            u"    %1 = %2  %3"_s.arg(option.name, QString::fromUtf8(standard), option.about));
    }
}

int run(CommandLine& line, const std::string& room)
{
    QJsonArray document;
    QStringList rooms;
    for (const MethodInfo& method : line.engine().methods()) {
        if (!rooms.contains(method.room))
            rooms << method.room;
        if (!room.empty() && method.room != fromWord(room))
            continue;
        document << toJson(method);
        if (!line.common.json)
            printMethod(line, method);
    }
    if (!room.empty() && document.isEmpty())
        throw UsageError(
            u"%1: there is no such room; there are %2"_s.arg(fromWord(room), rooms.join(u", "_s)));
    if (line.common.json)
        line.print(document);
    return 0;
}

} // namespace

void addMethodsCommand(CLI::App& parent, CommandLine& line)
{
    auto room = std::make_shared<std::string>();
    CLI::App* command = addSubcommand(parent, line, "methods",
        "Every method with its options and defaults", "triptych methods projection --json");
    command->add_option("ROOM", *room, "media, model, attention, projection, score …");
    onRun(command, line, [&line, room] { return run(line, *room); });
}

} // namespace triptych
