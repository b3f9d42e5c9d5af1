#include "core/data/Emoji.h"

#include "core/data/Cldr.h"
#include "core/data/Languages.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <future>
#include <thread>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

const QString listFile = u"/usr/share/unicode/emoji/emoji-test.txt"_s;
const QString cldrFolder = u"/usr/share/unicode/cldr/common"_s;
const QString fontFile = u"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"_s;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Emoji)
};

void demand(const QString& path, const QString& package)
{
    if (!QFile::exists(path))
        throw Error(
            Tr::tr("%1: the file is not there; install the Debian package %2.").arg(path, package));
}

struct Entry {
    QString codes; ///< "1f468-200d-1f4bb"
    QString emoji; ///< the characters without U+FE0F, as CLDR names them
    QString group;
    QString subgroup;
    QString name; ///< the name in emoji-test.txt, for what CLDR lacks
};

bool hasSkinTone(const QStringList& codes)
{
    for (const QString& code : codes)
        if (code >= "1F3FB"_L1 && code <= "1F3FF"_L1 && code.size() == 5)
            return true;
    return false;
}

/// Lines `1F600 ; fully-qualified # 😀 E1.0 grinning face` under `# group:` and `# subgroup:`.
std::vector<Entry> readList()
{
    QFile file(listFile);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(listFile, file.errorString()));
    std::vector<Entry> entries;
    Entry entry;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        if (line.startsWith("# group: "_L1))
            entry.group = line.mid(9);
        else if (line.startsWith("# subgroup: "_L1))
            entry.subgroup = line.mid(12);
        if (line.startsWith(u'#') || !line.contains("; fully-qualified"_L1))
            continue;
        const QStringList codes = line.section(u';', 0, 0).trimmed().split(u' ');
        if (hasSkinTone(codes))
            continue;
        entry.codes = codes.join(u'-').toLower();
        entry.emoji.clear();
        for (const QString& code : codes) {
            const char32_t point = code.toUInt(nullptr, 16);
            if (point != 0xfe0f)
                entry.emoji += QString::fromUcs4(&point, 1);
        }
        entry.name = line.section(u'#', 1).trimmed().section(u' ', 2);
        entries.push_back(entry);
    }
    return entries;
}

using Names = QHash<QString, EmojiName>;

/// A file a task: parsing is what costs.
std::vector<std::pair<QString, Names>> readLanguages(const std::vector<Entry>& entries)
{
    QSet<QString> wanted;
    for (const Entry& entry : entries)
        wanted.insert(entry.emoji);
    const QStringList locales = emojiLocales();
    const int threads = std::max(2, int(std::thread::hardware_concurrency()));
    std::vector<std::future<std::vector<std::pair<QString, Names>>>> tasks;
    for (int thread = 0; thread < threads; ++thread) {
        tasks.push_back(std::async(std::launch::async, [&, thread] {
            std::vector<std::pair<QString, Names>> part;
            for (qsizetype i = thread; i < locales.size(); i += threads)
                part.emplace_back(
                    languageTag(locales[i]), readEmojiNames(cldrFolder, locales[i], wanted));
            return part;
        }));
    }
    std::vector<std::pair<QString, Names>> languages;
    for (auto& task : tasks)
        for (auto& part : task.get())
            languages.push_back(std::move(part));
    return languages;
}

Sample sampleOf(const Entry& entry, const std::vector<std::pair<QString, Names>>& languages)
{
    QJsonObject captions;
    QJsonObject keywords;
    for (const auto& [language, names] : languages) {
        const auto found = names.constFind(entry.emoji);
        if (found == names.constEnd())
            continue;
        if (!found->name.isEmpty())
            captions[language] = found->name;
        if (!found->keywords.isEmpty())
            keywords[language] = QJsonArray::fromStringList(found->keywords);
    }
    if (!captions.contains("en"_L1))
        captions[u"en"_s] = entry.name;
    const QString english = captions["en"_L1].toString();
    Sample sample;
    sample.id = u"emoji/"_s + entry.codes;
    sample.group = sample.id;
    sample.label = entry.group;
    sample.columns
        = {{u"captions"_s, captions}, {u"keywords"_s, keywords}, {u"subgroup"_s, entry.subgroup}};
    sample.sources[Modality::Image].path = u"emoji:"_s + entry.codes;
    sample.sources[Modality::Text]
        = {.path = {}, .text = english, .bytes = {}, .language = u"en"_s};
    sample.sources[Modality::Audio] = {.path = u"speech:en:"_s + english,
        .text = {},
        .bytes = {},
        .language = u"en"_s,
        .synthetic = true};
    return sample;
}

} // namespace

bool emojiAvailable()
{
    return QFile::exists(listFile) && QFile::exists(cldrFolder) && QFile::exists(fontFile);
}

QStringList emojiLocales()
{
    return u"en af am ar ast be bg ca cs cy da de el es eu fa fi fr ga gd gl gu he hi hr hu hy id "
           u"is "
           "it ja ka kab km ko ku lt lv mk ml ms nl nn no pl pt ro ru sk sl sq sr sr_Latn sv sw ta "
           "th "
           "tr uk vi zh zh_Hant zu"_s.split(u' ');
}

Dataset loadEmoji()
{
    demand(listFile, u"unicode-data"_s);
    demand(cldrFolder + u"/annotations/en.xml"_s, u"unicode-cldr-core"_s);
    demand(fontFile, u"fonts-noto-color-emoji"_s);
    const std::vector<Entry> entries = readList();
    const auto languages = readLanguages(entries);
    Dataset dataset;
    dataset.name = u"emoji"_s;
    dataset.title = Tr::tr("Emoji");
    dataset.licence = u"OFL-1.1 (Noto Color Emoji), Unicode-DFS-2016 (names, keywords, groups)"_s;
    dataset.about = Tr::tr(
        "Emoji with names and keywords in many languages; their speech is made by espeak-ng.");
    for (const Entry& entry : entries)
        dataset.samples.push_back(sampleOf(entry, languages));
    return dataset;
}

} // namespace triptych
