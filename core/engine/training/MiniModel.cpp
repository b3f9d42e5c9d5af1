#include "core/engine/training/MiniModel.h"

#include "core/data/Dataset.h"
#include "core/data/Split.h"
#include "core/engine/analysis/scores/Retrieval.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/training/MiniConfig.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Training)
    };

    void writeFile(const QString& path, const QByteArray& bytes)
    {
        QSaveFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
        if (!file.commit())
            throw Error(Tr::tr("%1 cannot be written: %2; choose another folder").arg(path, file.errorString()));
    }

    qint64 weightOf(const QString& language)
    {
        static const QStringList second = QStringLiteral("zh es ro ca ru bg el").split(u' ');
        if (language == QLatin1String("en") || language == QLatin1String("fr"))
            return 8;
        return second.contains(language) ? 2 : 1;
    }

}

Bpe trainMiniVocabulary(const MiniData& data, int merges)
{
    std::map<QString, qint64> words;
    const auto add = [&](const QString& text, qint64 weight) {
        for (const QString& word : captionWords(text))
            words[word] += weight;
    };
    for (const MiniConcept& item : data.concepts) {
        if (item.unseen)
            continue;
        for (auto it = item.captions.cbegin(); it != item.captions.cend(); ++it)
            add(*it, weightOf(it.key()));
        for (auto it = item.keywords.cbegin(); it != item.keywords.cend(); ++it) {
            for (const QString& keyword : *it)
                add(keyword, weightOf(it.key()));
        }
    }
    std::erase_if(words, [](const auto& entry) { return entry.second < 2; });
    return trainBpe(words, merges);
}

void writeMiniModel(const QString& folder, const QJsonObject& config, const Bpe& bpe,
    const std::vector<std::pair<std::string, at::Tensor>>& weights)
{
    const QDir dir(folder);
    writeTokenizer(bpe, folder, kMiniTokens);
    writeFile(dir.filePath(QStringLiteral("config.json")), QJsonDocument(config).toJson());
    writeFile(dir.filePath(QStringLiteral("preprocessor_config.json")), QJsonDocument(miniPreprocessor()).toJson());
    writeSafetensors(dir.filePath(QStringLiteral("model.safetensors")), weights, at::kHalf, { { "format", "pt" } });
}

namespace {

    /// Unit rows in double, [N,D].
    at::Tensor embedRows(Model& model, Modality modality, const std::vector<Sample>& samples, Progress& progress)
    {
        constexpr size_t batch = 32;
        std::vector<at::Tensor> rows;
        for (size_t i = 0; i < samples.size(); i += batch) {
            progress.report(qint64(i), qint64(samples.size()), QCoreApplication::translate("Training", "embedding unseen samples"));
            const std::vector<Sample> part(samples.begin() + qsizetype(i), samples.begin() + qsizetype(std::min(i + batch, samples.size())));
            rows.push_back(model.encoder(modality).encode(model.prepare(modality, part), {}).embedding);
        }
        const at::Tensor all = at::cat(rows).to(at::kDouble);
        return all / all.norm(2, { -1 }, true);
    }

    /// The unseen stamps with a caption in English and French and French speech, as `texts` wants them.
    std::vector<Sample> unseenSamples(quint64 splitSeed, const QString& language)
    {
        Dataset stamps = openDataset(QStringLiteral("stamps"));
        splitByGroup(stamps, { .testShare = 0.2, .seed = splitSeed });
        std::vector<Sample> unseen;
        for (Sample& sample : stamps.samples) {
            const QJsonObject captions = sample.columns[QStringLiteral("captions")].toObject();
            if (sample.split != QLatin1String("test") || !sample.has(Modality::Audio) || !captions.contains(QStringLiteral("fr")))
                continue;
            sample.sources[Modality::Text].text = normalCaption(captions[language].toString());
            unseen.push_back(sample);
        }
        return unseen;
    }

}

