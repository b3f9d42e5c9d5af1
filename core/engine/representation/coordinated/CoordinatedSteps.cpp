#include "core/engine/representation/coordinated/CoordinatedSteps.h"

#include "core/engine/alignment/Losses.h"
#include "core/engine/features/Mel.h"
#include "core/engine/representation/Signals.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::representation {

namespace {

constexpr int soundRate = 16'000;
constexpr int64_t nearest = 8;
constexpr int64_t tableSide = 12;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

const StepAxis featureAxis { QT_TRANSLATE_NOOP("Step", "feature"), "", 0, 1 };
const StepAxis dimensionAxis { QT_TRANSLATE_NOOP("Step", "dimension"), "", 0, 1 };

at::Tensor tensorOf(const Array& array)
{
    const Array plain = array.toFloat();
    const std::vector<int64_t> shape(plain.shape.begin(), plain.shape.end());
    return at::from_blob(const_cast<char*>(plain.bytes.constData()), shape, at::TensorOptions(at::kFloat)).clone();
}

/// The two directions in which points vary most [D,2].
at::Tensor planeOf(const at::Tensor& points)
{
    const at::Tensor centred = points - points.mean(0);
    const auto [u, s, vt] = at::linalg_svd(centred.to(at::kDouble), false);
    at::Tensor plane = at::zeros({ points.size(1), 2 }, points.options());
    const int64_t count = std::min<int64_t>(2, vt.size(0));
    plane.narrow(1, 0, count).copy_(vt.narrow(0, 0, count).t());
    return plane;
}

/// One walk, step after step.
class Walk {
public:
    Walk(const FittedCoordination& fitted, const Value& kept, const Sample& sample, EngineContext& context, Progress& progress)
        : m_fitted(fitted)
        , m_kept(kept)
        , m_sample(sample)
        , m_context(context)
        , m_progress(progress)
        , m_galleryX(tensorOf(kept.array(QStringLiteral("gallery.x"))))
        , m_galleryY(tensorOf(kept.array(QStringLiteral("gallery.y"))))
        , m_titles(kept.strings(QStringLiteral("gallery")))
    {
        // The sample itself need not stand in the gallery twice.
        if (const qsizetype at = kept.strings(QStringLiteral("gallery_ids")).indexOf(sample.id); at >= 0) {
            const at::Tensor others = at::arange(m_galleryX.size(0), at::TensorOptions(at::kLong)).ne(int64_t(at)).nonzero().squeeze(1);
            m_galleryX = m_galleryX.index_select(0, others);
            m_galleryY = m_galleryY.index_select(0, others);
            m_titles.removeAt(at);
        }
    }

    Steps all()
    {
        if (m_sample.has(m_fitted.x.modality()))
            m_x = side(Side::X, m_fitted.x);
        if (m_sample.has(m_fitted.y.modality()))
            m_y = side(Side::Y, m_fitted.y);
        if (m_fitted.heads.constraint == Constraint::Correlation)
            showCorrelations();
        showSpace();
        if (m_galleryX.size(0) > 0) {
            if (m_fitted.heads.constraint == Constraint::Order)
                showOrder();
            showPartners();
            showTable();
        }
        return std::move(m_steps);
    }

private:
    /// Signal, features, and the point in the space [1,dims].
    at::Tensor side(Side which, const SideFeatures& features)
    {
        showSignal(features);
        const at::Tensor raw = features.read({ m_sample }, m_context, m_progress);
        if (features.countsUnits())
            showUnits(features, raw[0]);
        else
            m_steps.vector(QT_TRANSLATE_NOOP("Step", "Features"), raw[0]).about(featuresText(features), { QString::number(raw.size(1)) }).axes(featureAxis);
        const at::Tensor point = m_fitted.heads.apply(which, raw).to(at::kCPU);
        m_steps.vector(QT_TRANSLATE_NOOP("Step", "Head: %1"), point[0])
            .about(QT_TRANSLATE_NOOP("Step",
                       "The head of this modality maps its %2 features to %3 dimensions of the common space, and brings the vector to length 1."),
                { modalityTitle(features.modality()), QString::number(raw.size(1)), QString::number(point.size(1)) })
            .axes(dimensionAxis);
        return point;
    }

