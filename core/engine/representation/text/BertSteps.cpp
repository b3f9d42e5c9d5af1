#include "core/engine/representation/text/BertSteps.h"

#include "core/engine/learning/Steps.h"
#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych::bert {

namespace {

constexpr int guessesShown = 8;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

const StepAxis dimensionAxis { QT_TRANSLATE_NOOP("Step", "dimension"), "", 0, 1 };
const StepAxis pieceAxis { QT_TRANSLATE_NOOP("Step", "piece"), "", 0, 1 };

/// One text without its padding.
struct Read {
    EncoderInput input;
    std::vector<int64_t> ids;
    QStringList pieces;
    std::vector<bool> special; ///< [CLS] and the like
};

Read readText(const Model& model, const Sample& sample, const QString& text)
{
    Read read;
    read.input = model.prepare(Modality::Text, { sample });
    if (read.input.mask.defined()) {
        const at::Tensor there = read.input.mask[0].nonzero().view({ -1 });
        read.input.ids = read.input.ids.index_select(1, there);
        read.input.mask = read.input.mask.index_select(1, there);
        if (read.input.types.defined())
            read.input.types = read.input.types.index_select(1, there);
    }
    const at::Tensor ids = read.input.ids.contiguous();
    read.ids.assign(ids.data_ptr<int64_t>(), ids.data_ptr<int64_t>() + ids.numel());
    for (const int64_t id : read.ids)
        read.pieces.append(model.tokenizer().token(id));
    TokenizeOptions how;
    how.padding = Padding::None;
    how.maxLength = int(read.ids.size());
    const Tokens tokens = model.tokenizer().encode({ text }, {}, how).front();
    read.special.assign(read.ids.size(), false);
    for (size_t i = 0; i < std::min(tokens.size(), read.ids.size()); ++i)
        read.special[i] = tokens.offsets[i].first == tokens.offsets[i].second;
    return read;
}

at::Tensor parameterEndingIn(Encoder& encoder, const std::string& name)
{
    for (const auto& [key, tensor] : encoder.parameters()) {
        if (key.ends_with(name))
            return tensor.detach().to(at::kCPU);
    }
    return {};
}

void addPieces(Steps& steps, const Read& read, const Model& model)
{
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Pieces"), read.pieces)
        .about(QT_TRANSLATE_NOOP("Step", "The longest piece of the vocabulary that the rest of a word begins with, again and "
                                         "again: frequent words are one piece, rare ones several. %1 pieces are known."),
            { QString::number(model.tokenizer().vocabularySize()) });
    QStringList numbered;
    for (size_t i = 0; i < read.ids.size(); ++i)
        numbered.append(QStringLiteral("%1 %2").arg(read.pieces[qsizetype(i)]).arg(read.ids[i]));
    steps.tokens(QT_TRANSLATE_NOOP("Step", "Numbers of the pieces"), numbered)
        .about(QT_TRANSLATE_NOOP("Step", "All the model sees of a piece is its row in the vocabulary."));
}

/// The three summands where the family is BERT's; then what the layers get.
void addEmbeddings(Steps& steps, const Read& read, Model& model, const at::Tensor& states)
{
    Encoder& encoder = model.encoder(Modality::Text);
    const at::Tensor ids = read.input.ids.view({ -1 });
    const at::Tensor words = parameterEndingIn(encoder, "embeddings.word_embeddings.weight");
    const at::Tensor places = parameterEndingIn(encoder, "embeddings.position_embeddings.weight");
    const at::Tensor types = parameterEndingIn(encoder, "embeddings.token_type_embeddings.weight");
    if (model.family() == u"bert" && words.defined() && places.defined() && types.defined()) {
        const auto heat = [&](const char* title, const at::Tensor& rows) -> Steps::Step& {
            return steps.heat(title, rows).named(read.pieces).axes(dimensionAxis, pieceAxis).aroundZero();
        };
        const at::Tensor kinds = read.input.types.defined() ? read.input.types.view({ -1 }) : at::zeros_like(ids);
        heat(QT_TRANSLATE_NOOP("Step", "Vectors of the pieces"), words.index_select(0, ids))
            .about(QT_TRANSLATE_NOOP("Step", "Looked up in a table; the same piece gets the same row wherever it stands."));
        heat(QT_TRANSLATE_NOOP("Step", "Vectors of the positions"), places.narrow(0, 0, ids.size(0)))
            .about(QT_TRANSLATE_NOOP("Step", "A second table says where a piece stands; without it the layers could not tell order."));
        heat(QT_TRANSLATE_NOOP("Step", "Vectors of the segments"), types.index_select(0, kinds))
            .about(QT_TRANSLATE_NOOP("Step", "A third table tells two texts apart that are read together; one text is all segment 0."));
    }
    steps.heat(QT_TRANSLATE_NOOP("Step", "What the layers get"), states)
        .named(read.pieces)
        .axes(dimensionAxis, pieceAxis)
        .aroundZero()
        .about(QT_TRANSLATE_NOOP("Step", "The embeddings of the pieces: what the tables say is added, and brought to one mean and "
                                         "spread where the family does so."));
}

void addLayers(Steps& steps, const Read& read, const EncoderOutput& output, int layer)
{
    QStringList names;
    std::vector<at::Tensor> states;
    for (size_t i = 0; i < output.hidden.size(); ++i) {
        names.append(QString::number(i));
        states.push_back(output.hidden[i][0]);
    }
    const QString layers = QString::number(output.hidden.size() - 1);
    steps.maps(QT_TRANSLATE_NOOP("Step", "States of every layer"), at::stack(states))
        .named(names)
        .axes(dimensionAxis, pieceAxis)
        .about(QT_TRANSLATE_NOOP("Step", "0 is what the layers get, then what each of %1 layers makes of it: each piece reads from "
                                         "the others and its row changes with what stands around it."), { layers });
    steps.heat(QT_TRANSLATE_NOOP("Step", "States of layer %1"), output.hidden[size_t(layer)][0])
        .named(read.pieces)
        .axes(dimensionAxis, pieceAxis)
        .aroundZero()
        .about(QT_TRANSLATE_NOOP("Step", "The vector of the text is taken from layer %1 of %2."), { QString::number(layer), layers });
}

void addAttention(Steps& steps, const Read& read, const EncoderOutput& output, const Reading& reading)
{
    if (output.attention.empty())
        return;
    const auto layers = int(output.attention.size());
    const int layer = reading.attentionLayer < 1 ? layers : reading.attentionLayer;
    const int heads = int(output.attention.front().size(1));
    if (layer > layers || reading.head > heads) {
        throw Error(Tr::tr("attention_layer, head: the model has %1 layers with %2 heads each; choose one of them.").arg(layers).arg(heads));
    }
    const at::Tensor all = output.attention[size_t(layer - 1)][0];
    const at::Tensor shown = reading.head < 1 ? all.mean(0) : all[reading.head - 1];
    const QString which = reading.head < 1 ? Tr::tr("mean of %1 heads").arg(heads) : Tr::tr("head %1").arg(reading.head);
    steps.heat(QT_TRANSLATE_NOOP("Step", "Attention of layer %1, %2"), shown)
        .named(read.pieces)
        .axes({ QT_TRANSLATE_NOOP("Step", "looked at"), "", 0, 1 }, { QT_TRANSLATE_NOOP("Step", "looking"), "", 0, 1 })
        .about(QT_TRANSLATE_NOOP("Step", "Layer %1, %2: how much each piece (row) takes from each (column). A row sums to 1; the "
                                         "pieces stand in the same order in both directions."), { QString::number(layer), which });
}

/// Id of "[MASK]" or "<mask>"; −1 when the tokenizer has none.
int64_t maskOf(const Tokenizer& tokenizer)
{
    for (const QString& name : { QStringLiteral("[MASK]"), QStringLiteral("<mask>") }) {
        TokenizeOptions how;
        how.padding = Padding::None;
        const Tokens tokens = tokenizer.encode({ name }, {}, how).front();
        const qsizetype place = tokens.tokens.indexOf(name);
        if (place >= 0)
            return tokens.ids[size_t(place)];
    }
    return -1;
}

/// Where the text's own masks are, or the piece that is to be hidden.
std::vector<int64_t> placesToGuess(const Read& read, int64_t mask, int hide)
{
    std::vector<int64_t> places;
    std::vector<int64_t> pieces;
    for (size_t i = 0; i < read.ids.size(); ++i) {
        if (read.ids[i] == mask)
            places.push_back(int64_t(i));
        else if (!read.special[i])
            pieces.push_back(int64_t(i));
    }
    if (places.empty() && hide > 0 && !pieces.empty())
        places.push_back(pieces[size_t(std::min<qsizetype>(hide, qsizetype(pieces.size())) - 1)]);
    return places;
}

void addGuess(Steps& steps, const Read& read, const Tokenizer& tokenizer, const at::Tensor& scores, int64_t place, int64_t mask)
{
    const at::Tensor probabilities = at::softmax(scores, 0).to(at::kCPU);
    const auto [values, order] = probabilities.topk(std::min<int64_t>(guessesShown, probabilities.numel()));
    const at::Tensor best = order.contiguous();
    QStringList names;
    for (int64_t i = 0; i < best.numel(); ++i)
        names.append(tokenizer.token(best.data_ptr<int64_t>()[i]));
    Steps::Step& step = steps.bars(QT_TRANSLATE_NOOP("Step", "Guesses for piece %1"), values, names);
    const QString number = QString::number(place + 1);
    const int64_t was = read.ids[size_t(place)];
    if (was == mask) {
        step.about(QT_TRANSLATE_NOOP("Step", "Piece %1 is a mask: the likeliest pieces in its place, from what stands to the left "
                                             "and right. This is what the model was trained to do."), { number });
        return;
    }
    const double probability = probabilities[was].item<double>();
    const auto rank = probabilities.gt(probability).sum().item<int64_t>() + 1;
    step.about(QT_TRANSLATE_NOOP("Step", "Piece %1, \"%2\", was hidden and is guessed from what stands to the left and right: it gets "
                                         "probability %3 and is guess number %4."),
        { number, read.pieces[qsizetype(place)], QString::number(probability, 'g', 2), QString::number(rank) });
}

void addGuesses(Steps& steps, const Read& read, Model& model, const EncoderOutput& output, const Reading& reading)
{
    if (output.more.count("prediction_logits") == 0)
        return;
    const int64_t mask = maskOf(model.tokenizer());
    if (mask < 0)
        return;
    Read hidden = read;
    const std::vector<int64_t> places = placesToGuess(read, mask, reading.hide);
    if (places.empty())
        return;
    hidden.input.ids = read.input.ids.clone();
    for (const int64_t place : places)
        hidden.input.ids[0][place] = mask;
    const at::Tensor scores
        = model.encoder(Modality::Text).encode(hidden.input, { .hidden = true }).more.at("prediction_logits")[0];
    for (const int64_t place : places)
        addGuess(steps, read, model.tokenizer(), scores[place], place, mask);
}

const char* aboutVector(Pooling pooling)
{
    switch (pooling) {
    case Pooling::Mean:
        return QT_TRANSLATE_NOOP("Step", "The mean of the states of all pieces of layer %1.");
    case Pooling::First:
        return QT_TRANSLATE_NOOP("Step", "The state of one piece of layer %1: [CLS], or the one that the model was trained to be "
                                         "read at. What it holds of the others came by attention.");
    case Pooling::Pooler:
        return QT_TRANSLATE_NOOP("Step", "The state of [CLS] of layer %1 through one more layer, the pooler, with tanh.");
    }
    Q_UNREACHABLE();
}

} // namespace

