#include "core/engine/representation/joint/JointData.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <bit>
#include <random>

namespace triptych::representation {

namespace {

constexpr double validationShare = 0.1;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// Samples that bring the same modalities (bits of the list), with the label.
struct Kind {
    unsigned brings = 0;
    std::vector<Sample> samples;
};

unsigned broughtBy(const Sample& sample, const QStringList& names)
{
    unsigned bits = 0;
    for (qsizetype i = 0; i < names.size(); ++i)
        bits |= hasJointModality(sample, names[i]) ? 1U << i : 0U;
    return bits;
}

/// Kinds of labelled samples that together bring every modality, none twice. The label itself comes with each.
std::vector<Kind> kindsOf(const std::vector<Sample>& samples, const QStringList& names)
{
    std::map<unsigned, std::vector<Sample>> byBits;
    for (const Sample& sample : samples) {
        const unsigned bits = broughtBy(sample, names);
        if (bits && !sample.label.isEmpty())
            byBits[bits].push_back(sample);
    }
    std::vector<Kind> kinds;
    for (auto& [bits, those] : byBits)
        kinds.push_back({ bits, std::move(those) });
    std::stable_sort(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) {
        const int left = std::popcount(a.brings), right = std::popcount(b.brings);
        return left != right ? left > right : a.samples.size() > b.samples.size();
    });
    std::vector<Kind> chosen;
    unsigned covered = 0;
    for (Kind& kind : kinds) {
        if (kind.brings & covered)
            continue;
        covered |= kind.brings;
        chosen.push_back(std::move(kind));
    }
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (!(covered & 1U << i)) {
            throw Error(Tr::tr("No labelled sample brings the modality \"%1\" to be paired; add some, or change modalities.")
                            .arg(names[i]));
        }
    }
    return chosen;
}

Sample paired(const std::vector<const Sample*>& parts, const QStringList& names, const QString& split)
{
    Sample pair;
    QStringList ids;
    for (const Sample* part : parts) {
        ids.append(part->id);
        for (const auto& [modality, source] : part->sources)
            if (names.contains(modalityName(modality)) || modality == Modality::Image)
                pair.sources.emplace(modality, source);
    }
    pair.id = ids.join(u'+');
    pair.label = parts.front()->label;
    pair.split = split;
    return pair;
}

/// Order of `count` things drawn by `random`, alike on every machine.
std::vector<size_t> shuffled(size_t count, std::mt19937_64& random)
{
    std::vector<size_t> order(count);
    for (size_t i = 0; i < count; ++i)
        order[i] = i;
    for (size_t i = count; i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
    return order;
}

using ByLabel = std::map<QString, std::vector<const Sample*>>;

/// Every sample of the largest kind once; the others in turns, in an order drawn anew.
void addPairs(const std::vector<ByLabel>& kinds, const QStringList& names, const QString& split,
    std::mt19937_64& random, std::vector<Sample>& pairs)
{
    for (const auto& [label, first] : kinds.front()) {
        size_t most = first.size();
        bool complete = true;
        for (const ByLabel& kind : kinds) {
            const auto found = kind.find(label);
            complete = complete && found != kind.end();
            most = std::max(most, complete ? found->second.size() : 0);
        }
        if (!complete)
            continue;
        std::vector<std::vector<size_t>> orders;
        for (const ByLabel& kind : kinds)
            orders.push_back(shuffled(kind.at(label).size(), random));
        for (size_t i = 0; i < most; ++i) {
            std::vector<const Sample*> parts;
            for (size_t k = 0; k < kinds.size(); ++k)
                parts.push_back(kinds[k].at(label)[orders[k][i % orders[k].size()]]);
            pairs.push_back(paired(parts, names, split));
        }
    }
}

std::vector<Sample> pairsByLabel(const std::vector<Sample>& samples, const QStringList& wanted, quint64 seed)
{
    QStringList names = wanted; // the label is what pairs are made by
    names.removeAll(QStringLiteral("label"));
    const std::vector<Kind> kinds = kindsOf(samples, names);
    std::array<std::vector<ByLabel>, 3> sides;
    for (const Kind& kind : kinds) {
        const Rows rows = rowsOf(kind.samples, validationShare, seed);
        const std::array<const std::vector<int64_t>*, 3> lists { &rows.train, &rows.validation, &rows.test };
        for (size_t side = 0; side < 3; ++side) {
            ByLabel found;
            for (const int64_t row : *lists[side])
                found[kind.samples[size_t(row)].label].push_back(&kind.samples[size_t(row)]);
            sides[side].push_back(std::move(found));
        }
    }
    std::mt19937_64 random(seed);
    std::vector<Sample> pairs;
    const std::array<const char*, 3> splits { "train", "validation", "test" };
    for (size_t side = 0; side < 3; ++side)
        addPairs(sides[side], names, QLatin1String(splits[side]), random, pairs);
    if (pairs.empty())
        throw Error(Tr::tr("No two samples of different modalities share a label; pairs cannot be made."));
    return pairs;
}

} // namespace

QStringList jointModalityNames(const QString& list)
{
    static const QStringList known { QStringLiteral("image"), QStringLiteral("left"), QStringLiteral("right"),
        QStringLiteral("label"), QStringLiteral("text"), QStringLiteral("audio") };
    QStringList names;
    for (const QString& part : list.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.trimmed();
        if (!known.contains(name)) {
            throw Error(Tr::tr("modalities: \"%1\" is none; there are %2.").arg(name, known.join(QStringLiteral(", "))));
        }
        if (names.contains(name))
            throw Error(Tr::tr("modalities: \"%1\" is named twice.").arg(name));
        names.append(name);
    }
    if (names.size() < 2)
        throw Error(Tr::tr("modalities: a joint representation needs two at least, as \"image,label\"."));
    return names;
}

bool hasJointModality(const Sample& sample, const QString& name)
{
    if (name == u"label")
        return !sample.label.isEmpty();
    if (name == u"text")
        return sample.has(Modality::Text);
    return sample.has(name == u"audio" ? Modality::Audio : Modality::Image);
}

JointSet jointSetOf(const std::vector<Sample>& samples, const QJsonObject& options, Progress& progress)
{
    const QStringList names = jointModalityNames(options[u"modalities"].toString());
    const quint64 seed = quint64(options[u"seed"].toInteger());
    const unsigned all = (1U << names.size()) - 1;
    JointSet set;
    for (const Sample& sample : samples) {
        if (broughtBy(sample, names) == all)
            set.samples.push_back(sample);
    }
    set.pairsMade = set.samples.empty();
    std::vector<Sample>& kept = set.samples;
    if (set.pairsMade)
        kept = samples;
    if (options[u"split"].toString() == u"new") {
        for (Sample& sample : kept)
            sample.split.clear();
    }
    if (set.pairsMade)
        kept = pairsByLabel(kept, names, seed);
    set.rows = rowsOf(kept, set.pairsMade ? 0 : validationShare, seed);
    std::vector<Sample> training;
    for (const int64_t row : set.rows.train)
        training.push_back(kept[size_t(row)]);
    set.format = JointFormat::fit(training, options, progress);
    set.values = set.format.read(kept, progress);
    return set;
}

} // namespace triptych::representation
