// What a panel of the attention view asks for, keeps and hands out: options, caption, state,
// figure, numbers, command.
#include "widgets/views/AttentionPane.h"

#include "widgets/views/CommandText.h"

#include <QComboBox>
#include <QFileInfo>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

namespace triptych {

QJsonObject AttentionPane::options() const
{
    QJsonObject options {{QStringLiteral("modality"), modalityName(m_subject.modality)}};
    if (m_subject.modality == Modality::Video)
        options[QStringLiteral("frame")] = m_subject.frame;
    if (hasOption(QStringLiteral("layer")))
        options[QStringLiteral("layer")] = m_subject.layer;
    if (hasOption(QStringLiteral("head")))
        options[QStringLiteral("head")] = m_subject.head;
    if (hasOption(QStringLiteral("query")))
        options[QStringLiteral("query")] = m_subject.query;
    if (hasOption(QStringLiteral("target"))) {
        const QString target = m_target->currentData().toString();
        if (!target.isEmpty())
            options[QStringLiteral("target")] = explainsOwnText() ? QStringLiteral("text") : target;
        if (explainsOwnText())
            options[QStringLiteral("target_text")] = m_text->text().trimmed();
    }
    return options;
}

QString AttentionPane::levelText() const
{
    if (!usesLayer())
        return {};
    if (m_subject.layer < 0)
        return tr("last stage");
    if (!usesHead())
        return tr("layer %1").arg(m_subject.layer + 1);
    return m_subject.head < 0
        ? tr("layer %1, mean over heads").arg(m_subject.layer + 1)
        : tr("layer %1, head %2").arg(m_subject.layer + 1).arg(m_subject.head + 1);
}

void AttentionPane::setCaption(const QString& about, const QJsonObject& info)
{
    QStringList facts {m_method->currentText()};
    if (m_subject.modality == Modality::Video)
        facts << tr("frame %1").arg(m_subject.frame + 1);
    if (const QString level = levelText(); !level.isEmpty())
        facts << level;
    if (m_subject.query >= 0 && hasOption(QStringLiteral("query")))
        facts << tr("query: position %1").arg(m_subject.query);
    if (hasOption(QStringLiteral("target"))) {
        facts << (explainsOwnText() ? tr("towards “%1”").arg(m_text->text().trimmed())
                                    : tr("towards %1").arg(m_target->currentText()));
    }
    if (method() != QLatin1String("attend.raw") && info.value(QLatin1String("score")).isDouble())
        facts << tr("score %1").arg(shortNumber(info.value(QLatin1String("score")).toDouble()));
    facts << tr("model %1 %2")
                 .arg(QFileInfo(m_session.currentModel()).fileName(),
                     info.value(QLatin1String("modelHash")).toString().left(12));
    m_caption->setText(facts.join(QStringLiteral(" · ")) + u'\n' + about);
}

QJsonObject AttentionPane::state() const
{
    return {{QStringLiteral("method"), m_wantedMethod.isEmpty() ? method() : m_wantedMethod},
        {QStringLiteral("target"), m_chosenTarget}, {QStringLiteral("text"), m_text->text()}};
}

void AttentionPane::setState(const QJsonObject& state)
{
    m_text->setText(state.value(QLatin1String("text")).toString());
    m_chosenTarget = state.value(QLatin1String("target")).toString();
    fillTargets();
    setMethod(state.value(QLatin1String("method")).toString(QStringLiteral("attend.raw")));
}

double AttentionPane::figureCaptionHeight(QPainter& painter, double width) const
{
    if (m_caption->text().isEmpty())
        return 0;
    return painter.boundingRect(QRectF(0, 0, width, 1000), Qt::TextWordWrap, m_caption->text())
        .height();
}

void AttentionPane::paint(
    QPainter& painter, const QRectF& area, const ThemeColors& colors, double caption) const
{
    m_canvas->paint(painter, area.adjusted(0, 0, 0, caption > 0 ? -caption - 10 : 0), colors);
    painter.setPen(colors.muted);
    painter.drawText(QRectF(area.left(), area.bottom() - caption, area.width(), caption),
        Qt::TextWordWrap, m_caption->text());
}

ValuePtr AttentionPane::data() const
{
    const MapSlice& map = m_canvas->map();
    if (map.isEmpty())
        return nullptr;
    auto value = std::make_shared<Value>();
    const ValuePtr from = m_value ? m_value : m_subject.maps;
    if (from)
        value->info = from->info;
    value->info[QStringLiteral("method")] = method();
    value->info[QStringLiteral("sample")] = m_subject.sampleId;
    value->info[QStringLiteral("caption")] = m_caption->text();
    if (method() == QLatin1String("attend.raw")) {
        value->info[QStringLiteral("layer")] = m_subject.layer;
        value->info[QStringLiteral("head")] = m_subject.head;
    }
    value->arrays[QStringLiteral("map")] = Array::of(map.values, {map.rows, map.cols});
    return value;
}

QString AttentionPane::commandLine() const
{
    const Sample* sample = m_session.sample(m_subject.sampleId);
    if (!sample)
        return {};
    QStringList words {
        QStringLiteral("triptych"), QStringLiteral("attend"), m_session.currentModel()};
    const QJsonObject asked = options();
    const QString target = hasOption(QStringLiteral("target"))
        ? asked.value(QLatin1String("target")).toString()
        : QString();
    for (const auto& [modality, source] : sample->sources) {
        const QString name = modalityName(modality);
        if (modality == m_subject.modality
            || (name == target && !asked.contains(QLatin1String("target_text"))))
            words << QStringLiteral("--") + name
                  << (source.path.isEmpty() ? source.text : source.path);
    }
    if (asked.contains(QLatin1String("target_text")))
        words << QStringLiteral("--text") << asked.value(QLatin1String("target_text")).toString();
    words << QStringLiteral("--method") << method().section(u'.', 1);
    if (usesLayer())
        words << QStringLiteral("--layer") << QString::number(m_subject.layer);
    if (usesHead())
        words << QStringLiteral("--head") << QString::number(m_subject.head);
    if (m_subject.modality == Modality::Video)
        words << QStringLiteral("--frame") << QString::number(m_subject.frame);
    words << QStringLiteral("--out") << QStringLiteral("attention.npz");
    return commandText(words);
}

int AttentionPane::captionHeight() const
{
    const int least = 3 * m_caption->fontMetrics().lineSpacing();
    return std::max(least, m_caption->heightForWidth(m_caption->width()));
}

void AttentionPane::setCaptionHeight(int height)
{
    m_caption->setFixedHeight(height);
}

void AttentionPane::setStyle(const MapStyle& style)
{
    m_canvas->setStyle(style);
}

void AttentionPane::fillTargets()
{
    const QJsonObject model = m_session.modelInfo(m_session.currentModel());
    const QJsonArray known = model.value(u"modalities").toArray();
    const auto reads = [&](Modality modality) { return model.isEmpty() || known.contains(modalityName(modality)); };
    m_target->clear();
    if (const Sample* sample = m_session.sample(m_subject.sampleId)) {
        for (const auto& [modality, source] : sample->sources) {
            const bool tower = modality != Modality::Video && modality != Modality::Features;
            if (modality != m_subject.modality && tower && reads(modality))
                m_target->addItem(
                    tr("its %1").arg(modalityTitle(modality).toLower()), modalityName(modality));
        }
    }
    if (reads(Modality::Text))
        m_target->addItem(tr("a text of mine"), QString(kOwnText));
    if (known.size() == 1) {
        const bool classifies = !model.value(u"labels").toArray().isEmpty();
        m_target->insertItem(0, classifies ? tr("the likeliest class") : tr("the embedding's length"), QString());
    }
    m_target->setCurrentIndex(std::max(0, m_target->findData(m_chosenTarget)));
}

} // namespace triptych