int layerOf(const Reading& reading, int layers)
{
    if (reading.layer > layers)
        throw Error(Tr::tr("layer: the model has layers 0 to %1; choose one of them, or -1 for the last.").arg(layers));
    if (reading.pooling == Pooling::Pooler && reading.layer >= 0 && reading.layer != layers)
        throw Error(Tr::tr("layer: the pooler reads the last layer alone, %1; choose it, or another pooling.").arg(layers));
    return reading.layer < 0 ? layers : reading.layer;
}

at::Tensor pooled(const EncoderOutput& output, const EncoderInput& input, const Reading& reading)
{
    if (reading.pooling == Pooling::Pooler) {
        const auto found = output.more.find("pooler_output");
        if (found == output.more.end())
            throw Error(QCoreApplication::translate("representation", "pooling: this model has no pooler, which next-sentence prediction trains; choose mean or cls."));
        return found->second;
    }
    const int last = int(output.hidden.size()) - 1;
    const int layer = layerOf(reading, last);
    const at::Tensor states = layer == last ? output.last : output.hidden[size_t(layer)];
    if (reading.pooling == Pooling::First) {
        at::Tensor at = output.pooledAt.defined() ? output.pooledAt.to(states.device()).clamp_min(0)
                                                  : at::zeros({ states.size(0) }, input.ids.options().device(states.device()));
        return states.gather(1, at.view({ -1, 1, 1 }).expand({ -1, 1, states.size(2) })).squeeze(1);
    }
    if (!input.mask.defined())
        return states.mean(1);
    const at::Tensor there = input.mask.to(states.device()).ne(0).to(at::kFloat).unsqueeze(2);
    return (states * there).sum(1) / there.sum(1).clamp_min(1);
}

void addSteps(Value& value, Model& model, const Sample& sample, const QString& text, const Reading& reading)
{
    const Read read = readText(model, sample, text);
    const EncoderOutput output
        = model.encoder(Modality::Text).encode(read.input, { .hidden = true, .attention = true });
    const int layer = layerOf(reading, int(output.hidden.size()) - 1);
    Steps steps;
    steps.text(QT_TRANSLATE_NOOP("Step", "Text"), text)
        .about(QT_TRANSLATE_NOOP("Step", "The raw signal: the text as it was written, characters in a row."));
    addPieces(steps, read, model);
    addEmbeddings(steps, read, model, output.hidden.front()[0]);
    addLayers(steps, read, output, layer);
    addAttention(steps, read, output, reading);
    addGuesses(steps, read, model, output, reading);
    steps.vector(QT_TRANSLATE_NOOP("Step", "Vector"), pooled(output, read.input, reading)[0])
        .axes(dimensionAxis)
        .about(aboutVector(reading.pooling), { QString::number(layer) });
    steps.writeTo(value);
}

} // namespace triptych::bert