    static const char* featuresText(const SideFeatures& features)
    {
        if (!features.model().isEmpty())
            return QT_TRANSLATE_NOOP("Step", "The embedding that the chosen model gives: %1 numbers. The model itself is not trained.");
        if (features.modality() == Modality::Image)
            return QT_TRANSLATE_NOOP("Step", "%1 numbers: a small copy of the picture, how common each colour is, and which way edges run in each part.");
        return QT_TRANSLATE_NOOP("Step", "%1 numbers: means and deviations of MFCCs and their slopes in the four quarters of the sound.");
    }

    void showSignal(const SideFeatures& features)
    {
        if (features.modality() == Modality::Image) {
            const at::Tensor picture = picturesOf({ m_sample }, 96, m_progress)[0].permute({ 1, 2, 0 }).contiguous();
            m_steps.picture(QT_TRANSLATE_NOOP("Step", "Picture"), picture).about(QT_TRANSLATE_NOOP("Step", "One side of the pair."));
        } else if (features.modality() == Modality::Text) {
            m_steps.text(QT_TRANSLATE_NOOP("Step", "Text"), m_sample.sources.at(Modality::Text).text)
                .about(QT_TRANSLATE_NOOP("Step", "One side of the pair."));
        } else {
            MelOptions mel;
            mel.rate = soundRate;
            mel.log = MelLog::Db;
            m_steps.heat(QT_TRANSLATE_NOOP("Step", "Log-mel spectrogram"), logMel(soundsOf({ m_sample }, soundRate, m_progress)[0], mel))
                .about(QT_TRANSLATE_NOOP("Step", "One side of the pair."))
                .axes({ QT_TRANSLATE_NOOP("Step", "time"), "s", 0, double(mel.hop) / soundRate }, { QT_TRANSLATE_NOOP("Step", "mel band"), "", 0, 1 });
        }
    }

    void showUnits(const SideFeatures& features, const at::Tensor& row)
    {
        const auto [values, columns] = row.topk(std::min<int64_t>(24, std::max<int64_t>(1, row.gt(0).sum().item<int64_t>())));
        const at::Tensor order = columns.contiguous();
        QStringList units;
        for (int64_t i = 0; i < order.numel(); ++i)
            units.append(features.bag().units().value(order.data_ptr<int64_t>()[i]));
        m_steps.tokens(QT_TRANSLATE_NOOP("Step", "Groups of letters"), units, values)
            .about(QT_TRANSLATE_NOOP("Step", "Two to four characters in a row with their TF-IDF: what is rare among the training texts weighs more. %1 groups are known."),
                { QString::number(row.numel()) });
    }

    void showCorrelations()
    {
        const at::Tensor rho = tensorOf(m_kept.array(QStringLiteral("correlations")));
        QStringList names;
        for (int64_t i = 0; i < rho.numel(); ++i)
            names.append(QString::number(i + 1));
        m_steps.bars(QT_TRANSLATE_NOOP("Step", "Canonical correlations"), rho, names)
            .about(QT_TRANSLATE_NOOP("Step",
                "The constraint: each dimension of one modality correlates as much as possible with the same dimension of the other, and with no other dimension."))
            .axes(dimensionAxis);
    }

    /// Points of both modalities; pairs are linked. Correlated heads have their two first dimensions for a plane.
    void showSpace()
    {
        at::Tensor x = m_galleryX, y = m_galleryY;
        QStringList labels;
        std::vector<std::pair<int, int>> links;
        const int gallery = int(x.size(0));
        for (const char* mark : { "x", "y" })
            for (const QString& title : m_titles)
                labels.append(QLatin1String(mark) + QStringLiteral(": ") + title);
        for (int i = 0; i < gallery; ++i)
            links.emplace_back(i, gallery + i);
        std::vector<at::Tensor> all { x, y };
        for (const auto& [mark, point] : { std::pair { "x", m_x }, std::pair { "y", m_y } }) {
            if (point.defined()) {
                all.push_back(point);
                labels.append(QStringLiteral("▶ %1: %2").arg(QLatin1String(mark), m_sample.title()));
            }
        }
        if (m_x.defined() && m_y.defined())
            links.emplace_back(2 * gallery, 2 * gallery + 1);
        const at::Tensor points = at::cat(all);
        const bool canonical = m_fitted.heads.constraint == Constraint::Correlation && points.size(1) >= 2;
        const at::Tensor drawn = canonical ? points.narrow(1, 0, 2) : at::mm(points, planeOf(points));
        m_steps.points(canonical ? QT_TRANSLATE_NOOP("Step", "First two canonical variates") : QT_TRANSLATE_NOOP("Step", "The common space"), drawn, labels)
            .about(QT_TRANSLATE_NOOP("Step",
                       "Points of both modalities in one space, with a line between the two of each pair: the shorter it is, the better the constraint holds. This sample is marked; the others are samples kept for testing."))
            .linked(links);
    }

