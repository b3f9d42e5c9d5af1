#include "core/jobs/Error.h"
#include "core/session/Session.h"
#include "core/values/Npz.h"
#include "widgets/FigureExport.h"
#include "widgets/forms/ExportDialog.h"
#include "widgets/views/MapBar.h"
#include "widgets/views/MapView.h"

#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <random>

using namespace triptych;
using namespace Qt::StringLiterals;

/// The map over the real session and the real engine. Vectors come with the samples (ready
/// features), so that no model is needed.
class TestMapView : public QObject {
    Q_OBJECT

    static constexpr int Clusters = 5;

    static QByteArray vectorOf(int cluster, std::mt19937& random)
    {
        std::normal_distribution<float> normal(0, 0.1f);
        std::vector<float> values(16);
        for (float& value : values)
            value = normal(random);
        values[size_t(cluster)] += 1;
        return { reinterpret_cast<const char*>(values.data()), qsizetype(values.size() * sizeof(float)) };
    }

    static Sample sampleOf(const QString& id, int cluster, std::mt19937& random)
    {
        Sample sample;
        sample.id = id;
        sample.label = u"cluster %1"_s.arg(cluster);
        sample.split = id.size() % 2 ? u"train"_s : u"test"_s;
        sample.columns = { { u"number"_s, cluster * 1.5 } };
        Source source;
        source.bytes = vectorOf(cluster, random);
        sample.sources[Modality::Features] = source;
        return sample;
    }

    static Dataset planted(int count)
    {
        std::mt19937 random(11);
        Dataset dataset;
        dataset.name = u"planted"_s;
        for (int i = 0; i < count; ++i)
            dataset.samples.push_back(sampleOf(u"s%1"_s.arg(i), i % Clusters, random));
        return dataset;
    }

    static EngineOptions options()
    {
        EngineOptions options;
        options.threads = 1;
        return options;
    }

    bool startEngine(Session& session)
    {
        QSignalSpy failed(&session, &Session::engineFailed);
        session.startEngine();
        if (!QTest::qWaitFor([&] { return session.isEngineReady() || failed.count() > 0; }, 60000))
            return false;
        if (failed.count() > 0)
            qWarning("%s", qPrintable(failed.first().first().toString()));
        return session.isEngineReady();
    }

    static QPointF middleOf(MapView& view, int cluster, int count)
    {
        QPointF sum(0, 0);
        int of = 0;
        for (int i = cluster; i < count; i += Clusters, ++of)
            sum += view.plot().position(i);
        return sum / of;
    }

private Q_SLOTS:
    void anEmptyMapSaysWhatToDrop()
    {
        Session session(options());
        session.open({});
        MapView view(session);
        view.resize(800, 600);
        const QImage empty = view.grab().toImage();
        const ThemeColors colors = view.plot().colors();
        const QRect middle = QRect(QPoint(0, 0), view.plot().size()).adjusted(100, 100, -100, -100).translated(view.plot().pos());
        bool text = false;
        for (int y = middle.top(); y < middle.bottom(); ++y)
            for (int x = middle.left(); x < middle.right(); ++x)
                text = text || empty.pixelColor(x, y) != colors.ground;
        QVERIFY(text);
        QVERIFY(!view.data());
        QVERIFY(view.commandLine().isEmpty());
        QVERIFY(view.isSettled());
        QVERIFY_EXCEPTION_THROWN(exportData(view, u"/tmp/none.csv"_s), Error);
    }

