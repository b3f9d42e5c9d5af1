#include "widgets/views/CommandText.h"
#include "widgets/views/MapBar.h"
#include "widgets/views/MapView.h"

#include <QFileInfo>
#include <QLabel>
#include <QPainter>

namespace triptych {

QJsonObject MapView::state() const
{
    QJsonObject state = m_bar->state();
    state[QStringLiteral("projection")] = m_projection->toJson();
    if (m_viewportTouched) {
        const QRectF view = m_plot->viewport();
        state[QStringLiteral("viewport")] = QJsonArray { view.x(), view.y(), view.width(), view.height() };
    }
    return state;
}

void MapView::setState(const QJsonObject& state)
{
    if (state.isEmpty())
        return;
    m_bar->setState(state);
    showPictures();
    applyMethod();
    m_projection->restore(state.value(QLatin1String("projection")).toObject());
    const QJsonArray view = state.value(QLatin1String("viewport")).toArray();
    m_wantedViewport = view.size() == 4
        ? QRectF(view[0].toDouble(), view[1].toDouble(), view[2].toDouble(), view[3].toDouble())
        : QRectF();
    m_viewportTouched = false;
    m_projection->setRows({}, false); // what was made without this state is made again
    takeEmbeddings();
}

QString MapView::caption() const
{
    const MapProjection& p = *m_projection;
    if (!p.value() || p.rows().isEmpty())
        return p.error();
    QStringList parts;
    const QString method = p.method().section(u'.', 1);
    parts << method.toUpper() << tr("%n points", nullptr, int(p.rows().size()));
    if (p.epochs() > 0)
        parts << tr("%n epochs", nullptr, p.state() == MapProjection::State::Done ? p.epochs() : p.epoch());
    const QJsonObject options = p.recipe().options;
    if (options.contains(QLatin1String("seed")))
        parts << tr("seed %1").arg(options.value(QLatin1String("seed")).toInteger());
    if (p.placedCount() > 0)
        parts << tr("%n placed without a new run", nullptr, p.placedCount());
    if (p.quality()) {
        const QJsonObject info = p.quality()->info;
        const auto number = [&info](const char* name) {
            return QLocale().toString(info.value(QLatin1String(name)).toDouble(), 'f', 3);
        };
        const QLocale locale;
        parts << tr("trustworthiness %1, continuity %2, kNN preservation %3 (k = %4, N = %5)")
                     .arg(number("trustworthiness"), number("continuity"), number("knn_preservation"),
                         locale.toString(info.value(QLatin1String("k")).toInt()),
                         locale.toString(p.value()->array(QStringLiteral("coords")).rows()));
    }
    if (!p.error().isEmpty())
        parts << p.error();
    return parts.join(QStringLiteral(" · "));
}

void MapView::updateCaption()
{
    m_caption->setText(caption());
    m_caption->setToolTip(tr("Trustworthiness: are neighbours on the map neighbours in the embedding space. "
                             "Continuity: are neighbours there neighbours here. kNN preservation: share of the "
                             "k nearest that are the same."));
}

void MapView::updateEmptyText()
{
    if (session().samples().empty())
        m_plot->setEmptyText(tr("Drop pictures, sounds, videos, texts or a folder anywhere on this window: "
                                "each becomes a point here, next to what the model finds alike."));
    else if (!session().isEngineReady())
        m_plot->setEmptyText(tr("The engine is loading…"));
    else if (session().isEmbedding())
        m_plot->setEmptyText(tr("The samples are being embedded…"));
    else if (session().embeddedModalities().empty())
        m_plot->setEmptyText(tr("Nothing is embedded yet: the model and the samples share no modality, or "
                                "no model is open."));
    else if (m_projection->state() == MapProjection::State::Failed)
        m_plot->setEmptyText(m_projection->error());
    else
        m_plot->setEmptyText(tr("The map is being laid out…"));
}

void MapView::paintFigure(QPainter& painter, const QRectF& area, bool dark) const
{
    const ThemeColors colors = themeColors(dark);
    painter.save();
    painter.setFont(font());
    const QFontMetricsF metrics(font());
    const QString text = caption();
    const QRectF box = metrics.boundingRect(area, Qt::AlignLeft | Qt::TextWordWrap, text);
    const double below = text.isEmpty() ? 0 : box.height() + 6;
    m_plot->paint(painter, area.adjusted(0, 0, 0, -below), colors);
    painter.setPen(colors.muted);
    painter.drawText(QRectF(area.left(), area.bottom() - below + 4, area.width(), below),
        Qt::AlignLeft | Qt::TextWordWrap, text);
    painter.restore();
}

ValuePtr MapView::data() const
{
    const auto& rows = m_projection->rows().rows;
    if (rows.empty() || !m_projection->value())
        return nullptr;
    std::vector<float> coords;
    QJsonArray ids;
    QJsonArray modalities;
    QJsonArray labels;
    for (size_t i = 0; i < rows.size(); ++i) {
        coords.push_back(m_projection->x()[i]);
        coords.push_back(m_projection->y()[i]);
        ids.append(rows[i].id);
        modalities.append(modalityName(rows[i].modality));
        const Sample* sample = session().sample(rows[i].id);
        labels.append(sample ? sample->label : QString());
    }
    auto value = std::make_shared<Value>();
    value->arrays[QStringLiteral("coords")] = Array::of(coords, { qint64(rows.size()), 2 });
    value->info = { { QStringLiteral("ids"), ids }, { QStringLiteral("modality"), modalities },
        { QStringLiteral("label"), labels }, { QStringLiteral("recipe"), m_projection->recipe().toJson() } };
    if (m_projection->quality())
        value->info[QStringLiteral("quality")] = m_projection->quality()->info;
    return value;
}

QString MapView::commandLine() const
{
    if (!m_projection->value())
        return {};
    const Recipe& recipe = m_projection->recipe();
    QStringList words { QStringLiteral("triptych"), QStringLiteral("project"), QStringLiteral("embeddings.npz"),
        QStringLiteral("--method"), recipe.method.section(u'.', 1) };
    for (auto it = recipe.options.begin(); it != recipe.options.end(); ++it) {
        if (it.key() == QLatin1String("from"))
            continue; // a resumed run ends where a whole one does
        words << QStringLiteral("--") + QString(it.key()).replace(u'_', u'-') << it->toVariant().toString();
    }
    words << QStringLiteral("--quality") << QStringLiteral("--out") << QStringLiteral("map.npz");
    return commandText(words);
}

bool MapView::isSettled() const
{
    if (session().samples().empty())
        return true;
    if (session().isEmbedding() || !session().isEngineReady())
        return false;
    return m_projection->isSettled();
}

} // namespace triptych