    /// What of the caption's point sticks out over the picture's.
    void showOrder()
    {
        if (!m_x.defined() || !m_y.defined())
            return;
        const at::Tensor over = at::clamp_min(m_y - m_x, 0)[0];
        m_steps.lines(QT_TRANSLATE_NOOP("Step", "Order violated"), at::stack({ m_x[0], m_y[0], over }))
            .about(QT_TRANSLATE_NOOP("Step",
                       "The more general of the two must be no larger in any dimension. Where it is, the excess max(0, y − x) violates the order: here %1 in square."),
                { QString::number(over.square().sum().item<double>(), 'f', 4) })
            .axes(dimensionAxis)
            .named({ QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("max(0, y − x)") });
    }

    /// The right partner against the wrong ones that come nearest, with the margin.
    void showPartners()
    {
        if (!m_x.defined() || !m_y.defined())
            return;
        const auto show = [&](const at::Tensor& scores, double right, const char* title) {
            const auto [values, places] = scores.topk(std::min<int64_t>(nearest, scores.numel()));
            const at::Tensor order = places.contiguous();
            QStringList names { Tr::tr("right partner") };
            std::vector<at::Tensor> bars { at::full({ 1 }, right, scores.options()) };
            if (m_fitted.margin > 0) {
                names.append(Tr::tr("right partner − margin"));
                bars.push_back(at::full({ 1 }, right - m_fitted.margin, scores.options()));
            }
            bars.push_back(values);
            for (int64_t i = 0; i < order.numel(); ++i)
                names.append((i == 0 ? Tr::tr("hardest wrong: %1") : QStringLiteral("%1")).arg(m_titles.value(order.data_ptr<int64_t>()[i])));
            const double hinge = std::max(0.0, m_fitted.margin - right + values[0].item<double>());
            m_steps.bars(title, at::cat(bars), names)
                .about(QT_TRANSLATE_NOOP("Step",
                           "How well the sample goes together with its right partner, and with the wrong ones that come nearest. A wrong one above the right partner less the margin costs the difference: the hardest costs %1."),
                    { QString::number(hinge, 'f', 4) });
        };
        const double right = m_fitted.heads.scores(m_x, m_y).item<double>();
        show(m_fitted.heads.scores(m_x, m_galleryY)[0], right, QT_TRANSLATE_NOOP("Step", "Partners in y"));
        show(m_fitted.heads.scores(m_galleryX, m_y).flatten(), right, QT_TRANSLATE_NOOP("Step", "Partners in x"));
    }

    void showTable()
    {
        const int64_t count = std::min<int64_t>(tableSide, m_galleryX.size(0));
        at::Tensor x = m_galleryX.narrow(0, 0, count), y = m_galleryY.narrow(0, 0, count);
        QStringList names = m_titles.mid(0, count);
        if (m_x.defined() && m_y.defined()) {
            x = at::cat({ m_x, x });
            y = at::cat({ m_y, y });
            names.prepend(m_sample.title());
        }
        m_steps.heat(QT_TRANSLATE_NOOP("Step", "Similarity of all pairs"), m_fitted.heads.scores(x, y))
            .about(QT_TRANSLATE_NOOP("Step",
                "Every sample's x (rows) against every sample's y (columns): where the constraint holds, the diagonal stands out."))
            .axes({ "y", "", 0, 1 }, { "x", "", 0, 1 })
            .named(names);
    }

    const FittedCoordination& m_fitted;
    const Value& m_kept;
    const Sample& m_sample;
    EngineContext& m_context;
    Progress& m_progress;
    at::Tensor m_galleryX, m_galleryY;
    QStringList m_titles;
    at::Tensor m_x, m_y;
    Steps m_steps;
};

} // namespace

Steps coordinatedSteps(const FittedCoordination& fitted, const Value& kept, const Sample& sample, EngineContext& context,
    Progress& progress)
{
    return Walk(fitted, kept, sample, context, progress).all();
}

} // namespace triptych::representation
