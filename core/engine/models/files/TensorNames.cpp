#include "core/engine/models/files/TensorNames.h"

#include <QCoreApplication>
#include <QSet>
#include <algorithm>

namespace triptych {

namespace {

using Kind = PickleNode::Kind;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

constexpr int deepest = 100; ///< modules nest a dozen deep; a hostile file loops
/// A short file can name one large container, or one long key, a million times: what is looked at, and
/// the characters of all names.
constexpr size_t mostSteps = 20'000'000;
constexpr size_t mostLetters = 100'000'000;

/// Where training scripts put the weights; the first that is there.
const QStringList& wrappers()
{
    static const QStringList names { QStringLiteral("state_dict"), QStringLiteral("model_state_dict"),
        QStringLiteral("model_state"), QStringLiteral("model"), QStringLiteral("module"), QStringLiteral("net"),
        QStringLiteral("network"), QStringLiteral("weights"), QStringLiteral("params"), QStringLiteral("teacher"),
        QStringLiteral("student") };
    return names;
}

// "optimizer", "lr_scheduler", "model_ema", "state_dict_ema" …; but not "semantic".
bool isTrainingState(const QString& name)
{
    static const QStringList words { QStringLiteral("optimizer"), QStringLiteral("optimizers"), QStringLiteral("optim"),
        QStringLiteral("scheduler"), QStringLiteral("schedulers"), QStringLiteral("sched"), QStringLiteral("scaler"),
        QStringLiteral("rng"), QStringLiteral("ema"), QStringLiteral("loss"), QStringLiteral("criterion"),
        QStringLiteral("callbacks") };
    const QStringList parts = name.toLower().split(u'_');
    return std::any_of(parts.begin(), parts.end(), [](const QString& part) { return words.contains(part); });
}

class Finder {
public:
    NamedNodes found;

    void find(const PickleNode& top)
    {
        const PickleNode* dict = &dictOf(top);
        // {"state_dict": {…}}, at most {"model": {"state_dict": {…}}} and one deeper.
        // A program's attributes are its own names.
        for (int depth = 0; depth < 4 && top.kind != Kind::Object; ++depth) {
            const PickleNode* inner = holdsTensors(*dict) ? nullptr : wrapped(*dict);
            if (!inner)
                break;
            dict = inner;
        }
        gather(*dict, {}, 0);
    }

private:
    QString keyOf(const PickleNode& node)
    {
        m_letters += size_t(node.text.size());
        if (spent())
            return {};
        return node.kind == Kind::Integer ? QString::number(node.integer) : QString::fromUtf8(node.text);
    }

    bool spent()
    {
        found.excessive = found.excessive || ++m_steps > mostSteps || m_letters > mostLetters;
        return found.excessive;
    }

    static const PickleNode& dictOf(const PickleNode& node)
    {
        return node.kind == Kind::Object && !node.items.empty() ? *node.items[0] : node;
    }

    static bool holdsTensors(const PickleNode& dict)
    {
        for (size_t i = 1; dict.kind == Kind::Dict && i < dict.items.size(); i += 2) {
            if (dict.items[i]->kind == Kind::Tensor)
                return true;
        }
        return false;
    }

    // Each container once: a hostile pickle names the same one in many places.
    bool reachesTensors(const PickleNode& node, QSet<const PickleNode*>& seen, int depth)
    {
        if (node.kind == Kind::Tensor)
            return true;
        const PickleNode& dict = dictOf(node);
        if (dict.kind != Kind::Dict || depth > deepest || seen.contains(&dict))
            return false;
        seen.insert(&dict);
        for (size_t i = 1; i < dict.items.size() && !spent(); i += 2) {
            if (reachesTensors(*dict.items[i], seen, depth + 1))
                return true;
        }
        return false;
    }

    const PickleNode* wrapped(const PickleNode& dict)
    {
        if (dict.kind != Kind::Dict)
            return nullptr;
        std::map<QString, const PickleNode*> inner;
        QStringList order;
        for (size_t i = 0; i + 1 < dict.items.size() && !spent(); i += 2) {
            const QString name = keyOf(*dict.items[i]);
            QSet<const PickleNode*> seen;
            if (isTrainingState(name) || !reachesTensors(*dict.items[i + 1], seen, 0))
                continue;
            inner[name] = &dictOf(*dict.items[i + 1]);
            order.append(name);
        }
        for (const QString& name : wrappers()) {
            if (inner.count(name) > 0)
                return leavingOut(dict, name, inner.at(name));
        }
        return inner.size() == 1 && dict.items.size() > 2 ? leavingOut(dict, order.front(), inner.begin()->second)
            : inner.size() == 1                           ? inner.begin()->second
                                                          : nullptr;
    }

    const PickleNode* leavingOut(const PickleNode& dict, const QString& taken, const PickleNode* inner)
    {
        QStringList others;
        for (size_t i = 0; i + 1 < dict.items.size(); i += 2) {
            const QString name = keyOf(*dict.items[i]);
            const Kind kind = dict.items[i + 1]->kind;
            if (name != taken && (kind == Kind::Dict || kind == Kind::Tensor || kind == Kind::List || kind == Kind::Object))
                others.append(name);
        }
        if (!others.isEmpty()) {
            found.notes.append(Tr::tr("The weights are in \"%1\"; the file also holds %2, which is left out.")
                                   .arg(taken, others.mid(0, 12).join(QStringLiteral(", "))));
        }
        return inner;
    }

    void gather(const PickleNode& dict, const QString& prefix, int depth)
    {
        if (dict.kind != Kind::Dict || depth > deepest || m_seen.contains(&dict))
            return;
        m_seen.insert(&dict);
        for (size_t i = 0; i + 1 < dict.items.size() && !spent(); i += 2) {
            const PickleNode& key = *dict.items[i];
            const PickleNode& value = *dict.items[i + 1];
            if (key.kind != Kind::Text && key.kind != Kind::Integer)
                continue;
            const QString name = prefix + keyOf(key);
            m_letters += size_t(prefix.size());
            if (value.kind == Kind::Tensor)
                found.tensors[name] = &value;
            else if (depth == 0 && isTrainingState(name) && value.kind == Kind::Dict)
                found.notes.append(Tr::tr("\"%1\" is left out: it belongs to the training.").arg(name));
            else
                gather(dictOf(value), name + u'.', depth + 1);
        }
    }

    QSet<const PickleNode*> m_seen;
    size_t m_steps = 0;
    size_t m_letters = 0;
};

} // namespace

NamedNodes namedTensors(const PickleNode& top)
{
    Finder finder;
    finder.find(top);
    return std::move(finder.found);
}

QString sharedWrapper(const QStringList& names, bool bare)
{
    QStringList known { QStringLiteral("module."), QStringLiteral("_orig_mod.") };
    if (bare)
        known << QStringLiteral("model.") << QStringLiteral("net.");
    QString cut;
    for (bool again = !names.isEmpty(); again;) {
        again = false;
        for (const QString& wrapper : known) {
            const QString longer = cut + wrapper;
            const bool all = std::all_of(names.begin(), names.end(),
                [&longer](const QString& name) { return name.startsWith(longer) && name.size() > longer.size(); });
            if (all) {
                cut = longer;
                again = true;
            }
        }
    }
    return cut;
}

} // namespace triptych
