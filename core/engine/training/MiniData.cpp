#include "core/engine/training/MiniData.h"

#include "core/data/Dataset.h"
#include "core/data/Split.h"
#include "core/engine/features/Mel.h"
#include "core/engine/features/Resize.h"
#include "core/engine/features/SpeechFrames.h"
#include "core/engine/media/Media.h"
#include "core/engine/training/Bpe.h"
#include "core/engine/training/MiniCache.h"
#include "core/engine/training/MiniConfig.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <cmath>

namespace triptych {

namespace {

    constexpr int kSide = 112;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Training)
    };

    /// Languages that espeak-ng speaks names in, with the voices it may use.
    const QMap<QString, QStringList>& voices()
    {
        static const auto voice = [](const char* name) { return QString::fromLatin1(name); };
        static const QMap<QString, QStringList> table {
            { voice("fr"), { voice("fr-fr"), voice("fr-be"), voice("fr-ch") } },
            { voice("en"), { voice("en-gb"), voice("en-us"), voice("en-gb-scotland") } },
            { voice("es"), { voice("es"), voice("es-419") } },
            { voice("ru"), { voice("ru") } },
            { voice("ro"), { voice("ro") } },
            { voice("ca"), { voice("ca") } },
            { voice("bg"), { voice("bg") } },
            { voice("el"), { voice("el") } },
            { voice("zh"), { voice("cmn") } },
        };
        return table;
    }

    QString conceptKey(const QString& caption)
    {
        static const QRegularExpression signs(QStringLiteral("[^\\w\\s]"), QRegularExpression::UseUnicodePropertiesOption);
        static const QRegularExpression article(QStringLiteral("^(a|an|the|some|one|two|three)\\s+"));
        return QString(caption).remove(signs).remove(article).trimmed();
    }

    /// Cropped to what is drawn, alpha premultiplied, fitted into a square: uint8 [112,112,4].
    at::Tensor framePicture(const Source& source)
    {
        PictureOptions options;
        options.svgSide = 224;
        at::Tensor picture = readPictureAlpha(source, options);
        const at::Tensor alpha = picture.select(2, 3);
        const at::Tensor rows = at::nonzero(alpha.amax(1)).flatten();
        const at::Tensor columns = at::nonzero(alpha.amax(0)).flatten();
        if (rows.numel() > 0) {
            const auto first = [](const at::Tensor& t) { return t[0].item<int64_t>(); };
            const auto last = [](const at::Tensor& t) { return t[-1].item<int64_t>() + 1; };
            picture = picture.slice(0, first(rows), last(rows)).slice(1, first(columns), last(columns));
        }
        const at::Tensor opacity = picture.narrow(2, 3, 1).to(at::kFloat) / 255.f;
        picture = at::cat({ at::round(picture.narrow(2, 0, 3).to(at::kFloat) * opacity).to(at::kByte), picture.narrow(2, 3, 1) }, 2)
                      .contiguous();
        const double scale = double(kSide) / double(std::max(picture.size(0), picture.size(1)));
        const int height = std::max(1, int(std::lround(double(picture.size(0)) * scale)));
        const int width = std::max(1, int(std::lround(double(picture.size(1)) * scale)));
        picture = resizePillow(picture, width, height, scale > 1 ? Filter::Bicubic : Filter::Lanczos);
        at::Tensor framed = at::zeros({ kSide, kSide, 4 }, at::kByte);
        framed.narrow(0, (kSide - height) / 2, height).narrow(1, (kSide - width) / 2, width).copy_(picture);
        return framed;
    }

    /// Undefined when there is nothing to hear.
    at::Tensor soundLevels(const Source& source)
    {
        const at::Tensor samples = trimSilence(mono(readSound(source, kMiniRate)));
        if (samples.numel() < kMiniRate / 10)
            return {};
        const at::Tensor mel = logMel(samples.narrow(0, 0, std::min<int64_t>(samples.numel(), 4 * kMiniRate)), miniMelOptions());
        return at::clamp(at::round((mel - mel.max()) / MiniClip::kMelRange * 255.f + 255.f), 0, 255).to(at::kByte).unsqueeze(2);
    }

    MiniConcept toConcept(const Sample& sample, bool emoji)
    {
        MiniConcept made;
        made.id = sample.id;
        made.group = sample.group;
        made.emoji = emoji;
        made.unseen = sample.split == QLatin1String("test");
        made.category = sample.label;
        made.fold = emoji ? sample.columns[QStringLiteral("subgroup")].toString()
                          : sample.id.section(u'/', 0, std::min<qsizetype>(3, sample.id.count(u'/')) - 1);
        const QJsonObject captions = sample.columns[QStringLiteral("captions")].toObject();
        const QJsonObject keywords = sample.columns[QStringLiteral("keywords")].toObject();
        for (const QString& language : miniLanguages()) {
            if (const QString text = normalCaption(captions[language].toString()); !text.isEmpty())
                made.captions[language] = text;
            for (const QJsonValue& word : keywords[language].toArray())
                made.keywords[language] << normalCaption(word.toString());
        }
        made.key = conceptKey(made.captions.value(QStringLiteral("en")));
        return made;
    }

    /// Texts that espeak-ng may speak: of seen stamps and of emoji, never of unseen groups.
    QStringList textsToSpeak(const std::vector<MiniConcept>& concepts)
    {
        QSet<QString> texts;
        for (const MiniConcept& item : concepts) {
            if (item.unseen || item.category == QLatin1String("Flags"))
                continue;
            for (auto it = item.captions.cbegin(); it != item.captions.cend(); ++it) {
                const bool wanted = item.emoji ? voices().contains(it.key())
                                                   : it.key() == QLatin1String("fr") || it.key() == QLatin1String("en");
                if (wanted)
                    texts.insert(it.key() + u'\t' + *it);
            }
            for (const char* language : { "fr", "en" }) {
                for (const QString& word : item.keywords.value(QLatin1String(language)).mid(0, 6))
                    texts.insert(QLatin1String(language) + QString(u'\t') + word);
            }
        }
        QStringList sorted(texts.begin(), texts.end());
        sorted.sort();
        return sorted;
    }

    /// "LANG\tTEXT" with a voice picked by the text, so that a text sounds the same in every run.
    Source spokenSource(const QString& languageAndText)
    {
        static const QStringList variants = QStringLiteral("m1 m2 m3 m4 m5 m7 f1 f2 f3 f4 f5 croak klatt2 klatt4").split(u' ');
        const QString language = languageAndText.section(u'\t', 0, 0);
        const QString text = languageAndText.section(u'\t', 1);
        const size_t pick = qHash(languageAndText, 7);
        const QStringList& names = *voices().constFind(language);
        const QString voice = names[qsizetype(pick % size_t(names.size()))] + u'+'
            + variants[qsizetype(pick / 16 % size_t(variants.size()))];
        Source source;
        source.path = QStringLiteral("speech:%1:%2").arg(voice, text);
        source.synthetic = true;
        return source;
    }

    void readPictures(MiniData& data, const std::vector<Sample>& samples, MiniCache& cache, Progress& progress)
    {
        QHash<QString, const Sample*> byId;
        QStringList keys;
        for (const Sample& sample : samples) {
            byId.insert(QStringLiteral("picture/") + sample.id, &sample);
            keys << QStringLiteral("picture/") + sample.id;
        }
        cache.fill(keys, [&](const QString& key) { return framePicture(byId[key]->sources.at(Modality::Image)); },
            progress, Tr::tr("decoding pictures"));
        for (size_t i = 0; i < samples.size(); ++i)
            data.concepts[i].picture = cache.get(keys[qsizetype(i)]);
    }

    void readRecordings(MiniData& data, const std::vector<Sample>& samples, MiniCache& cache, Progress& progress)
    {
        struct Recording {
            size_t index;
            QString language;
            QString path;
        };
        std::vector<Recording> recordings;
        QStringList keys;
        for (size_t i = 0; i < samples.size(); ++i) {
            const QJsonObject speech = samples[i].columns[QStringLiteral("speech")].toObject();
            for (auto it = speech.begin(); it != speech.end(); ++it) {
                if (data.concepts[i].captions.contains(it.key())) {
                    recordings.push_back({ i, it.key(), it->toString() });
                    keys << it->toString();
                }
            }
        }
        cache.fill(keys, [](const QString& path) { return soundLevels(Source { .path = path }); }, progress,
            Tr::tr("decoding recorded speech"));
        for (const Recording& recording : recordings) {
            if (!cache.has(recording.path))
                continue;
            MiniConcept& made = data.concepts[recording.index];
            const int clip = int(data.clips.size());
            data.clips.push_back({ recording.language, made.captions[recording.language], cache.get(recording.path).squeeze(2), false });
            made.speech[recording.language] = clip;
            if (!made.unseen)
                data.recorded.push_back(clip);
        }
    }

    void speakTexts(MiniData& data, MiniCache& cache, Progress& progress)
    {
        const QStringList texts = textsToSpeak(data.concepts);
        cache.fill(texts, [](const QString& text) { return soundLevels(spokenSource(text)); }, progress,
            Tr::tr("speaking names with espeak-ng"));
        for (const QString& text : texts) {
            if (!cache.has(text))
                continue;
            const QString language = text.section(u'\t', 0, 0);
            const QString words = text.section(u'\t', 1);
            data.spoken[{ language, words }] = int(data.clips.size());
            data.synthetic.push_back(int(data.clips.size()));
            data.clips.push_back({ language, words, cache.get(text).squeeze(2), true });
        }
    }

}

