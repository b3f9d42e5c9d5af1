// The lines of the inspector that need no signal: facts, agreement of modalities, what is missing.
#include "widgets/panels/InspectorPanel.h"

#include "widgets/views/CommandText.h"
#include "widgets/views/EmbeddingRows.h"

#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>

namespace triptych {

namespace {

/// A label that may be narrower than its text: a path must not widen the dock.
class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(const QString& text)
        : QLabel(text)
    {
        setTextFormat(Qt::PlainText);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        setMinimumWidth(40);
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        if (m_full.isEmpty())
            m_full = text();
        setText(fontMetrics().elidedText(m_full, Qt::ElideMiddle, width()));
    }

private:
    QString m_full;
};

}

QList<Fact> factsOf(const Sample& sample)
{
    QList<Fact> facts;
    if (sample.split == QLatin1String("test"))
        facts << Fact {InspectorPanel::tr("Split"), InspectorPanel::tr("unseen"),
            InspectorPanel::tr("The model was not trained on this sample or its group.")};
    else if (sample.split == QLatin1String("train"))
        facts << Fact {InspectorPanel::tr("Split"), InspectorPanel::tr("seen in training"),
            InspectorPanel::tr("Scores over seen samples are too good to be believed.")};
    for (const auto& [modality, source] : sample.sources) {
        QStringList notes;
        if (!source.language.isEmpty())
            notes << languageName(source.language);
        if (source.synthetic)
            notes << InspectorPanel::tr("synthetic");
        if (notes.isEmpty())
            continue;
        const QString title = modality == Modality::Text ? InspectorPanel::tr("Written in")
            : modality == Modality::Audio                ? InspectorPanel::tr("Spoken in")
                                                         : modalityTitle(modality);
        facts << Fact {title, notes.join(QStringLiteral(", ")), {}};
    }
    for (const auto& [modality, source] : sample.sources) {
        if (!source.path.isEmpty()) {
            const bool made = !QDir::isAbsolutePath(source.path);
            facts << Fact {InspectorPanel::tr("%1 from").arg(modalityTitle(modality)),
                made ? source.path : QFileInfo(source.path).fileName(),
                QDir::toNativeSeparators(source.path)};
        } else if (!source.bytes.isEmpty()) {
            facts << Fact {InspectorPanel::tr("%1 from").arg(modalityTitle(modality)),
                InspectorPanel::tr("kept in the workspace"), {}};
        }
    }
    const QString licence = sample.columns.value(QLatin1String("licence")).toString();
    if (!licence.isEmpty())
        facts << Fact {InspectorPanel::tr("Licence"), licence, licence};
    return facts;
}

void InspectorPanel::showFacts(const Sample& sample)
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    const auto add = [this](const Fact& fact) {
        auto* title = new QLabel(fact.title);
        title->setForegroundRole(QPalette::PlaceholderText);
        auto* value = new ElidedLabel(fact.value);
        value->setToolTip(fact.toolTip.isEmpty() ? fact.value : fact.toolTip);
        value->setObjectName(QStringLiteral("fact"));
        value->setAccessibleName(fact.title + QStringLiteral(": ") + fact.value);
        m_facts->addRow(title, value);
    };
    for (const Fact& fact : m_mediaFacts + factsOf(sample))
        add(fact);
    showCosines(sample);
}

void InspectorPanel::showCosines(const Sample& sample)
{
    const std::vector<Modality> modalities = m_session.embeddedModalities();
    for (size_t i = 0; i < modalities.size(); ++i) {
        for (size_t j = i + 1; j < modalities.size(); ++j) {
            const auto a = m_session.embeddings(modalities[i]);
            const auto b = m_session.embeddings(modalities[j]);
            const qsizetype rowA = a ? a->indexOf(sample.id) : -1;
            const qsizetype rowB = b ? b->indexOf(sample.id) : -1;
            if (rowA < 0 || rowB < 0)
                continue;
            const QString pair = modalityTitle(modalities[i]) + QStringLiteral(" · ")
                + modalityTitle(modalities[j]);
            auto* title = new QLabel(pair);
            title->setForegroundRole(QPalette::PlaceholderText);
            auto* value = new QLabel(
                tr("cosine %1")
                    .arg(QLocale().toString(cosine(a->row(rowA), b->row(rowB)), 'f', 3)));
            value->setToolTip(tr("Cosine of this sample's own two embeddings: 1 = the same "
                                 "direction, 0 = unrelated."));
            value->setAccessibleName(pair + QStringLiteral(": ") + value->text());
            m_facts->addRow(title, value);
        }
    }
}

void InspectorPanel::showMissing(const Sample& sample)
{
    QStringList lines;
    for (const auto& [modality, source] : sample.sources) {
        if (m_session.isMissing(sample.id, modality))
            lines << tr("The file of its %1 is missing: %2")
                         .arg(modalityTitle(modality).toLower(),
                             QDir::toNativeSeparators(source.path));
    }
    m_missing->setText(lines.join(u'\n'));
    m_missingBox->setVisible(!lines.isEmpty());
}

QString InspectorPanel::factsText() const
{
    QStringList lines;
    for (int i = 0; i < m_facts->rowCount(); ++i)
        lines << m_facts->itemAt(i, QFormLayout::FieldRole)->widget()->accessibleName();
    return lines.join(u'\n');
}

} // namespace triptych
