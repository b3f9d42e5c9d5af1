#include "core/engine/representation/video/MovingClips.h"

#include "core/data/Dataset.h"
#include "core/data/Split.h"
#include "core/engine/learning/OptionLines.h"
#include "core/engine/media/VideoWriter.h"
#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"
#include "core/values/Npy.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// The pictures that are used, in a random order, with the side of the split that each stands on.
Dataset chosenPictures(const std::vector<Sample>& pictures, size_t count, const ClipSetOptions& options, Chance& chance)
{
    std::vector<int64_t> candidates;
    for (size_t i = 0; i < pictures.size(); ++i) {
        if (pictures[i].has(Modality::Image))
            candidates.push_back(int64_t(i));
    }
    if (candidates.empty())
        throw Error(Tr::tr("There is no picture that could move; choose samples that have one."));
    Dataset chosen;
    bool trains = false, tests = false;
    for (const int64_t place : chance.permutation(int64_t(candidates.size()))) {
        if (chosen.samples.size() == count)
            break;
        Sample sample = pictures[size_t(candidates[size_t(place)])];
        sample.columns = { { QStringLiteral("index"), qint64(candidates[size_t(place)]) } };
        (sample.split == u"test" ? tests : trains) = true;
        chosen.samples.push_back(std::move(sample));
    }
    if (!trains || !tests)
        splitByGroup(chosen, { options.testShare, options.seed });
    return chosen;
}

SpriteSizes sizesOf(const ClipSetOptions& options)
{
    const bool resizes = std::any_of(options.motions.begin(), options.motions.end(),
        [](Motion motion) { return motion == Motion::Grows || motion == Motion::Shrinks; });
    return resizes ? SpriteSizes { 0.6 * options.size, 1.5 * options.size } : SpriteSizes { options.size, options.size };
}

QDir emptyFolder(const QString& path)
{
    const QDir folder(path);
    if (path.isEmpty())
        throw Error(Tr::tr("out: name the folder that the clips are written into."));
    if (!folder.mkpath(QStringLiteral(".")))
        throw Error(Tr::tr("%1: the folder cannot be made; may you write there?").arg(path));
    if (!folder.isEmpty())
        throw Error(Tr::tr("%1: there is something in this folder already; name a new one.").arg(path));
    return folder;
}

Value runClips(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    ClipSetOptions set;
    set.count = options[u"count"].toInt();
    set.frames = options[u"frames"].toInt();
    set.side = options[u"side"].toInt();
    set.motions = motionsOf(options[u"motions"].toString());
    set.textured = options[u"ground"].toString() == u"textured";
    set.size = options[u"size"].toDouble();
    set.rate = options[u"rate"].toDouble();
    set.format = options[u"format"].toString();
    set.testShare = options[u"test_share"].toDouble();
    set.seed = quint64(options[u"seed"].toInteger());
    return writeClips(inputs.samples, options[u"out"].toString(), set, progress);
}

} // namespace

