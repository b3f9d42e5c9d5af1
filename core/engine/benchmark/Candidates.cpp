#include "core/engine/benchmark/Candidates.h"

#include "core/engine/models/ModelMethods.h"
#include "core/engine/representation/RepresentationMethods.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

const QString modelPrefix = u"model:"_s;

const Method* methodOf(const std::vector<Method>& table, const QString& id)
{
    for (const Method& method : table)
        if (method.info.id == id)
            return &method;
    return nullptr;
}

QStringList namesOf(Modality modality)
{
    switch (modality) {
    case Modality::Text:
        return { u"onehot"_s, u"bag"_s, u"tfidf"_s, u"wordgrams"_s, u"chargrams"_s, u"skipgram"_s, u"cbow"_s, u"glove"_s,
            u"bert"_s };
    case Modality::Image:
        return { u"lenet5"_s, u"alexnet"_s, u"vgg"_s, u"googlenet"_s, u"resnet"_s, u"vit"_s };
    case Modality::Audio:
        return { u"spectrogram"_s, u"melspectrogram"_s, u"mfcc"_s, u"chroma"_s, u"pitch"_s, u"soundstatistics"_s,
            u"sounddnn"_s, u"soundcnn"_s, u"soundrnn"_s, u"soundgru"_s, u"soundlstm"_s };
    case Modality::Video:
        return { u"framemean"_s, u"cnnrnn"_s, u"cnnlstm"_s, u"cnngru"_s };
    case Modality::Features:
        break;
    }
    return {};
}

const OptionInfo* optionOf(const Method& method, const QString& name)
{
    for (const OptionInfo& option : method.info.options)
        if (option.name == name)
            return &option;
    return nullptr;
}

/// Of several modalities together.
QStringList namesOfSeveral(bool isPair)
{
    const QStringList joint { u"bimodalae"_s, u"mvae"_s, u"mmvae"_s, u"mopoe"_s, u"mrbm"_s, u"mdbn"_s, u"mdbm"_s };
    const QStringList coordinated { u"vse"_s, u"vsepp"_s, u"orderembedding"_s, u"coordinatedcca"_s };
    return isPair ? joint + coordinated : joint;
}

/// Trained on both modalities, but a sample is represented by the one that is compared alone: its label
/// and its partner are what is looked for.
void chooseSides(const Method& method, const Compared& compared, QJsonObject& given)
{
    const QString own = modalityName(compared.modality);
    const QString other = compared.partner ? modalityName(*compared.partner) : u"label"_s;
    if (optionOf(method, u"modalities"_s))
        given[u"modalities"_s] = own + u',' + other;
    if (optionOf(method, u"from"_s))
        given[u"from"_s] = own;
    if (optionOf(method, u"x"_s) && optionOf(method, u"y"_s)) {
        given[u"x"_s] = own;
        given[u"y"_s] = other;
    }
    if (const OptionInfo* side = optionOf(method, u"side"_s); side && side->choices.contains(u"x"_s))
        given[u"side"_s] = u"x"_s;
}

QJsonObject optionsFor(const Method& method, const QString& name, const Compared& compared, quint64 seed, bool quick,
    const QJsonObject& settings)
{
    QJsonObject given;
    if (optionOf(method, u"seed"_s))
        given[u"seed"_s] = qint64(seed);
    if (optionOf(method, u"modality"_s))
        given[u"modality"_s] = modalityName(compared.modality);
    chooseSides(method, compared, given);
    const OptionInfo* epochs = optionOf(method, u"epochs"_s);
    if (quick && epochs)
        given[u"epochs"_s] = std::min<qint64>(2, epochs->defaultValue.toInteger());
    for (auto setting = settings.begin(); setting != settings.end(); ++setting) {
        const QString whose = setting.key().section(u'.', 0, -2);
        const QString option = setting.key().section(u'.', -1);
        if ((whose == name || whose == u"*") && optionOf(method, option))
            given[option] = setting.value();
    }
    return completeOptions(method.info, given);
}

} // namespace

QStringList defaultCandidates(const Compared& compared)
{
    QStringList wanted = namesOf(compared.modality);
    if (compared.modality != Modality::Video)
        wanted += namesOfSeveral(compared.partner.has_value());
    QStringList names;
    for (const QString& name : wanted)
        if (methodOf(representationMethods(), u"represent."_s + name))
            names << name;
    if (compared.modality == Modality::Image)
        names << u"pixels"_s;
    if (compared.modality != Modality::Video)
        names << modelPrefix + u"triptych-mini"_s;
    return names << u"random"_s;
}

Candidate candidateOf(const QString& name)
{
    Candidate candidate { name };
    if (name == u"random" || name == u"pixels")
        return candidate;
    if (name.startsWith(modelPrefix)) {
        candidate.model = name.mid(modelPrefix.size());
        candidate.represent = methodOf(modelMethods(), u"model.embed"_s);
        return candidate;
    }
    candidate.represent = methodOf(representationMethods(), u"represent."_s + name);
    candidate.train = methodOf(representationTrainers(), u"train."_s + name);
    if (!candidate.represent)
        throw Error(Tr::tr("There is no representation \"%1\"; `triptych methods representation` lists them, and "
                           "model:FOLDER, pixels and random are there too.").arg(name));
    return candidate;
}

CandidateOptions optionsOf(const Candidate& candidate, const Compared& compared, quint64 seed, bool quick,
    const QJsonObject& settings)
{
    CandidateOptions options;
    if (candidate.train)
        options.train = optionsFor(*candidate.train, candidate.name, compared, seed, quick, settings);
    QJsonObject model;
    if (!candidate.model.isEmpty())
        model[candidate.name + u".model"_s] = candidate.model;
    if (candidate.represent)
        options.represent = optionsFor(
            *candidate.represent, candidate.name, compared, seed, quick, model.isEmpty() ? settings : model);
    return options;
}

std::optional<Modality> partnerOf(Modality modality, const Dataset& dataset)
{
    const Modality partner = modality == Modality::Text ? Modality::Image : Modality::Text;
    const auto both = std::count_if(dataset.samples.begin(), dataset.samples.end(),
        [&](const Sample& sample) { return sample.has(modality) && sample.has(partner); });
    const auto own = std::count_if(dataset.samples.begin(), dataset.samples.end(),
        [&](const Sample& sample) { return sample.has(modality); });
    return both > 0 && both * 2 > own ? std::optional(partner) : std::nullopt;
}

} // namespace triptych::benchmark
