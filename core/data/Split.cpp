#include "core/data/Split.h"

#include "core/data/PictureTwins.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Split)
};

/// splitmix64 (Steele, Lea and Flood 2014): the same numbers on every machine.
class SplitMix {
public:
    explicit SplitMix(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// Uniform below `bound` without the bias of a plain remainder.
    quint64 below(quint64 bound)
    {
        const quint64 limit = ~quint64(0) - ~quint64(0) % bound;
        quint64 value = next();
        while (value >= limit)
            value = next();
        return value % bound;
    }

private:
    quint64 m_state;
};

/// Union-find over sample indices.
class Joined {
public:
    explicit Joined(size_t size)
        : m_parent(size)
    {
        std::iota(m_parent.begin(), m_parent.end(), size_t(0));
    }
    size_t root(size_t i)
    {
        while (m_parent[i] != i)
            i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    void join(size_t a, size_t b) { m_parent[root(a)] = root(b); }

private:
    std::vector<size_t> m_parent;
};

QString groupOf(const Sample& sample)
{
    return sample.group.isEmpty() ? QStringLiteral("id ") + sample.id
                                  : QStringLiteral("group ") + sample.group;
}

QString captionOf(const Sample& sample)
{
    const auto text = sample.sources.find(Modality::Text);
    return text == sample.sources.end() ? QString() : text->second.text.simplified().toLower();
}

template <class Key, class KeyOf>
void joinEqual(const Dataset& dataset, Joined& joined, KeyOf keyOf)
{
    QHash<Key, size_t> first;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const Key key = keyOf(i);
        if (key.isEmpty())
            continue;
        const auto known = first.constFind(key);
        if (known == first.constEnd())
            first.insert(key, i);
        else
            joined.join(i, *known);
    }
}

template <class Key, class KeyOf>
void demandOneSide(const Dataset& dataset, const QString& what, KeyOf keyOf)
{
    QHash<Key, size_t> first;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const Sample& sample = dataset.samples[i];
        const Key key = keyOf(i);
        if (key.isEmpty() || sample.split.isEmpty())
            continue;
        const auto known = first.constFind(key);
        if (known == first.constEnd()) {
            first.insert(key, i);
            continue;
        }
        const Sample& other = dataset.samples[*known];
        if (other.split != sample.split)
            throw Error(
                Tr::tr(
                    "%1: \"%2\" (%3) and \"%4\" (%5) share a %6: the split leaks; split by group.")
                    .arg(dataset.name, other.id, other.split, sample.id, sample.split, what));
    }
}

} // namespace

void splitByGroup(Dataset& dataset, const SplitOptions& options)
{
    if (!(options.testShare >= 0 && options.testShare <= 1))
        throw Error(
            Tr::tr("testShare is %1; a share lies between 0 and 1.").arg(options.testShare));
    const std::vector<QByteArray> pictures = pictureKeys(dataset);
    Joined joined(dataset.samples.size());
    joinEqual<QString>(dataset, joined, [&](size_t i) { return groupOf(dataset.samples[i]); });
    joinEqual<QString>(dataset, joined, [&](size_t i) { return captionOf(dataset.samples[i]); });
    joinEqual<QByteArray>(dataset, joined, [&](size_t i) { return pictures[i]; });

    // Groups are named by their smallest id, so that the order of the samples does not matter.
    QHash<size_t, QString> names;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const QString& id = dataset.samples[i].id;
        QString& name = names[joined.root(i)];
        if (name.isNull() || id < name)
            name = id;
    }
    QStringList groups(names.cbegin(), names.cend());
    std::sort(groups.begin(), groups.end());
    SplitMix random(options.seed);
    for (qsizetype i = groups.size() - 1; i > 0; --i)
        groups.swapItemsAt(i, qsizetype(random.below(quint64(i) + 1)));
    const qsizetype tests = qsizetype(std::llround(double(groups.size()) * options.testShare));
    const QSet<QString> testGroups(groups.cbegin(), groups.cbegin() + tests);
    for (size_t i = 0; i < dataset.samples.size(); ++i)
        dataset.samples[i].split = testGroups.contains(names.value(joined.root(i)))
            ? QStringLiteral("test")
            : QStringLiteral("train");
}

void checkLeaks(const Dataset& dataset)
{
    demandOneSide<QString>(
        dataset, Tr::tr("group"), [&](size_t i) { return groupOf(dataset.samples[i]); });
    demandOneSide<QString>(
        dataset, Tr::tr("caption"), [&](size_t i) { return captionOf(dataset.samples[i]); });
    const std::vector<QByteArray> pictures = pictureKeys(dataset);
    demandOneSide<QByteArray>(dataset, Tr::tr("picture"), [&](size_t i) { return pictures[i]; });
}

QString splitHash(const Dataset& dataset)
{
    QStringList lines;
    for (const Sample& sample : dataset.samples)
        lines << sample.id + u'\t' + sample.split;
    std::sort(lines.begin(), lines.end());
    return QString::fromLatin1(
        QCryptographicHash::hash(lines.join(u'\n').toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace triptych