std::vector<PlannedClip> planClips(const std::vector<Sample>& pictures, const ClipSetOptions& options)
{
    Chance chance(options.seed);
    const size_t motions = options.motions.size();
    const Dataset chosen = chosenPictures(pictures, (size_t(options.count) + motions - 1) / motions, options, chance);
    std::vector<PlannedClip> plan;
    for (size_t i = 0; i < size_t(options.count); ++i) {
        const Sample& picture = chosen.samples[(i / motions) % chosen.samples.size()];
        const Motion motion = options.motions[i % motions];
        const QString id = QStringLiteral("%1/%2").arg(motionName(motion)).arg(i, 5, 10, QLatin1Char('0'));
        const Route route(motion, options.motions, chance);
        plan.push_back({ id, size_t(picture.columns[u"index"].toInteger()), picture.split, route,
            quint64(chance.below(1'000'000'000)) });
    }
    return plan;
}

Value writeClips(const std::vector<Sample>& pictures, const QString& path, const ClipSetOptions& options,
    Progress& progress)
{
    const std::vector<PlannedClip> plan = planClips(pictures, options);
    const QDir folder = emptyFolder(path);
    const SpriteSizes sizes = sizesOf(options);
    QList<QStringList> rows { { QStringLiteral("id"), QStringLiteral("split"), QStringLiteral("group"),
        QStringLiteral("label"), QStringLiteral("video"), QStringLiteral("source") } };
    std::set<size_t> used;
    qint64 tests = 0;
    size_t shown = pictures.size();
    Sprite sprite;
    for (const PlannedClip& clip : plan) {
        progress.report(rows.size() - 1, qint64(plan.size()), Tr::tr("making clips"));
        const Sample& picture = pictures[clip.source];
        used.insert(clip.source);
        if (std::exchange(shown, clip.source) != clip.source)
            sprite = spriteOf(picture.sources.at(Modality::Image), int(std::ceil(sizes.largest * options.side)));
        Chance chance(clip.seed);
        const at::Tensor ground = groundFor(sprite, options.side, options.textured, chance);
        const QString label = motionName(clip.route.motion());
        const QString file = clip.id + u'.' + options.format;
        folder.mkpath(label);
        writeVideo(folder.filePath(file), drawClip(sprite, ground, clip.route, options.frames, sizes),
            { options.rate, {} });
        rows << QStringList { clip.id, clip.split, picture.group.isEmpty() ? picture.id : picture.group, label, file,
            picture.id };
        tests += clip.split == u"test";
    }
    const QString table = folder.filePath(QStringLiteral("samples.tsv"));
    writeWhole(table, delimitedBytes(rows, u'\t'));
    QJsonArray classes;
    for (const Motion motion : options.motions)
        classes.append(motionName(motion));
    Value value;
    value.info = { { QStringLiteral("table"), table }, { QStringLiteral("size"), qint64(plan.size()) },
        { QStringLiteral("classes"), classes }, { QStringLiteral("pictures"), qint64(used.size()) },
        { QStringLiteral("train"), qint64(plan.size()) - tests }, { QStringLiteral("test"), tests } };
    return value;
}

Method clipsMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("media.clips");
    info.room = QStringLiteral("media");
    info.title = QStringLiteral("Clips of moving pictures");
    info.reference = QStringLiteral("After Srivastava et al. 2015 (moving digits)");
    info.inputs = { QStringLiteral("samples") };
    const ClipSetOptions defaults;
    info.options = { { QStringLiteral("out"), OptionInfo::Type::File, QString(), 0, 0, {},
                         QStringLiteral("New or empty folder that the clips are written into") },
        option::integer("count", defaults.count, 2, 100'000, "Clips"),
        option::integer("frames", defaults.frames, 2, 1000, "Frames of a clip"),
        option::integer("side", defaults.side, 16, 1024, "Pixels of a frame's side"),
        option::text("motions", "left,right,up,down",
            "What moves and how, the labels: left, right, up, down, clockwise, anticlockwise, grows, shrinks"),
        option::choice("ground", "plain", { QStringLiteral("plain"), QStringLiteral("textured") },
            "One colour, or a pattern that stands still"),
        option::real("size", defaults.size, 0.1, 0.45, "Longer side of the picture, in sides of the frame"),
        option::real("rate", defaults.rate, 1, 120, "Frames a second"),
        option::choice("format", "mp4", { QStringLiteral("mp4"), QStringLiteral("mkv"), QStringLiteral("webm") },
            "Kind of video file; mkv loses nothing"),
        option::real("test_share", defaults.testShare, 0, 0.9,
            "Share of the pictures for testing, where they have no split of their own"),
        option::integer("seed", 0, 0, 1e9, "Of pictures, places, speeds and grounds") };
    return { info, runClips };
}

} // namespace triptych::representation
