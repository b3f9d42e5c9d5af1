#include "tests/app/WindowTest.h"
#include "widgets/FigureExport.h"
#include "widgets/panels/LibraryPanel.h"
#include "widgets/panels/LogPanel.h"
#include "widgets/plots/HeatmapWidget.h"
#include "widgets/views/AttentionView.h"
#include "widgets/views/HeadNavigator.h"
#include "widgets/views/MapStyleBar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <algorithm>
#include <cmath>

using namespace triptych;

namespace {

const QString kStamps = QStringLiteral("/usr/share/tuxpaint/stamps");

/// The first file of the Stamps package with this ending, by name; empty without the package.
QString stamp(const QString& ending)
{
    QStringList paths;
    for (QDirIterator walk(kStamps, { u'*' + ending }, QDir::Files, QDirIterator::Subdirectories); walk.hasNext();)
        paths << walk.next();
    paths.sort();
    return paths.value(0);
}

qsizetype most(std::span<const float> values)
{
    return std::max_element(values.begin(), values.end()) - values.begin();
}

} // namespace

class TstMainWindow : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase() { close(); }

    void aDropTakesWhatCanBeReadAndNamesTheRest();
    void undoTakesADropBack();
    void aDroppedTextBecomesASample();
    void aPastedPictureBecomesASample();
    void aDropOfNothingIsNotTaken();
    void aDroppedStampBecomesAHeatmap();
    void anotherLanguageBuildsTheWindowAnew();

private:
    QString write(const QString& name, const QByteArray& bytes)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
        return path;
    }

    QString picture(const QString& name, const QColor& color)
    {
        const QString path = write(name, {});
        QImage image(48, 40, QImage::Format_RGB32);
        image.fill(color);
        QPainter(&image).fillRect(8, 8, 12, 20, Qt::white);
        if (!image.save(path, "PNG"))
            qFatal("%s cannot be written", qPrintable(path));
        return path;
    }

    /// As the window system does it: over the window first, then let go.
    bool drop(QMimeData& data)
    {
        const QPoint middle = window().rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent let(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &let);
        return let.isAccepted();
    }

    bool dropFiles(const QStringList& paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls << QUrl::fromLocalFile(path);
        data.setUrls(urls);
        return drop(data);
    }

    qsizetype count() { return qsizetype(session().samples().size()); }

    int libraryRows()
    {
        auto* panel = window().findChild<LibraryPanel*>();
        for (QListView* list : panel->findChildren<QListView*>()) {
            if (list->parentWidget() == panel)
                return list->model()->rowCount();
        }
        return -1;
    }

    QTemporaryDir m_folder;
};

void TstMainWindow::initTestCase()
{
    open();
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
    QVERIFY(!session().isEngineReady()); // the window is up before the engine
    QTRY_VERIFY_WITH_TIMEOUT(session().isEngineReady(), kPatience);
}

void TstMainWindow::init()
{
    m_workbench->newWorkspace();
    QCOMPARE(count(), qsizetype(0));
    QCOMPARE(libraryRows(), 0);
}

void TstMainWindow::aDropTakesWhatCanBeReadAndNamesTheRest()
{
    QStringList files { picture(QStringLiteral("red.png"), Qt::red),
        write(QStringLiteral("drawing.svg"), "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><circle cx='10' cy='10' r='8' fill='teal'/></svg>"),
        write(QStringLiteral("words.txt"), "a small grey elephant\n"),
        write(QStringLiteral("broken.png"), QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(200, 'x')),
        write(QStringLiteral("empty.png"), {}) };
    picture(QStringLiteral("folder/green.png"), Qt::green);
    picture(QStringLiteral("folder/blue.png"), Qt::blue);
    files << m_folder.filePath(QStringLiteral("folder"));
    qsizetype good = 5;
    if (const QString sound = stamp(QStringLiteral(".ogg")); !sound.isEmpty()) {
        files << sound;
        ++good;
    }

    QSignalSpy notices(&session(), &Session::notice);
    QVERIFY(dropFiles(files));
    QTRY_COMPARE_WITH_TIMEOUT(count(), good, kPatience);
    QTRY_COMPARE(libraryRows(), int(good));
    QTRY_COMPARE(session().selection().size(), good); // what came in is selected

    QStringList sentences;
    for (const auto& notice : notices)
        sentences << notice.first().toString();
    QCOMPARE(sentences.size(), 2);
    for (const QString& name : { QStringLiteral("broken.png"), QStringLiteral("empty.png") }) {
        const QStringList about = sentences.filter(name);
        QVERIFY2(about.size() == 1, qPrintable(sentences.join(u'\n')));
        const QString reason = about.first().section(name, 1);
        QVERIFY2(reason.size() > 15, qPrintable(about.first()));
        QVERIFY(window().log().text().contains(about.first()));
    }
    for (const Modality modality : { Modality::Image, Modality::Text }) {
        QVERIFY(std::any_of(session().samples().begin(), session().samples().end(),
            [&](const Sample& sample) { return sample.has(modality); }));
    }
}

