#include "core/data/Dataset.h"
#include "core/data/Split.h"
#include "core/data/Stamps.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/media/Media.h"
#include "core/engine/representation/Signals.h"
#include "core/engine/representation/video/MovingClips.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace Qt::StringLiterals;

namespace {

const QString everyMotion = u"left,right,up,down,clockwise,anticlockwise,grows,shrinks"_s;

/// A picture of `side` pixels: a white disc with a dark bar from its centre upwards, on a black ground.
Sample disc(const QString& id, int64_t side = 40)
{
    const at::Tensor place = at::arange(side, at::TensorOptions(at::kFloat)) - float(side - 1) / 2;
    const at::Tensor inside
        = (place.square().unsqueeze(0) + place.square().unsqueeze(1)).lt(double(side * side) / 6.25);
    at::Tensor picture = inside.to(at::kByte) * 255;
    picture.narrow(0, side / 5, side * 3 / 10).narrow(1, side / 2 - 2, 4).fill_(90);
    Sample sample;
    sample.id = id;
    sample.sources[Modality::Image].bytes = encodePng(picture.unsqueeze(2).expand({ side, side, 3 }).contiguous());
    return sample;
}

/// Where the light of a frame (uint8 [side,side,3]) over its ground is: column and row.
std::pair<double, double> centre(const at::Tensor& frame)
{
    const at::Tensor light = frame.to(at::kFloat).mean(2);
    const at::Tensor above = light - light.min();
    const at::Tensor places = at::arange(light.size(0), at::TensorOptions(at::kFloat)) + 0.5;
    const double sum = above.sum().item<double>();
    return { (above * places.unsqueeze(0)).sum().item<double>() / sum, (above * places.unsqueeze(1)).sum().item<double>() / sum };
}

ClipSetOptions smallSet()
{
    ClipSetOptions options;
    options.count = 24;
    options.frames = 8;
    options.side = 32;
    return options;
}

} // namespace

class tst_MovingClips : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void motionsStandInPairs();
    void thePoseOfEveryFrameIsUniformWhateverTheMotion();
    void theOppositeMotionIsTheSameWayBackwards();
    void whatIsDrawnIsWhereTheRouteSays();
    void theGroundOfAnOpaquePictureIsCutAway();
    void everyPictureShowsEveryMotionAndStandsOnOneSide();
    void theSetIsWrittenAndReadBack();
    void theSameSeedGivesTheSameBytes();
    void aFolderThatHoldsSomethingIsRefused();
    void samplesWithoutAVideoAreNamed();
};

void tst_MovingClips::motionsStandInPairs()
{
    for (const QString& name : motionNames())
        QCOMPARE(oppositeMotion(oppositeMotion(name)), name);
    QCOMPARE(oppositeMotion(u"right"_s), u"left"_s);
    QCOMPARE(oppositeMotion(u"anticlockwise"_s), u"clockwise"_s);
    QCOMPARE(oppositeMotion(u"shrinks"_s), u"grows"_s);
    QVERIFY(oppositeMotion(u"waves"_s).isEmpty());
    QCOMPARE(motionsOf(u" Left; right,up "_s).size(), size_t(3));
    QVERIFY_THROWS_EXCEPTION(Error, motionsOf(u"left"_s));
    QVERIFY_THROWS_EXCEPTION(Error, motionsOf(u"left,left"_s));
    QVERIFY_THROWS_EXCEPTION(Error, motionsOf(u"left,sideways"_s));
}

void tst_MovingClips::thePoseOfEveryFrameIsUniformWhateverTheMotion()
{
    const std::vector<Motion> motions = motionsOf(everyMotion);
    constexpr int clips = 2000, bins = 10;
    Chance chance(5);
    for (const Motion motion : motions) {
        for (const int frame : { 0, 7, 15 }) {
            std::array<std::array<int, bins>, 4> counts {};
            for (int i = 0; i < clips; ++i) {
                const Pose pose = Route(motion, motions, chance).at(frame);
                const std::array<double, 4> numbers { pose.x, pose.y, pose.turn, pose.size };
                for (size_t n = 0; n < 4; ++n)
                    ++counts[n][size_t(numbers[n] * bins)];
            }
            for (const auto& count : counts) {
                double chiSquare = 0;
                for (const int n : count)
                    chiSquare += std::pow(n - clips / double(bins), 2) / (clips / double(bins));
                QVERIFY2(chiSquare < 33, qPrintable(motionName(motion))); // p = .0001 with 9 degrees of freedom
            }
        }
    }
}

