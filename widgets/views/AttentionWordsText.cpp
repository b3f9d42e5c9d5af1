// What the pane of a model's words shows: links, answers, the map of a word.
#include "widgets/views/AttentionWords.h"

#include "widgets/views/CommandText.h"

#include <QLabel>

namespace triptych {

void AttentionWords::showWords()
{
    QStringList links;
    const QStringList all = pieces();
    const QColor chosen = palette().color(QPalette::Highlight);
    const QColor ink = palette().color(QPalette::HighlightedText);
    const QColor plain = palette().color(QPalette::Text);
    for (int i = 0; i < all.size(); ++i) {
        const QString trimmed = all[i].trimmed();
        const QString shown = (trimmed.isEmpty() ? QStringLiteral("␣") : trimmed).toHtmlEscaped();
        const QString style = i == m_word
            ? QStringLiteral("color:%1;background-color:%2").arg(ink.name(), chosen.name())
            : QStringLiteral("color:%1").arg(plain.name());
        // Parts of a word stand together, as the model's own spaces say.
        const bool apart = m_mode != Mode::Writes || all[i].startsWith(u' ') || i == 0;
        links << (apart && i > 0 ? QStringLiteral(" ") : QString())
                + QStringLiteral("<a href=\"%1\" style=\"text-decoration:none;%2\">%3</a>").arg(QString::number(i), style, shown);
    }
    // A line may break between any two parts, or a text without spaces would widen the window.
    const QString mayBreak = links.join(QChar(0x200B));
    m_words->setText(QStringLiteral("<span style=\"font-size:large\">%1</span>").arg(mayBreak));
    m_words->setVisible(!all.isEmpty());
    m_words->setToolTip(tr("Click a word to see where the model looked"));
}

void AttentionWords::showAnswers(const Value& value)
{
    QStringList lines;
    if (value.info.contains(QLatin1String("match")))
        lines << tr("Belongs to the picture: %1 %").arg(100 * value.info.value(QLatin1String("match")).toDouble(), 0, 'f', 1);
    for (const QJsonValue& answer : value.info.value(QLatin1String("answers")).toArray()) {
        const QString label = answer[QLatin1String("label")].toString().toHtmlEscaped();
        const double share = 100 * answer[QLatin1String("probability")].toDouble();
        const QString line = QStringLiteral("%1 %2 %").arg(label).arg(share, 0, 'f', 1);
        lines << (lines.isEmpty() ? QStringLiteral("<b>%1</b>").arg(line) : line);
    }
    m_answers->setText(lines.join(QStringLiteral(" · ")));
    m_answers->setVisible(!lines.isEmpty());
}

// Of what is written: the mean over layers and heads of maps [T,L,H,G]; of a text that is read
// together with a picture: text_to_image [T,G].
MapSlice AttentionWords::mapOf(int word) const
{
    const QString name = m_mode == Mode::Writes ? QStringLiteral("maps") : QStringLiteral("text_to_image");
    const QJsonArray grid = m_value->info.value(QLatin1String("grid")).toArray();
    if (!m_value->has(name) || grid.size() != 2)
        return {};
    const Array& array = m_value->array(name);
    MapSlice slice {grid[0].toInt(), grid[1].toInt(), {}};
    const qint64 cells = qint64(slice.rows) * slice.cols;
    const qint64 count = array.shape.isEmpty() || array.shape.front() == 0 ? 0 : array.count() / array.shape.front();
    if (word >= (array.shape.isEmpty() ? 0 : array.shape.front()) || cells < 1 || count < cells || count % cells != 0)
        return {};
    const auto values = array.floats().subspan(size_t(word * count), size_t(count));
    slice.values.assign(size_t(cells), 0.0F);
    for (size_t i = 0; i < values.size(); ++i)
        slice.values[i % size_t(cells)] += values[i] * float(cells) / float(count);
    return slice;
}

void AttentionWords::showMap()
{
    m_canvas->setValueCaption(tr("attention"));
    m_canvas->setMap(mapOf(m_word), m_value->info);
    m_caption->setText(translatedCaption(m_value->info.value(QLatin1String("caption")).toString()));
}

} // namespace triptych
