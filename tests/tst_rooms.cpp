#include <QDir>
#include <QDirIterator>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Include {
    QString file;   ///< from the source folder: "core/data/Sample.h"
    QString header; ///< as written between quotes or angles
    bool quoted = false;
};

bool isUnder(const QString& path, const QStringList& folders)
{
    return std::any_of(folders.begin(), folders.end(), [&](const QString& folder) { return path.startsWith(folder + u'/'); });
}

/// Whether the header belongs to one of these Qt modules, by the folder Qt keeps it in.
bool isOfModule(const QString& header, const QStringList& modules)
{
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return std::any_of(modules.begin(), modules.end(), [&](const QString& module) {
        return header.startsWith(module + u'/') || QFile::exists(headers + u'/' + module + u'/' + header);
    });
}

bool isTorch(const QString& header) { return isUnder(header, { u"torch"_s, u"ATen"_s, u"c10"_s }); }

bool isMediaLibrary(const QString& header)
{
    return isUnder(header, { u"opencv2"_s, u"libavcodec"_s, u"libavformat"_s, u"libavutil"_s, u"libavfilter"_s,
        u"libavdevice"_s, u"libswresample"_s, u"libswscale"_s });
}

bool isChart(const QString& header) { return header == "qcustomplot.h"_L1 || isOfModule(header, { u"QtCharts"_s }); }

/// Inside the engine a room sees those before it: media ← features ← learning ← models ← analysis ← representation ← training.
QString engineBreach(const Include& include)
{
    static const QStringList order { u"media"_s, u"features"_s, u"learning"_s, u"models"_s, u"analysis"_s,
        u"representation"_s, u"training"_s, u"benchmark"_s };
    if (!include.file.startsWith("core/engine/"_L1) || !include.header.startsWith("core/engine/"_L1))
        return {};
    const QString room = include.file.section(u'/', 2, 2);
    const QString seen = include.header.section(u'/', 2, 2);
    if (order.contains(room) && order.indexOf(seen) > order.indexOf(room))
        return u"%1 does not see %2"_s.arg(room, seen);
    const bool tensorsOnly = room == "fusion"_L1 || room == "alignment"_L1;
    if (tensorsOnly && isUnder(include.header, { u"core/engine/media"_s, u"core/engine/features"_s, u"core/engine/models"_s }))
        return room + u" knows tensors only"_s;
    return {};
}

QString torchBreach(const Include& include)
{
    if (include.header == "torch/torch.h"_L1 || include.header == "torch/all.h"_L1)
        return u"it costs 15 s in every file; take the narrow header"_s;
    if (!isTorch(include.header))
        return {};
    const bool inEngine = isUnder(include.file, { u"core/engine"_s, u"tests/core/engine"_s, u"tests/bench"_s, u"tests/fuzz"_s });
    if (!inEngine)
        return u"LibTorch is in the engine alone"_s;
    static const QStringList allowed { u"ATen/core/Tensor.h"_s, u"ATen/core/Generator.h"_s };
    if (include.file.startsWith("core/engine/"_L1) && include.file.endsWith(".h"_L1) && !allowed.contains(include.header))
        return u"a header of the engine includes <ATen/core/Tensor.h> (or Generator.h) only"_s;
    return {};
}

QString libraryBreach(const Include& include)
{
    const QString& file = include.file;
    const bool test = file.startsWith("tests/"_L1);
    if (include.header.contains("opencv2/highgui"_L1))
        return u"highgui is never used"_s;
    const bool mediaCode = isUnder(file, { u"core/engine/media"_s, u"core/engine/features"_s }) && file.endsWith(".cpp"_L1);
    if (!test && isMediaLibrary(include.header) && !mediaCode)
        return u"FFmpeg and OpenCV are in .cpp files of media and features alone"_s;
    if (!test && isOfModule(include.header, { u"QtSql"_s }) && !isUnder(file, { u"core/session"_s }))
        return u"Qt SQL is in core/session alone"_s;
    if (!test && isChart(include.header) && !isUnder(file, { u"widgets/plots"_s }))
        return u"charts are in widgets/plots alone"_s;
    if (isUnder(file, { u"core"_s, u"tests/core"_s }) && isOfModule(include.header, { u"QtWidgets"_s }))
        return u"core has no widget"_s;
    return {};
}

QString roomBreach(const Include& include)
{
    const QString& file = include.file;
    const QString& header = include.header;
    if (include.quoted && !isUnder(header, { u"core"_s, u"widgets"_s, u"app"_s, u"tests"_s }) && !header.endsWith(".moc"_L1)
        && !file.startsWith("tests/"_L1))
        return u"own headers are included from the root"_s;
    if (isUnder(file, { u"core"_s }) && isUnder(header, { u"widgets"_s, u"app"_s, u"tests"_s }))
        return u"core sees neither widgets nor app"_s;
    if (isUnder(file, { u"widgets"_s }) && isUnder(header, { u"app"_s, u"tests"_s }))
        return u"widgets do not see app"_s;
    const bool seesEngine = isUnder(file, { u"core/engine"_s, u"tests/core/engine"_s, u"tests/bench"_s, u"tests/fuzz"_s });
    if (!seesEngine && isUnder(header, { u"core/engine"_s }))
        return u"the engine is reached through core/session/Engine.h"_s;
    return {};
}

