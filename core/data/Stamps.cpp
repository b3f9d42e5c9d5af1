#include "core/data/Stamps.h"

#include "core/data/Languages.h"
#include "core/data/Split.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

const QString root = u"/usr/share/tuxpaint/stamps"_s;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Stamps)
};

/// First line: English; then `LOCALE.utf8=TEXT`. Lines of another encoding are left out.
QJsonObject readCaptions(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(path, file.errorString()));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    QJsonObject captions {{u"en"_s, lines.value(0).simplified()}};
    for (const QString& line : lines.mid(1)) {
        const qsizetype mark = line.indexOf(".utf8="_L1);
        if (mark <= 0)
            continue;
        const QString text = line.mid(mark + 6).simplified();
        if (!text.isEmpty())
            captions[languageTag(line.left(mark))] = text;
    }
    return captions;
}

/// NAME_desc.ogg is English, NAME_desc_LOCALE.ogg another language.
QJsonObject speechOf(const QString& folder, const QStringList& files, const QString& name)
{
    QJsonObject speech;
    const QString prefix = name + u"_desc"_s;
    for (auto file = std::lower_bound(files.begin(), files.end(), prefix);
         file != files.end() && file->startsWith(prefix); ++file) {
        if (!file->endsWith(".ogg"_L1) && !file->endsWith(".wav"_L1))
            continue;
        const QString rest = file->mid(prefix.size()).chopped(4);
        if (rest.isEmpty())
            speech[u"en"_s] = folder + *file;
        else if (rest.startsWith(u'_') && !rest.contains(u'.'))
            speech[languageTag(rest.mid(1))] = folder + *file;
    }
    return speech;
}

QString firstThatIsThere(
    const QStringList& files, const QString& name, std::initializer_list<QLatin1String> endings)
{
    for (QLatin1String ending : endings)
        if (std::binary_search(files.begin(), files.end(), name + ending))
            return name + ending;
    return {};
}

void addFolder(const QString& top, const QString& folder, Dataset& dataset)
{
    QStringList files = QDir(folder).entryList(QDir::Files);
    std::sort(files.begin(), files.end());
    const QString inside = QDir(top).relativeFilePath(folder) + u'/';
    const QString base = folder + u'/';
    for (const QString& file : std::as_const(files)) {
        if (!file.endsWith(".txt"_L1))
            continue;
        const QString name = file.chopped(4);
        const QString picture = firstThatIsThere(files, name, {".png"_L1, ".svg"_L1});
        if (picture.isEmpty())
            continue;
        Sample sample;
        sample.id = inside + name;
        sample.label = inside.section(u'/', 0, 0);
        const QJsonObject captions = readCaptions(base + file);
        const QJsonObject speech = speechOf(base, files, name);
        const QString english = captions["en"_L1].toString();
        sample.group = english.toLower();
        sample.columns = {{u"captions"_s, captions}, {u"speech"_s, speech}};
        const QString sound = firstThatIsThere(files, name, {".ogg"_L1, ".wav"_L1});
        if (!sound.isEmpty())
            sample.columns[u"sound"_s] = base + sound;
        sample.sources[Modality::Image].path = base + picture;
        if (!english.isEmpty())
            sample.sources[Modality::Text]
                = {.path = {}, .text = english, .bytes = {}, .language = u"en"_s};
        if (speech.contains("fr"_L1))
            sample.sources[Modality::Audio] = {
                .path = speech["fr"_L1].toString(), .text = {}, .bytes = {}, .language = u"fr"_s};
        dataset.samples.push_back(std::move(sample));
    }
}

} // namespace

bool stampsAvailable()
{
    return QFile::exists(root);
}

Dataset loadStampsFrom(const QString& folder)
{
    Dataset dataset;
    dataset.name = u"stamps"_s;
    dataset.title = Tr::tr("Stamps");
    dataset.licence = u"GPL-2.0-or-later and public domain (Tux Paint stamps)"_s;
    dataset.about = Tr::tr(
        "Pictured things with captions in many languages and spoken captions, from Tux Paint.");
    addFolder(folder, folder, dataset);
    QDirIterator folders(folder, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (folders.hasNext())
        addFolder(folder, folders.next(), dataset);
    std::sort(dataset.samples.begin(), dataset.samples.end(),
        [](const Sample& a, const Sample& b) { return a.id < b.id; });
    if (dataset.samples.empty())
        throw Error(Tr::tr(
            "%1: the stamps are not there; install the Debian package tuxpaint-stamps-default.")
                        .arg(folder));
    splitByGroup(dataset, {});
    return dataset;
}

Dataset loadStamps()
{
    return loadStampsFrom(root);
}

} // namespace triptych