    void samplesAreLaidOutLiveAndClustersStayTogether()
    {
        Session session(options());
        session.open({});
        QVERIFY2(startEngine(session), "the engine must be built");
        MapView view(session);
        view.resize(900, 700);
        view.show();
        QSignalSpy partials(&session, &Session::valuePartial);
        session.addDataset(planted(300));
        QTRY_VERIFY_WITH_TIMEOUT(view.projection().state() == MapProjection::State::Done && view.isSettled(), 60000);
        QCOMPARE(view.projection().method(), u"project.umap"_s);
        QCOMPARE(view.plot().count(), 300);
        // Every point is nearer to its own cluster's middle than to any other.
        int right = 0;
        for (int i = 0; i < 300; ++i) {
            int best = -1;
            double least = 1e9;
            for (int c = 0; c < Clusters; ++c) {
                const QPointF way = view.plot().position(i) - middleOf(view, c, 300);
                if (const double d = std::hypot(way.x(), way.y()); d < least) {
                    least = d;
                    best = c;
                }
            }
            right += best == i % Clusters;
        }
        QVERIFY2(right >= 285, qPrintable(QString::number(right)));
        QVERIFY(view.caption().contains(u"trustworthiness"_s));
        QVERIFY(view.caption().contains(u"seed 0"_s));
        QVERIFY(view.commandLine().startsWith(u"triptych project embeddings.npz --method umap"_s));

        // The pixel under a point has its colour, on screen and in the figure.
        for (QComboBox* box : view.bar().findChildren<QComboBox*>())
            if (const int at = box->findData(u"label"_s); at >= 0)
                box->setCurrentIndex(at);
        QCOMPARE(view.bar().color(), u"label"_s);
        Q_EMIT view.bar().colorChanged();
        session.select({ u"s7"_s }); // a selected mark lies above its neighbours
        const QPoint at = view.plot().position(7).toPoint();
        const QColor color = view.plot().grab().toImage().pixelColor(at);
        const MapColoring coloring = colorBy(u"label"_s, session, view.projection().rows().rows);
        QCOMPARE(color, coloring.palette.on(view.plot().colors().dark)[coloring.colorOf[7]]);

        clickingSelectsEverywhere(session, view);
        lassoTakesTheCluster(session, view);
        searchFadesTheRest(session, view);
        aNewSampleLandsWithoutARun(session, view);
        figuresAndNumbersAreWritten(view);
        stateComesBack(session, view);
    }

    void aRunCanBePausedAndResumed()
    {
        Session session(options());
        session.open({});
        QVERIFY2(startEngine(session), "the engine must be built");
        MapView view(session);
        QJsonObject state = view.state();
        state[u"options"_s] = QJsonObject { { u"project.umap"_s, QJsonObject { { u"epochs"_s, 3000 } } } };
        view.setState(state);
        session.addDataset(planted(1500));
        QTRY_VERIFY_WITH_TIMEOUT(view.projection().epoch() > 0, 60000);
        Q_EMIT view.bar().runClicked();
        QTRY_COMPARE_WITH_TIMEOUT(view.projection().state(), MapProjection::State::Paused, 10000);
        const int reached = view.projection().epoch();
        QVERIFY(reached > 0 && reached < 3000);
        Q_EMIT view.bar().runClicked();
        QCOMPARE(view.projection().state(), MapProjection::State::Running);
        QTRY_VERIFY_WITH_TIMEOUT(view.projection().epoch() > reached, 60000);
        QCOMPARE(view.projection().recipe().options.value(u"from"_s).toInt(), reached);
        QTRY_COMPARE_WITH_TIMEOUT(view.projection().state(), MapProjection::State::Done, 120000);
        QCOMPARE(view.projection().epoch(), 3000);
    }

private:
    void clickingSelectsEverywhere(Session& session, MapView& view)
    {
        QSignalSpy hovered(&session, &Session::hoverChanged);
        const QPoint at = view.plot().position(12).toPoint();
        const QString id = view.projection().rows().rows[size_t(view.plot().pointAt(at))].id;
        QTest::mouseMove(&view.plot(), at);
        QCOMPARE(session.hovered(), id);
        QTest::mouseClick(&view.plot(), Qt::LeftButton, {}, at);
        QCOMPARE(session.selection(), QStringList { id });
        session.select({ u"s3"_s });
        QCOMPARE(view.plot().selectedPoints(), std::vector<int> { 3 });
        session.hover(u"s4"_s);
        QCOMPARE(view.plot().hoveredPoint(), 4);
    }

    void lassoTakesTheCluster(Session& session, MapView& view)
    {
        const QPointF middle = middleOf(view, 2, 300);
        double radius = 0;
        for (int i = 2; i < 300; i += Clusters) {
            const QPointF way = view.plot().position(i) - middle;
            radius = std::max(radius, std::hypot(way.x(), way.y()));
        }
        Q_EMIT view.bar().toolChanged(ScatterPlot::Tool::Lasso);
        const auto corner = [&](int i) {
            return (middle + 1.1 * radius * QPointF(std::cos(i * 0.3142), std::sin(i * 0.3142))).toPoint();
        };
        QTest::mousePress(&view.plot(), Qt::LeftButton, {}, corner(0));
        for (int i = 1; i <= 20; ++i)
            QTest::mouseMove(&view.plot(), corner(i));
        QTest::mouseRelease(&view.plot(), Qt::LeftButton, {}, corner(20));
        Q_EMIT view.bar().toolChanged(ScatterPlot::Tool::Move);
        int own = 0;
        for (const QString& id : session.selection())
            own += id.mid(1).toInt() % Clusters == 2;
        QCOMPARE(own, 60);
        QVERIFY2(session.selection().size() <= 65, qPrintable(QString::number(session.selection().size())));
    }

