#include "app/cli/CommandLine.h"

#include "app/cli/Cli.h"
#include "app/cli/TerminalProgress.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QStringDecoder>

#include <cstdio>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

constexpr char mark = '\x01'; ///< no word that a person types starts with it

void write(FILE* to, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), to);
    std::fflush(to);
}

void writeDocument(const QJsonDocument& document)
{
    write(stdout, document.toJson(QJsonDocument::Indented));
}

const MethodInfo& methodInfo(const Engine& engine, const QString& id)
{
    QStringList kin;
    for (const MethodInfo& info : engine.methods()) {
        if (info.id == id)
            return info;
        if (info.id.section(u'.', 0, 0) == id.section(u'.', 0, 0))
            kin << info.id.section(u'.', 1);
    }
    throw UsageError(Tr::tr("%1: there is no such method; there are: %2.")
                         .arg(id.section(u'.', 1), kin.isEmpty() ? u"-"_s : kin.join(u", "_s)));
}

bool hasOption(const MethodInfo& info, const QString& name)
{
    for (const OptionInfo& option : info.options)
        if (option.name == name)
            return true;
    return false;
}

} // namespace

CommandLine::CommandLine() = default;
CommandLine::~CommandLine() = default;

Engine& CommandLine::engine()
{
    if (!m_engine) {
        EngineOptions options;
        options.device = QString::fromStdString(common.device);
        options.threads = common.threads;
        options.resources = resourcesFolder();
        m_engine = openEngine(options);
    }
    return *m_engine;
}

Progress& CommandLine::progress()
{
    if (!m_progress)
        m_progress = std::make_unique<TerminalProgress>(common.progress);
    return *m_progress;
}

Value CommandLine::run(const QString& method, QJsonObject options, const Inputs& inputs)
{
    const MethodInfo& info = methodInfo(engine(), method);
    if (common.seed && hasOption(info, u"seed"_s))
        options[u"seed"_s] = qint64(*common.seed);
    try {
        completeOptions(info, options);
    } catch (const Error& error) {
        throw UsageError(error.message());
    }
    if (common.trust && hasOption(info, u"model"_s) && options.contains(u"model"_s))
        engine().run({u"model.trust"_s, {{u"model"_s, options[u"model"_s]}}, {}}, {}, progress());
    return engine().run({method, options, {}}, inputs, progress());
}

void CommandLine::print(const QJsonObject& document) const
{
    writeDocument(QJsonDocument(document));
}

void CommandLine::print(const QJsonArray& document) const
{
    writeDocument(QJsonDocument(document));
}

void CommandLine::print(const QString& line) const
{
    write(stdout, line.toUtf8() + '\n');
}

void CommandLine::warn(const QString& line) const
{
    write(stderr, "triptych: " + line.simplified().toUtf8() + '\n');
}

CLI::App* addSubcommand(
    CLI::App& parent, CommandLine& line, const char* name, const char* about, const char* example)
{
    CLI::App* command = parent.add_subcommand(name, about);
    command->footer(std::string("Example:\n  ") + example);
    command->add_flag("--json", line.common.json, "One JSON document on stdout");
    command->add_flag(
        "--progress", line.common.progress, "Progress on stderr, even when it is no terminal");
    command->add_flag("--trust", line.common.trust,
        "A MODEL that is a TorchScript program may run; only if you know who made it");
    command->add_option("--device", line.common.device, "auto, cpu, cuda or cuda:N");
    command->add_option("--threads", line.common.threads, "Threads; 0 = every core")
        ->check(CLI::Range(0, 1024));
    command->add_option("--seed", line.common.seed, "Where chance plays a part");
    return command;
}

void onRun(CLI::App* command, CommandLine& line, std::function<int()> work)
{
    command->final_callback([&line, work = std::move(work)] { line.work = work; });
}

std::string protectedWord(const std::string& word)
{
    const size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    const size_t start = equals == std::string::npos ? 0 : equals + 1;
    const bool brackets = word.size() > start
        && ((word[start] == '[' && word.back() == ']')
            || (word[start] == '{' && word.back() == '}'));
    if (!brackets && !word.empty())
        return word;
    return word.substr(0, start) + mark + word.substr(start);
}

QString fromWord(const std::string& word)
{
    return QString::fromStdString(!word.empty() && word.front() == mark ? word.substr(1) : word);
}

QStringList fromWords(const std::vector<std::string>& words)
{
    QStringList list;
    for (const std::string& word : words)
        list << fromWord(word);
    return list;
}

QString modelPath(const std::string& word)
{
    const QString name = fromWord(word);
    if (QFileInfo::exists(name))
        return QFileInfo(name).absoluteFilePath();
    const QString shipped = resourcesFolder() + u"/models/"_s + name;
    if (!name.isEmpty() && !name.contains(u'/') && QFileInfo::exists(shipped))
        return QFileInfo(shipped).absoluteFilePath();
    throw Error(Tr::tr("%1: there is no such model; give a checkpoint folder, or triptych-mini for "
                       "the one that ships.")
                    .arg(name));
}

QStringList readLines(const std::string& path)
{
    QFile file(fromWord(path));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(file.fileName(), file.errorString()));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(file.readAll());
    if (decoder.hasError())
        throw Error(Tr::tr("%1: the text is not UTF-8; save it as UTF-8.").arg(file.fileName()));
    QStringList lines;
    for (const QString& line : text.split(u'\n'))
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    return lines;
}

} // namespace triptych