void TstMainWindow::undoTakesADropBack()
{
    QVERIFY(dropFiles({ picture(QStringLiteral("one.png"), Qt::cyan) }));
    QTRY_COMPARE_WITH_TIMEOUT(count(), qsizetype(1), kPatience);
    QTRY_COMPARE(session().selection().size(), 1);
    QVERIFY(dropFiles({ picture(QStringLiteral("two.png"), Qt::yellow), picture(QStringLiteral("three.png"), Qt::gray) }));
    QTRY_COMPARE_WITH_TIMEOUT(count(), qsizetype(3), kPatience);
    QTRY_COMPARE(session().selection().size(), 2);

    QAction* undo = action(QKeySequence::Undo);
    QAction* redo = action(QKeySequence::Redo);
    QVERIFY(undo && redo);
    undo->trigger(); // the selection of what came in is a step of its own
    if (count() == 3)
        undo->trigger();
    QCOMPARE(count(), qsizetype(1));
    QCOMPARE(libraryRows(), 1);
    QVERIFY(redo->isEnabled());
    redo->trigger();
    QCOMPARE(count(), qsizetype(3));
    QCOMPARE(libraryRows(), 3);
}

void TstMainWindow::aDroppedTextBecomesASample()
{
    QMimeData data;
    data.setText(QStringLiteral("  a lighthouse in a storm \n"));
    QVERIFY(drop(data));
    QTRY_COMPARE(count(), qsizetype(1));
    const Sample& sample = session().samples().front();
    QCOMPARE(sample.sources.at(Modality::Text).text, QStringLiteral("a lighthouse in a storm"));
    QCOMPARE(session().current(), sample.id);
    QTRY_VERIFY_WITH_TIMEOUT(session().embeddings(Modality::Text), kPatience);
}

void TstMainWindow::aPastedPictureBecomesASample()
{
    QImage image(30, 20, QImage::Format_ARGB32);
    image.fill(QColor(200, 120, 20));
    QApplication::clipboard()->setImage(image);
    QAction* paste = action(QKeySequence::Paste);
    QVERIFY(paste);
    paste->trigger();
    QTRY_COMPARE(count(), qsizetype(1));
    const Source& source = session().samples().front().sources.at(Modality::Image);
    QImage kept;
    QVERIFY(kept.loadFromData(source.bytes));
    QCOMPARE(kept.size(), image.size());
    QCOMPARE(kept.pixelColor(3, 3), image.pixelColor(3, 3));
    QTRY_VERIFY_WITH_TIMEOUT(session().embeddings(Modality::Image), kPatience);
}

void TstMainWindow::aDropOfNothingIsNotTaken()
{
    QMimeData data;
    QVERIFY(!drop(data));
    QCOMPARE(count(), qsizetype(0));
}