    void searchFadesTheRest(Session& session, MapView& view)
    {
        auto* search = view.bar().findChild<QLineEdit*>();
        QVERIFY(search);
        search->setText(u"/^s(10|11)$/"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(session.selection().size(), 2);
        QVERIFY(session.selection().contains(u"s11"_s));
        search->setText(u"/broken(/"_s); // while it is being typed
        search->clear();
    }

    void aNewSampleLandsWithoutARun(Session& session, MapView& view)
    {
        const QRectF before = view.plot().viewport();
        const QString recipe = view.projection().recipe().key();
        std::mt19937 random(5);
        Dataset one;
        one.samples.push_back(sampleOf(u"newcomer"_s, 3, random));
        session.addDataset(one);
        QTRY_COMPARE_WITH_TIMEOUT(view.projection().placedCount(), 1, 30000);
        QCOMPARE(view.plot().count(), 301);
        QCOMPARE(view.projection().recipe().key(), recipe);
        QCOMPARE(view.plot().viewport(), before);
        int row = -1;
        for (size_t i = 0; i < view.projection().rows().rows.size(); ++i)
            if (view.projection().rows().rows[i].id == "newcomer"_L1)
                row = int(i);
        const QPointF way = view.plot().position(row) - middleOf(view, 3, 300);
        for (int c = 0; c < Clusters; ++c) {
            const QPointF other = view.plot().position(row) - middleOf(view, c, 300);
            QVERIFY(c == 3 || std::hypot(way.x(), way.y()) < std::hypot(other.x(), other.y()));
        }
    }

    void figuresAndNumbersAreWritten(MapView& view)
    {
        QTemporaryDir folder;
        const auto file = [&](const QString& ending) { return folder.filePath(u"map."_s + ending); };
        FigureOptions figure;
        figure.dpi = 72;
        figure.size = QSizeF(640, 480);
        exportFigure(view, file(u"png"_s), figure);
        const QImage image(file(u"png"_s));
        QCOMPARE(image.size(), QSize(640, 480));
        QCOMPARE(image.pixelColor(2, 2), themeColors(false).ground);
        figure.dark = true;
        QCOMPARE(renderFigure(view, figure).pixelColor(2, 2), themeColors(true).ground);
        exportFigure(view, file(u"svg"_s), figure);
        QFile svg(file(u"svg"_s));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray drawing = svg.readAll();
        QVERIFY(drawing.count("<path") > 300); // markers are drawn, no picture of them
        QVERIFY(!drawing.contains("<image"));
        exportFigure(view, file(u"pdf"_s), figure);
        QFile pdf(file(u"pdf"_s));
        QVERIFY(pdf.open(QIODevice::ReadOnly) && pdf.read(5) == "%PDF-");
        exportData(view, file(u"npz"_s));
        const Value numbers = readNpz(file(u"npz"_s));
        QCOMPARE(numbers.array(u"coords"_s).shape, (QList<qint64> { 301, 2 }));
        QCOMPARE(numbers.strings(u"ids"_s).size(), 301);
        QVERIFY(copyData(view));
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 302);
        QCOMPARE(lines.first(), u"ids,label,modality,coords_0,coords_1"_s);
        QVERIFY_EXCEPTION_THROWN(exportFigure(view, file(u"bmp"_s)), Error);
        ExportDialog dialog(view);
        QVERIFY(!dialog.writeTo(u"/nowhere/at/all/map.png"_s));
        QVERIFY(dialog.writeTo(file(u"again.png"_s)));
    }

    void stateComesBack(Session& session, MapView& view)
    {
        view.plot().setViewport(QRectF(-1, -1, 3, 3));
        const QJsonObject state = view.state();
        MapView again(session);
        again.resize(view.size());
        again.show();
        again.setState(state);
        QTRY_COMPARE_WITH_TIMEOUT(again.projection().placedCount(), 1, 30000);
        QCOMPARE(again.projection().recipe().key(), view.projection().recipe().key());
        QCOMPARE(again.plot().viewport(), QRectF(-1, -1, 3, 3));
        QCOMPARE(again.bar().color(), view.bar().color());
        QCOMPARE(again.projection().x(), view.projection().x());
        QCOMPARE(again.projection().y(), view.projection().y());
    }
};

QTEST_MAIN(TestMapView)
#include "tst_mapview.moc"