QJsonObject evaluateMini(ModelStore& store, const QString& folder, quint64 splitSeed, Progress& progress)
{
    const std::shared_ptr<Model> model = store.open(folder);
    const std::vector<Sample> english = unseenSamples(splitSeed, QStringLiteral("en"));
    const std::vector<Sample> french = unseenSamples(splitSeed, QStringLiteral("fr"));
    QStringList names;
    std::vector<qint64> groups;
    for (const Sample& sample : english) {
        if (!names.contains(sample.group))
            names << sample.group;
        groups.push_back(names.indexOf(sample.group));
    }
    const at::Tensor image = embedRows(*model, Modality::Image, english, progress);
    const at::Tensor text = embedRows(*model, Modality::Text, english, progress);
    const at::Tensor frenchText = embedRows(*model, Modality::Text, french, progress);
    const at::Tensor speech = embedRows(*model, Modality::Audio, english, progress);
    const auto score = [&](const at::Tensor& a, const at::Tensor& b) {
        return analysis::retrievalScores(analysis::cosineRanks(a, b, groups, progress), { 1, 5, 10 });
    };
    return {
        { QStringLiteral("n"), qint64(english.size()) },
        { QStringLiteral("image_to_text"), score(image, text) },
        { QStringLiteral("text_to_image"), score(text, image) },
        { QStringLiteral("speech_to_text"), score(speech, text) },
        { QStringLiteral("text_to_speech"), score(text, speech) },
        { QStringLiteral("speech_to_french_text"), score(speech, frenchText) },
        { QStringLiteral("french_text_to_speech"), score(frenchText, speech) },
        { QStringLiteral("image_to_speech"), score(image, speech) },
        { QStringLiteral("speech_to_image"), score(speech, image) },
    };
}

void writeModelCard(const QString& folder, const QJsonObject& run)
{
    const QJsonObject options = run[QStringLiteral("options")].toObject();
    const QJsonObject unseen = run[QStringLiteral("unseen")].toObject();
    QString figures;
    for (auto it = unseen.begin(); it != unseen.end(); ++it) {
        const QJsonObject scores = it->toObject();
        if (scores.isEmpty())
            continue;
        const auto number = [&](const char* name, int digits) { return QString::number(scores[QLatin1String(name)].toDouble(), 'f', digits); };
        figures += QStringLiteral("| %1 | %2 | %3 | %4 | %5 | %6 |\n")
                       .arg(QString(it.key()).replace(u'_', u' '), number("recall_at_1", 3), number("recall_at_5", 3),
                           number("recall_at_10", 3), number("median_rank", 1), number("mrr", 3));
    }
    const QString card = QStringLiteral(
        "# triptych-mini\n\n"
        "Three small towers (picture, text, sound) in one space, trained for this program so that it has "
        "something to show without a download. It knows a few thousand pictured things; it is not a "
        "general model, and no figure below says more than what was measured.\n\n"
        "## Data and licences\n\n"
        "- Tux Paint stamps (Debian package tuxpaint-stamps-default, GPL-2): pictures, captions, recorded "
        "speech, of the seen groups of the A1 split only (split seed %1, hash %2).\n"
        "- Noto Color Emoji (fonts-noto-color-emoji, OFL 1.1), names and keywords from Unicode CLDR "
        "(unicode-cldr-core, Unicode licence).\n"
        "- Speech of names and seen captions by espeak-ng (synthetic).\n"
        "- %3 concepts, %4 clips. The weights are under GPL-2-or-later as the stamps are.\n\n"
        "## Training\n\n"
        "`triptych train mini --out DIR --seed %5 --split-seed %1 --steps %6 --batch %7`: symmetric InfoNCE "
        "over picture, text and speech pairs, equal captions in a batch as positives (every second step hears "
        "speech, the last third all); beside it the towers learn where latent semantic analysis of the seen concepts' texts puts "
        "them, and the finest categories; %8 minutes of training on one core of this run's machine. What is "
        "kept is the moving average of the weights after the last step: no step was chosen by the figures.\n\n"
        "## Unseen groups\n\n"
        "Retrieval among %9 stamps whose captions, pictures and speech were never trained on (speech is "
        "French, text English unless said; a right answer is any with the same caption).\n\n"
        "| direction | R@1 | R@5 | R@10 | median rank | MRR |\n|---|---|---|---|---|---|\n")
                             .arg(options[QStringLiteral("split_seed")].toInteger())
                             .arg(run[QStringLiteral("split_hash")].toString().left(12))
                             .arg(run[QStringLiteral("concepts")].toInteger())
                             .arg(run[QStringLiteral("clips")].toInteger())
                             .arg(options[QStringLiteral("seed")].toInteger())
                             .arg(options[QStringLiteral("steps")].toInteger())
                             .arg(options[QStringLiteral("batch")].toInteger())
                             .arg(qRound(run[QStringLiteral("training_seconds")].toDouble() / 60))
                             .arg(unseen[QStringLiteral("n")].toInteger());
    writeFile(QDir(folder).filePath(QStringLiteral("MODEL_CARD.md")), (card + figures).toUtf8());
}

} // namespace triptych