/// What is wrong with the include; empty when nothing is.
QString breach(const Include& include)
{
    for (const auto& rule : { roomBreach, torchBreach, libraryBreach, engineBreach }) {
        if (const QString reason = rule(include); !reason.isEmpty())
            return u"%1 includes %2: %3"_s.arg(include.file, include.header, reason);
    }
    return {};
}

QList<Include> includesOf(const QDir& source, const QString& file)
{
    // Written with escapes: moc does not read raw strings with quotes in them.
    static const QRegularExpression line(
        u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s, QRegularExpression::MultilineOption);
    QFile text(source.filePath(file));
    if (!text.open(QIODevice::ReadOnly))
        return {};
    QList<Include> includes;
    for (auto it = line.globalMatch(QString::fromUtf8(text.readAll())); it.hasNext();) {
        const auto match = it.next();
        includes << Include { file, match.captured(2), match.captured(1) == u'"' };
    }
    return includes;
}

} // namespace

class TstRooms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theRulesSeeABreach_data();
    void theRulesSeeABreach();
    void everyIncludeKeepsToTheRooms();
};

void TstRooms::theRulesSeeABreach_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* file, const char* header, bool allowed) {
        QTest::addRow("%s <- %s", file, header) << QString::fromLatin1(file) << QString::fromLatin1(header) << allowed;
    };
    row("core/data/Sample.cpp", "ATen/core/Tensor.h", false);
    row("core/session/Session.cpp", "core/engine/Method.h", false);
    row("core/session/Session.cpp", "core/session/Engine.h", true);
    row("core/session/Session.cpp", "QWidget", false);
    row("core/session/Session.cpp", "QUndoStack", true);
    row("core/session/Database.cpp", "QSqlQuery", true);
    row("core/data/Dataset.cpp", "QSqlQuery", false);
    row("core/data/Dataset.cpp", "QtSql/QSqlQuery", false);
    row("core/engine/models/Model.cpp", "QApplication", false);
    row("core/engine/models/Model.cpp", "widgets/View.h", false);
    row("core/engine/models/Model.h", "ATen/core/Tensor.h", true);
    row("core/engine/models/Model.h", "ATen/core/Generator.h", true);
    row("core/engine/models/Model.h", "ATen/Functions.h", false);
    row("core/engine/models/Model.cpp", "ATen/Functions.h", true);
    row("core/engine/models/Model.cpp", "torch/torch.h", false);
    row("core/engine/models/Model.cpp", "opencv2/core.hpp", false);
    row("core/engine/models/Model.cpp", "core/engine/features/Mel.h", true);
    row("core/engine/features/Mel.cpp", "core/engine/models/Model.h", false);
    row("core/engine/fusion/Concat.cpp", "core/engine/models/Encoder.h", false);
    row("core/engine/media/Sound.cpp", "libavcodec/avcodec.h", true);
    row("core/engine/media/Media.h", "libavcodec/avcodec.h", false);
    row("core/engine/media/Picture.cpp", "opencv2/highgui.hpp", false);
    row("widgets/View.h", "app/MainWindow.h", false);
    row("widgets/View.h", "core/engine/Method.h", false);
    row("widgets/View.h", "c10/util/Exception.h", false);
    row("widgets/View.h", "core/session/Session.h", true);
    row("widgets/plots/Ticks.cpp", "qcustomplot.h", true);
    row("widgets/views/MapView.cpp", "qcustomplot.h", false);
    row("widgets/views/MapView.cpp", "QChart", false);
    row("app/MainWindow.cpp", "core/engine/Method.h", false);
    row("tests/widgets/tst_view.cpp", "core/engine/Method.h", false);
    row("tests/core/engine/tst_x.cpp", "core/engine/Method.h", true);
}

void TstRooms::theRulesSeeABreach()
{
    QFETCH(QString, file);
    QFETCH(QString, header);
    QFETCH(bool, allowed);
    QCOMPARE(breach({ file, header, false }).isEmpty(), allowed);
}

void TstRooms::everyIncludeKeepsToTheRooms()
{
    const QDir source(QStringLiteral(TRIPTYCH_SOURCE_DIR));
    QStringList breaches;
    qsizetype seen = 0;
    for (const char* room : { "core", "widgets", "app", "tests" }) {
        QDirIterator walk(source.filePath(QLatin1String(room)), { u"*.h"_s, u"*.cpp"_s }, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            for (const Include& include : includesOf(source, source.relativeFilePath(walk.next()))) {
                ++seen;
                if (const QString sentence = breach(include); !sentence.isEmpty())
                    breaches << sentence;
            }
        }
    }
    QVERIFY2(seen > 500, "the sources were not found");
    QVERIFY2(breaches.isEmpty(), qPrintable(u'\n' + breaches.join(u'\n')));
}

QTEST_GUILESS_MAIN(TstRooms)
#include "tst_rooms.moc"
