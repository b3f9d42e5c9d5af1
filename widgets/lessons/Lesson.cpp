#include "widgets/lessons/Lesson.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QMap>
#include <QStandardPaths>
#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Lesson)
};

/// The order of branches in the tree: the survey's.
const QStringList& branches()
{
    static const QStringList order { u"representation"_s, u"text"_s, u"picture"_s, u"video"_s, u"sound"_s, u"joint"_s,
        u"coordinated"_s, u"fusion"_s, u"alignment"_s, u"looking"_s };
    return order;
}

QJsonObject jsonOf(const QString& text, const QString& path)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (!document.isObject())
        throw Error(Tr::tr("%1: the state in the first line is no JSON object (%2).").arg(path, error.errorString()));
    return document.object();
}

/// "key: value; …" up to `state:`, which is JSON and goes to the end.
void readFacts(Lesson& lesson, QString line, const QString& path)
{
    if (const qsizetype at = line.indexOf("state:"_L1); at >= 0) {
        lesson.state = jsonOf(line.sliced(at + 6).trimmed(), path);
        line.truncate(at);
    }
    for (const QString& fact : line.split(u';', Qt::SkipEmptyParts)) {
        const QString key = fact.section(u':', 0, 0).trimmed();
        const QString value = fact.section(u':', 1).trimmed();
        if (key == "place"_L1)
            lesson.place = value.split(u'/', Qt::SkipEmptyParts);
        else if (key == "order"_L1)
            lesson.order = value.toInt();
        else if (key == "view"_L1)
            lesson.view = value;
        else if (key == "modality"_L1)
            lesson.modality = value;
        else if (!key.isEmpty())
            throw Error(Tr::tr("%1: the first line says \"%2\"; place, order, view, modality and state are known.")
                            .arg(path, key));
    }
}

QList<int> rankOf(const Lesson& lesson)
{
    QList<int> rank;
    for (const QString& branch : lesson.place) {
        const qsizetype at = branches().indexOf(branch);
        rank << (at < 0 ? int(branches().size()) : int(at));
    }
    return rank;
}

} // namespace

Lesson readLesson(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: this lesson cannot be read (%2).").arg(path, file.errorString()));
    const QString all = QString::fromUtf8(file.readAll());
    const QString first = all.section(u'\n', 0, 0).trimmed();
    if (!first.startsWith("<!--"_L1) || !first.endsWith("-->"_L1)) {
        throw Error(Tr::tr("%1: the first line must be <!-- place: …; order: …; view: …; modality: …; state: {…} -->.")
                        .arg(path));
    }
    Lesson lesson;
    lesson.id = QFileInfo(path).completeBaseName();
    readFacts(lesson, first.mid(4, first.size() - 7).trimmed(), path);
    lesson.text = all.section(u'\n', 1).trimmed();
    const QString heading = lesson.text.section(u'\n', 0, 0);
    lesson.title = heading.startsWith("# "_L1) ? heading.sliced(2).trimmed() : lesson.id;
    if (lesson.place.isEmpty())
        lesson.place << u"looking"_s;
    return lesson;
}

QString lessonsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/lessons"_s;
}

QList<Lesson> lessons(const QString& language, QStringList* problems)
{
    QMap<QString, Lesson> byName;
    for (const QString& root : { u":/lessons"_s, lessonsFolder() }) {
        for (const QString& folder : { u"en"_s, language }) {
            const QDir dir(root + u'/' + folder);
            for (const QString& name : dir.entryList({ u"*.md"_s }, QDir::Files, QDir::Name)) {
                try {
                    const Lesson lesson = readLesson(dir.filePath(name));
                    byName[lesson.id] = lesson;
                } catch (const Error& error) {
                    if (problems)
                        *problems << error.message();
                }
            }
        }
    }
    QList<Lesson> list = byName.values();
    std::stable_sort(list.begin(), list.end(), [](const Lesson& a, const Lesson& b) {
        const QList<int> left = rankOf(a), right = rankOf(b);
        return left != right ? left < right : a.order < b.order;
    });
    return list;
}

QString branchTitle(const QString& branch)
{
    static const QMap<QString, const char*> titles { { u"representation"_s, QT_TRANSLATE_NOOP("Lesson", "Representation") },
        { u"text"_s, QT_TRANSLATE_NOOP("Lesson", "Text") }, { u"picture"_s, QT_TRANSLATE_NOOP("Lesson", "Picture") },
        { u"video"_s, QT_TRANSLATE_NOOP("Lesson", "Video") }, { u"sound"_s, QT_TRANSLATE_NOOP("Lesson", "Sound") },
        { u"joint"_s, QT_TRANSLATE_NOOP("Lesson", "Joint") },
        { u"coordinated"_s, QT_TRANSLATE_NOOP("Lesson", "Coordinated") },
        { u"fusion"_s, QT_TRANSLATE_NOOP("Lesson", "Fusion") },
        { u"alignment"_s, QT_TRANSLATE_NOOP("Lesson", "Alignment") },
        { u"looking"_s, QT_TRANSLATE_NOOP("Lesson", "Looking into a model") } };
    const char* title = titles.value(branch);
    return title ? QCoreApplication::translate("Lesson", title) : branch;
}

} // namespace triptych
