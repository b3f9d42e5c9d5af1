#include "core/engine/representation/text/Corpus.h"

#include "core/engine/learning/OptionLines.h"
#include "core/engine/media/Media.h"
#include "core/engine/representation/text/TextUnits.h"

#include <QJsonArray>

namespace triptych {

namespace {

QString ownText(const Sample& sample)
{
    const auto found = sample.sources.find(Modality::Text);
    if (found == sample.sources.end())
        return {};
    const Source& source = found->second;
    return source.path.isEmpty() && source.bytes.isEmpty() ? source.text : readText(source);
}

QString keywordsIn(const Sample& sample, const QString& language)
{
    QStringList keywords;
    for (const QJsonValue& keyword : sample.columns[u"keywords"][language].toArray())
        keywords.append(keyword.toString());
    return keywords.join(u' ');
}

} // namespace

QList<OptionInfo> corpusOptionLines()
{
    return { option::text("language", "en", "Of captions and keywords, where samples have them in several; empty = each one's own text"),
        option::flag("keywords", true, "Learns from the column of keywords too") };
}

CorpusOptions corpusOptionsOf(const QJsonObject& options)
{
    return { options[u"language"].toString(), options[u"keywords"].toBool() };
}

QString captionIn(const Sample& sample, const QString& language)
{
    const QJsonValue captions = sample.columns[u"captions"];
    if (language.isEmpty() || !captions.isObject())
        return ownText(sample);
    return captions[language].toString();
}

QStringList corpusTexts(const std::vector<Sample>& samples, const std::vector<int64_t>& rows, const CorpusOptions& options)
{
    QStringList texts;
    for (const int64_t row : rows) {
        const Sample& sample = samples[size_t(row)];
        texts += captionIn(sample, options.language).split(u'\n', Qt::SkipEmptyParts);
        if (const QString words = options.keywords ? keywordsIn(sample, options.language) : QString(); !words.isEmpty())
            texts.append(words);
    }
    return texts;
}

QStringList wordsIn(const QString& text)
{
    QString spaced;
    for (const char32_t code : text.normalized(QString::NormalizationForm_C).toUcs4()) {
        const QString letter = QString::fromUcs4(&code, 1);
        spaced += QChar::script(code) == QChar::Script_Han ? u' ' + letter + u' ' : letter;
    }
    return textUnits(spaced, {});
}

} // namespace triptych