void tst_MovingClips::theOppositeMotionIsTheSameWayBackwards()
{
    const std::vector<Motion> motions = motionsOf(everyMotion);
    for (const Motion motion : motions) {
        Chance one(9), other(9);
        const Route way(motion, motions, one);
        const Route back(motions.at(size_t(motionNames().indexOf(oppositeMotion(motionName(motion))))), motions, other);
        // From one place with one speed they go apart: n frames this way and n frames that way end 2n frames apart.
        const auto apart = [](double a, double b) { return std::abs(std::remainder(a - b, 1.0)); };
        const Pose there = way.at(4), here = back.at(4);
        const double moved = apart(there.x, here.x) + apart(there.y, here.y) + apart(there.turn, here.turn) + apart(there.size, here.size);
        QVERIFY(std::abs(moved - std::abs(std::remainder(8 * way.speed(), 1.0))) < 1e-9);
    }
}

void tst_MovingClips::whatIsDrawnIsWhereTheRouteSays()
{
    const Sprite sprite = spriteOf(disc(u"d"_s).sources.at(Modality::Image), 26);
    const std::vector<Motion> motions = motionsOf(u"left,right,up,down"_s);
    int seen = 0;
    for (quint64 seed = 0; seed < 40; ++seed) {
        Chance chance(seed);
        const Route route(motions[seed % 4], motions, chance);
        const at::Tensor clip = drawClip(sprite, at::full({ 64, 64, 3 }, 0.1), route, 2, { 0.4, 0.4 });
        QCOMPARE(clip.sizes().vec(), (std::vector<int64_t> { 2, 64, 64, 3 }));
        const Pose pose = route.at(1);
        if (std::min({ pose.x, pose.y, 1 - pose.x, 1 - pose.y }) < 0.25)
            continue; // over the edge it is in two places
        const auto [column, row] = centre(clip[1]);
        QVERIFY(std::abs(column - 64 * pose.x) < 1 && std::abs(row - 64 * pose.y) < 1);
        ++seen;
    }
    QVERIFY(seen > 5);
    // A quarter turn to the right brings the bar from above to the right.
    Chance chance(1);
    const Route turning(Motion::Clockwise, motionsOf(u"clockwise,anticlockwise"_s), chance);
    const at::Tensor clip = drawClip(sprite, at::zeros({ 64, 64, 3 }), turning, 16, { 0.4, 0.4 });
    for (int i = 0; i < 16; ++i) {
        const Pose pose = turning.at(i);
        const double angle = 2 * M_PI * pose.turn;
        const auto around = [](double value) { return int64_t(std::floor(value - 64 * std::floor(value / 64))); };
        const at::Tensor bar = clip[i][around(64 * pose.y - 6 * std::cos(angle))][around(64 * pose.x + 6 * std::sin(angle))];
        QVERIFY2(bar[0].item<int>() < 160, qPrintable(QString::number(i)));
    }
}

void tst_MovingClips::theGroundOfAnOpaquePictureIsCutAway()
{
    const Sprite sprite = spriteOf(disc(u"d"_s).sources.at(Modality::Image), 26);
    QVERIFY(std::max(sprite.colours.size(0), sprite.colours.size(1)) <= 26);
    QCOMPARE(sprite.colours[0][0][3].item<float>(), 0.F); // a corner beside the disc
    QVERIFY(sprite.colours[sprite.colours.size(0) * 3 / 4][sprite.colours.size(1) / 2][3].item<float>() > 0.99F);
    QVERIFY(sprite.brightness > 0.8);
    Chance chance(0);
    QVERIFY(groundFor(sprite, 32, false, chance).mean().item<double>() < 0.5);
    const at::Tensor textured = groundFor(sprite, 32, true, chance);
    QVERIFY(textured.std(false).item<double>() > 0.02);
    Source empty;
    empty.bytes = encodePng(at::full({ 16, 16, 3 }, 7, at::TensorOptions(at::kByte)));
    QVERIFY_THROWS_EXCEPTION(Error, spriteOf(empty, 26));
}

void tst_MovingClips::everyPictureShowsEveryMotionAndStandsOnOneSide()
{
    std::vector<Sample> pictures;
    for (int i = 0; i < 40; ++i)
        pictures.push_back(disc(QString::number(i), 24 + i));
    ClipSetOptions options = smallSet();
    options.count = 100;
    std::map<size_t, std::map<Motion, int>> motions;
    std::map<size_t, QSet<QString>> sides;
    QSet<QString> ids;
    int tests = 0;
    for (const PlannedClip& clip : planClips(pictures, options)) {
        ++motions[clip.source][clip.route.motion()];
        sides[clip.source].insert(clip.split);
        ids.insert(clip.id);
        tests += clip.split == u"test";
    }
    QCOMPARE(ids.size(), 100);
    QCOMPARE(motions.size(), size_t(25));
    for (const auto& [source, counts] : motions)
        QCOMPARE(counts.size(), size_t(4));
    for (const auto& [source, names] : sides)
        QCOMPARE(names.size(), 1);
    QCOMPARE(tests, 20);
    pictures = { Sample {} };
    QVERIFY_THROWS_EXCEPTION(Error, planClips(pictures, options));
}