// DESIGN.md, the data walk: a dropped picture becomes a heatmap.
void TstMainWindow::aDroppedStampBecomesAHeatmap()
{
    const QString path = stamp(QStringLiteral(".png"));
    if (path.isEmpty())
        QSKIP("the package tuxpaint-stamps-default is not installed");
    QVERIFY2(QFileInfo(session().currentModel()).fileName() == QLatin1String("triptych-mini"), qPrintable(session().currentModel()));
    window().viewArea().show(QStringLiteral("attention"));
    auto* view = qobject_cast<AttentionView*>(window().viewArea().view(QStringLiteral("attention")));
    QVERIFY(view);
    view->styleBar()->setState({ { QStringLiteral("colors"), QStringLiteral("gray") }, { QStringLiteral("opacity"), 100 } });

    QVERIFY(dropFiles({ path }));
    QTRY_COMPARE_WITH_TIMEOUT(count(), qsizetype(1), kPatience);
    const QString id = session().samples().front().id;
    QTRY_VERIFY_WITH_TIMEOUT(session().embeddings(Modality::Image), kPatience);
    const auto embeddings = session().embeddings(Modality::Image);
    QCOMPARE(embeddings->size(), qsizetype(1));
    double norm = 0;
    for (const float value : embeddings->row(0))
        norm += double(value) * double(value);
    QVERIFY(std::abs(norm - 1) < 1e-4);

    AttentionCanvas* canvas = view->pane(0)->canvas();
    const bool settled = QTest::qWaitFor([&] { return view->isSettled() && !canvas->map().isEmpty(); }, kPatience);
    QVERIFY2(settled, qPrintable(canvas->message()));
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kPatience);

    // The engine's own map of the level that is shown, by another method than the one the view asks.
    QSlider* layers = view->navigator()->layerSlider();
    layers->setValue(layers->maximum());
    const Recipe raw = session().recipeFor(QStringLiteral("attend.raw"), id,
        { { QStringLiteral("modality"), QStringLiteral("image") }, { QStringLiteral("layer"), view->navigator()->layer() },
            { QStringLiteral("head"), view->navigator()->head() } });
    session().request(raw, id, QStringLiteral("attention of the engine"));
    QTRY_VERIFY_WITH_TIMEOUT(session().value(raw), kPatience);
    const Array own = session().value(raw)->array(QStringLiteral("map")).toFloat();
    const auto values = own.floats();
    const ValuePtr shown = view->data();
    QVERIFY(shown);
    const Array drawn = shown->array(QStringLiteral("map")).toFloat();
    QCOMPARE(drawn.shape, own.shape);
    QCOMPARE(most(drawn.floats()), most(values));
    for (size_t i = 0; i < values.size(); ++i)
        QVERIFY(std::abs(drawn.floats()[i] - values[i]) < 1e-5F);

    // And on the picture: the engine's highest cell is the lightest, its lowest the darkest.
    QImage image(480, 480, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    HeatmapWidget* heatmap = canvas->heatmap();
    QPainter painter(&image);
    heatmap->paint(painter, QRectF(image.rect()), themeColors(false));
    painter.end();
    const QRectF area = heatmap->pictureRect(QRectF(image.rect()));
    const int columns = int(own.shape[1]);
    const auto lightness = [&](qsizetype cell) {
        const double x = area.left() + (double(cell % columns) + 0.5) * area.width() / columns;
        const double y = area.top() + (double(cell / columns) + 0.5) * area.height() / double(own.shape[0]);
        return qGray(image.pixel(int(x), int(y)));
    };
    int lightest = 0;
    int darkest = 255;
    for (qsizetype cell = 0; cell < qsizetype(values.size()); ++cell) {
        lightest = std::max(lightest, lightness(cell));
        darkest = std::min(darkest, lightness(cell));
    }
    QCOMPARE(lightness(most(values)), lightest);
    QCOMPARE(lightness(std::min_element(values.begin(), values.end()) - values.begin()), darkest);
    QVERIFY(lightest - darkest > 200);

    // A slider draws again and asks for nothing.
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kPatience);
    const QImage before = renderFigure(*view);
    QSignalSpy jobs(&session(), &Session::jobAdded);
    QSignalSpy ready(&session(), &Session::valueReady);
    layers->setValue(0);
    QVERIFY(view->isSettled());
    QVERIFY(renderFigure(*view) != before);
    QVERIFY(!QTest::qWaitFor([&] { return jobs.count() + ready.count() > 0; }, 600));
}

void TstMainWindow::anotherLanguageBuildsTheWindowAnew()
{
    session().addText(QStringLiteral("a red kite"));
    const QPointer<MainWindow> old = &window();
    const QString title = window().viewArea().view(QStringLiteral("attention"))->title();
    m_workbench->useLanguage(QStringLiteral("zh_CN"));
    QTRY_VERIFY(old.isNull());
    QVERIFY(m_workbench->window() && window().isVisible());
    QCOMPARE(m_workbench->language(), QStringLiteral("zh_CN"));
    QCOMPARE(libraryRows(), 1); // over the same session
    if (QFile::exists(QStringLiteral(":/i18n/triptych_zh_CN.qm")))
        QVERIFY(window().viewArea().view(QStringLiteral("attention"))->title() != title);
    const QPointer<MainWindow> second = &window();
    m_workbench->useLanguage(QStringLiteral("en"));
    QTRY_VERIFY(second.isNull());
    QCOMPARE(window().viewArea().view(QStringLiteral("attention"))->title(), title);
    QVERIFY(dropFiles({ picture(QStringLiteral("after.png"), Qt::darkRed) }));
    QTRY_COMPARE_WITH_TIMEOUT(count(), qsizetype(2), kPatience);
}

int main(int argc, char** argv)
{
    return runWindowTest<TstMainWindow>(argc, argv);
}

#include "tst_mainwindow.moc"
