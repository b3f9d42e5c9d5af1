#include "widgets/views/RepresentationList.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;
using Group = RepresentationGroup;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(RepresentationView)
};

/// By the names of methods: the engine's table says nothing of it.
Group groupOf(const QString& name)
{
    struct Line {
        Group group;
        QRegularExpression names;
    };
    // Video before pictures and sound: cnnlstm begins like a net of theirs.
    static const Line lines[] = {
        { Group::Joint, QRegularExpression(u"^(bimodal|m?m?vae|mopoe|m?(rbm|dbn|dbm)|joint)"_s) },
        { Group::Coordinated, QRegularExpression(u"^(vse|order|cca|kcca|dcca|dccae|corr|coordinated)"_s) },
        { Group::Video, QRegularExpression(u"^(cnn(rnn|lstm|gru)|lrcn|frame(mean|s?$)|video|clip)"_s) },
        { Group::Sound,
            QRegularExpression(u"^(sound|audio|wave|mel|logmel|mfcc|chroma|pitch|stft|spectr|resampl|emphasis|dnn|cnn|rnn|lstm|gru)"_s) },
        { Group::Text, QRegularExpression(u"^(onehot|bag|tfidf|.*grams$|skipgram|cbow|glove|word|bert|text)"_s) },
        { Group::Picture, QRegularExpression(u"^(lenet|alexnet|vgg|googlenet|inception|resnet|vit|picture|image)"_s) },
    };
    for (const Line& line : lines)
        if (line.names.match(name).hasMatch())
            return line.group;
    return Group::Other;
}

} // namespace

bool RepresentationMethod::hasOption(const QString& option) const
{
    return std::any_of(represent.options.begin(), represent.options.end(),
        [&](const OptionInfo& info) { return info.name == option; });
}

bool RepresentationMethod::counts() const
{
    static const QRegularExpression counting(u"^(onehot|bag|tfidf|.*grams)$"_s);
    return !train && counting.match(name()).hasMatch();
}

std::optional<Modality> RepresentationMethod::modality(const QJsonObject& options) const
{
    switch (group) {
    case Group::Text:
        return Modality::Text;
    case Group::Picture:
        return Modality::Image;
    case Group::Video:
        return Modality::Video;
    case Group::Sound:
        return Modality::Audio;
    case Group::Joint:
    case Group::Coordinated:
    case Group::Other:
        break;
    }
    return modalityFromName(options["modality"_L1].toString());
}

std::vector<RepresentationMethod> representationsOf(const std::vector<MethodInfo>& methods)
{
    std::vector<RepresentationMethod> all;
    for (const MethodInfo& method : methods) {
        if (!method.id.startsWith("represent."_L1))
            continue;
        RepresentationMethod entry { method, {}, Group::Other };
        entry.group = groupOf(entry.name());
        for (const MethodInfo& trainer : methods)
            if (trainer.id == u"train."_s + entry.name())
                entry.train = trainer;
        all.push_back(std::move(entry));
    }
    std::stable_sort(all.begin(), all.end(),
        [](const RepresentationMethod& a, const RepresentationMethod& b) { return a.group < b.group; });
    return all;
}

QString groupTitle(Group group)
{
    switch (group) {
    case Group::Text:
        return Tr::tr("Text");
    case Group::Picture:
        return Tr::tr("Picture");
    case Group::Video:
        return Tr::tr("Video");
    case Group::Sound:
        return Tr::tr("Sound");
    case Group::Joint:
        return Tr::tr("Joint");
    case Group::Coordinated:
        return Tr::tr("Coordinated");
    case Group::Other:
        break;
    }
    return Tr::tr("Other");
}

} // namespace triptych