void tst_MovingClips::theSetIsWrittenAndReadBack()
{
    QTemporaryDir folder;
    std::vector<Sample> pictures;
    for (int i = 0; i < 5; ++i)
        pictures.push_back(disc(QString::number(i), 24 + 2 * i));
    ClipSetOptions options = smallSet();
    options.motions = motionsOf(everyMotion);
    SilentProgress progress;
    const Value made = writeClips(pictures, folder.filePath(u"set"_s), options, progress);
    QCOMPARE(made.info["size"_L1].toInt(), 24);
    Dataset set = openDataset(folder.filePath(u"set"_s));
    QCOMPARE(set.size(), 24);
    QStringList names = motionNames();
    names.sort();
    QCOMPARE(set.classNames(), names);
    const std::vector<PlannedClip> plan = planClips(pictures, options);
    checkLeaks(set);
    for (qsizetype i = 0; i < set.size(); ++i) {
        const Sample& sample = set.get(i);
        const PlannedClip& clip = plan.at(size_t(i));
        QCOMPARE(sample.id, clip.id);
        QCOMPARE(sample.label, motionName(clip.route.motion()));
        QCOMPARE(sample.group, pictures[clip.source].id);
        QCOMPARE(sample.split, clip.split);
        VideoOptions all;
        all.frames = options.frames;
        const Video video = readVideo(sample.sources.at(Modality::Video), all);
        const Sprite sprite = spriteOf(pictures[clip.source].sources.at(Modality::Image), int(std::ceil(0.6 * 32)));
        Chance chance(clip.seed);
        const at::Tensor drawn = drawClip(sprite, groundFor(sprite, 32, false, chance), clip.route, 8, { 0.24, 0.6 });
        const double error = (video.frames.to(at::kFloat) - drawn.to(at::kFloat)).abs().mean().item<double>();
        QVERIFY2(error < 3, qPrintable(QString::number(error)));
        for (size_t t = 0; t < 8; ++t)
            QVERIFY(std::abs(video.times[t] - double(t) / options.rate) < 0.002);
    }
    // And as a folder per class, without the table.
    QVERIFY(QFile::remove(folder.filePath(u"set/samples.tsv"_s)));
    QCOMPARE(openDataset(folder.filePath(u"set"_s)).classNames(), names);
}

void tst_MovingClips::theSameSeedGivesTheSameBytes()
{
    if (!stampsAvailable())
        QSKIP("the package tuxpaint-stamps-default is not installed");
    QTemporaryDir folder;
    const std::vector<Sample> stamps = loadStamps().samples;
    ClipSetOptions options = smallSet();
    options.count = 8;
    options.textured = true;
    SilentProgress progress;
    QByteArrayList files[2];
    for (const int run : { 0, 1 }) {
        const QString name = folder.filePath(QString::number(run));
        writeClips(stamps, name, options, progress);
        for (const Sample& sample : openDataset(name).samples) {
            QFile file(sample.sources.at(Modality::Video).path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            files[run] << file.readAll();
        }
    }
    QCOMPARE(files[0].size(), 8);
    QCOMPARE(files[0], files[1]);
}

void tst_MovingClips::aFolderThatHoldsSomethingIsRefused()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"mine.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    SilentProgress progress;
    QVERIFY_THROWS_EXCEPTION(Error, writeClips({ disc(u"d"_s) }, folder.path(), smallSet(), progress));
    QVERIFY_THROWS_EXCEPTION(Error, writeClips({ disc(u"d"_s) }, QString(), smallSet(), progress));
    QVERIFY_THROWS_EXCEPTION(Error, writeClips({}, folder.filePath(u"new"_s), smallSet(), progress));
}

void tst_MovingClips::samplesWithoutAVideoAreNamed()
{
    SilentProgress progress;
    try {
        videosOf({ disc(u"only-a-picture"_s) }, {}, progress);
        QFAIL("a picture was read as a video");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(u"only-a-picture"_s) && error.message().contains(u"video"_s),
            qPrintable(error.message()));
    }
}

QTEST_GUILESS_MAIN(tst_MovingClips)
#include "tst_movingclips.moc"