at::Tensor MiniClip::logMel() const
{
    return (levels.to(at::kFloat) - 255.f) * (kMelRange / 255.f);
}

const QStringList& miniLanguages()
{
    static const QStringList languages = QStringLiteral(
        "en fr zh es it pt ca gl ro de nl sv da nb pl cs sk sl hr hu fi et lt lv ru uk bg be el sr eo eu oc ast tr id ja ko")
                                             .split(u' ');
    return languages;
}

QString normalCaption(const QString& text)
{
    return lowerCase(text).simplified();
}

MiniData loadMiniData(quint64 splitSeed, const QString& cacheFolder, Progress& progress)
{
    progress.report(0, 0, Tr::tr("reading captions"));
    Dataset stamps = openDataset(QStringLiteral("stamps"));
    splitByGroup(stamps, { .testShare = 0.2, .seed = splitSeed });
    checkLeaks(stamps);
    const Dataset emoji = openDataset(QStringLiteral("emoji"));

    MiniData data;
    data.splitHash = splitHash(stamps);
    std::vector<Sample> samples;
    for (const Dataset* set : { &std::as_const(stamps), &emoji }) {
        for (const Sample& sample : set->samples) {
            if (!sample.has(Modality::Text))
                continue;
            samples.push_back(sample);
            data.concepts.push_back(toConcept(sample, set == &emoji));
        }
    }
    MiniCache cache(cacheFolder);
    readPictures(data, samples, cache, progress);
    readRecordings(data, samples, cache, progress);
    speakTexts(data, cache, progress);
    progress.report(0, 0, Tr::tr("keeping what was decoded"));
    cache.save();
    return data;
}

} // namespace triptych
