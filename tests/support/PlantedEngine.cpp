// An engine without a model: values that are known beforehand, for tests of widgets. Opened through
// the same door as the real one (TRIPTYCH_ENGINE names the library).
//
// What is planted:
// - attend.maps of a picture or sound: 3 layers × 4 heads on a grid of 5 × 6 (sound 4 × 8); layer
// l,
//   head h looks at row l, column h. A query q ≥ 0 moves the maximum to row l, column 5 - h; frame f of
//   a video moves it f columns to the right. A video has 3 frames, red, green and blue. The grid of a
//   sound begins 0.2 s into it and spans 0.6 s.
// - attend.rollout has its maximum in the last cell, attend.gradcam in row `layer`, column 5,
//   attend.similarity in the first cell.
// - model.embed: sample number i (the digits of its id) is the unit vector e_i, but the text of
//   number 2 stands where number 3 is (0.8 e_3 + 0.6 e_2) and so misses.
// - score.zeroshot: every row says its own number modulo the labels with probability 0.7.
#include "core/session/Engine.h"

#include "core/jobs/Error.h"
#include "tests/support/PlantedModels.h"
#include "tests/support/PlantedSteps.h"
#include "tests/support/PlantedWords.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kLayers = 3;
constexpr int kHeads = 4;
constexpr int kDim = 16;

struct Grid {
    int rows;
    int cols;
};

Grid gridOf(const QString& modality)
{
    if (modality == QLatin1String("text"))
        return {1, 6};
    return modality == QLatin1String("audio") ? Grid {4, 8} : Grid {5, 6};
}

QJsonObject mapInfo(const Recipe& recipe, Grid grid)
{
    QJsonObject info {{QStringLiteral("grid"), QJsonArray {grid.rows, grid.cols}},
        {QStringLiteral("method"), recipe.method},
        {QStringLiteral("modelHash"), QStringLiteral("planted0123456789")},
        {QStringLiteral("layers"), kLayers}, {QStringLiteral("heads"), kHeads},
        {QStringLiteral("caption"), QStringLiteral("A planted map.")},
        {QStringLiteral("score"), 0.25}};
    if (recipe.options.value(QLatin1String("modality")).toString() == QLatin1String("audio")) {
        info[QStringLiteral("start")] = 0.2;
        info[QStringLiteral("seconds")] = 0.6;
    }
    if (recipe.options.value(QLatin1String("modality")).toString() == QLatin1String("text"))
        info[QStringLiteral("tokens")] = QJsonArray {QStringLiteral("<|startoftext|>"),
            QStringLiteral("a</w>"), QStringLiteral("red</w>"), QStringLiteral("bo"),
            QStringLiteral("at</w>"), QStringLiteral("<|endoftext|>")};
    return info;
}

/// A hill around one cell, the rest low; sums to 0.9, the rest is on the special position.
std::vector<float> hill(Grid grid, int row, int col)
{
    std::vector<float> values;
    float sum = 0;
    for (int r = 0; r < grid.rows; ++r) {
        for (int c = 0; c < grid.cols; ++c) {
            const double d = std::hypot(r - row % grid.rows, c - col % grid.cols);
            values.push_back(float(std::exp(-d * d / 1.5)) + 0.02F);
            sum += values.back();
        }
    }
    for (float& value : values)
        value *= 0.9F / sum;
    return values;
}

Value maps(const Recipe& recipe)
{
    const Grid grid = gridOf(recipe.options.value(QLatin1String("modality")).toString());
    const bool moved = recipe.options.value(QLatin1String("query")).toInt(-1) >= 0;
    const int frame = recipe.options.value(QLatin1String("frame")).toInt();
    Value value;
    std::vector<float> all;
    std::vector<float> entropy;
    for (int layer = 0; layer < kLayers; ++layer) {
        for (int head = 0; head < kHeads; ++head) {
            const auto one = hill(grid, layer, (moved ? 5 - head : head) + frame);
            all.insert(all.end(), one.begin(), one.end());
            entropy.push_back(float(layer) + 0.1F * float(head));
        }
    }
    const std::vector<float> special(kLayers * kHeads, 0.1F);
    value.arrays[QStringLiteral("maps")] = Array::of(all, {kLayers, kHeads, grid.rows * grid.cols});
    value.arrays[QStringLiteral("special")] = Array::of(special, {kLayers, kHeads, 1});
    value.arrays[QStringLiteral("entropy")] = Array::of(entropy, {kLayers, kHeads});
    value.arrays[QStringLiteral("distance")] = Array::of(entropy, {kLayers, kHeads});
    value.info = mapInfo(recipe, grid);
    return value;
}

Value oneMap(const Recipe& recipe)
{
    const Grid grid = gridOf(recipe.options.value(QLatin1String("modality")).toString());
    int row = 0;
    int col = 0;
    if (recipe.method == QLatin1String("attend.rollout")) {
        row = grid.rows - 1;
        col = grid.cols - 1;
    } else if (recipe.method == QLatin1String("attend.gradcam")) {
        row = std::max(0, recipe.options.value(QLatin1String("layer")).toInt());
        col = grid.cols - 1;
    }
    Value value;
    value.arrays[QStringLiteral("map")] = Array::of(hill(grid, row, col), {grid.rows, grid.cols});
    value.info = mapInfo(recipe, grid);
    return value;
}

int numberOf(const QString& id)
{
    static const QRegularExpression digits(QStringLiteral("\\d+"));
    return digits.match(id).captured().toInt();
}

Value embed(const Recipe& recipe, const Inputs& inputs)
{
    const QString modality = recipe.options.value(QLatin1String("modality")).toString();
    std::vector<float> rows;
    QJsonArray ids;
    for (const Sample& sample : inputs.samples) {
        std::vector<float> row(kDim, 0.0F);
        const int number = numberOf(sample.id) % kDim;
        row[size_t(number)] = 1;
        if (modality == QLatin1String("text") && number == 2) {
            row[2] = 0.6F;
            row[3] = 0.8F;
        }
        rows.insert(rows.end(), row.begin(), row.end());
        ids.append(sample.id);
    }
    Value value;
    value.arrays[QStringLiteral("embeddings")] = Array::of(rows, {ids.size(), kDim});
    value.info = {{QStringLiteral("ids"), ids}, {QStringLiteral("modality"), modality},
        {QStringLiteral("model"), QStringLiteral("planted")},
        {QStringLiteral("modelHash"), QStringLiteral("planted0123456789")},
        {QStringLiteral("normalized"), true}, {QStringLiteral("failed"), QJsonArray()}};
    return value;
}

std::vector<float> products(const Inputs& inputs, qint64* n, qint64* m)
{
    const Array& a = inputs.value(QStringLiteral("a")).array(QStringLiteral("embeddings"));
    const Array& b = inputs.value(QStringLiteral("b")).array(QStringLiteral("embeddings"));
    *n = a.shape[0];
    *m = b.shape[0];
    const qint64 width = a.shape[1];
    std::vector<float> result(size_t(*n * *m), 0.0F);
    for (qint64 i = 0; i < *n; ++i)
        for (qint64 j = 0; j < *m; ++j)
            for (qint64 k = 0; k < width; ++k)
                result[size_t(i * *m + j)]
                    += a.floats()[size_t(i * width + k)] * b.floats()[size_t(j * width + k)];
    return result;
}

Value similarity(const Recipe&, const Inputs& inputs)
{
    qint64 n = 0;
    qint64 m = 0;
    Value value;
    const std::vector<float> cosines = products(inputs, &n, &m);
    value.arrays[QStringLiteral("similarity")] = Array::of(cosines, {n, m});
    return value;
}

std::vector<float> ranksOf(const std::vector<float>& cosines, qint64 n, bool columns)
{
    std::vector<float> ranks;
    for (qint64 i = 0; i < n; ++i) {
        float rank = 1;
        for (qint64 j = 0; j < n; ++j) {
            const float own = cosines[size_t(i * n + i)];
            const float other = cosines[size_t(columns ? j * n + i : i * n + j)];
            rank += j != i && other > own ? 1.0F : j != i && other == own ? 0.5F : 0.0F;
        }
        ranks.push_back(rank);
    }
    return ranks;
}

QJsonObject direction(const std::vector<float>& ranks)
{
    double hits = 0;
    double reciprocal = 0;
    for (const float rank : ranks) {
        hits += rank <= 1 ? 1 : 0;
        reciprocal += 1.0 / double(rank);
    }
    const auto n = double(ranks.size());
    return {{QStringLiteral("recall_at_1"), hits / n}, {QStringLiteral("recall_at_5"), 1.0},
        {QStringLiteral("recall_at_10"), 1.0}, {QStringLiteral("median_rank"), 1.0},
        {QStringLiteral("mrr"), reciprocal / n}};
}

Value scores(const Recipe&, const Inputs& inputs)
{
    qint64 n = 0;
    qint64 m = 0;
    const std::vector<float> cosines = products(inputs, &n, &m);
    const auto ranksA = ranksOf(cosines, n, false);
    const auto ranksB = ranksOf(cosines, n, true);
    Value value;
    value.arrays[QStringLiteral("ranks_a")] = Array::of(ranksA, {n});
    value.arrays[QStringLiteral("ranks_b")] = Array::of(ranksB, {n});
    value.info = {{QStringLiteral("n"), n}, {QStringLiteral("a_to_b"), direction(ranksA)},
        {QStringLiteral("b_to_a"), direction(ranksB)},
        {QStringLiteral("chance"),
            QJsonObject {{QStringLiteral("recall_at_1"), 1.0 / double(n)},
                {QStringLiteral("recall_at_5"), std::min(1.0, 5.0 / double(n))},
                {QStringLiteral("recall_at_10"), std::min(1.0, 10.0 / double(n))},
                {QStringLiteral("median_rank"), double(n) / 2}, {QStringLiteral("mrr"), 0.1}}},
        {QStringLiteral("cka"),
            QJsonObject {{QStringLiteral("biased"), 0.9}, {QStringLiteral("unbiased"), 0.8},
                {QStringLiteral("calibrated"), 0.7}, {QStringLiteral("null_threshold"), 0.6},
                {QStringLiteral("p"), 0.005}}},
        {QStringLiteral("svcca"), 0.95},
        {QStringLiteral("mutual_knn"),
            QJsonObject {{QStringLiteral("k"), 10}, {QStringLiteral("value"), 0.5},
                {QStringLiteral("null"), 0.1}}},
        {QStringLiteral("gap"), 0.12}, {QStringLiteral("alignment"), 0.05},
        {QStringLiteral("uniformity"),
            QJsonObject {{QStringLiteral("a"), -3.0}, {QStringLiteral("b"), -2.9}}},
        {QStringLiteral("tie_rate"), 0.0}};
    return value;
}

Value neighbors(const Recipe& recipe, const Inputs& inputs)
{
    qint64 n = 0;
    qint64 m = 0;
    const std::vector<float> cosines = products(inputs, &n, &m);
    const qint64 k = std::min<qint64>(m, recipe.options.value(QLatin1String("k")).toInt(10));
    std::vector<qint64> indices;
    std::vector<float> distances;
    for (qint64 i = 0; i < n; ++i) {
        std::vector<qint64> order(static_cast<size_t>(m));
        for (qint64 j = 0; j < m; ++j)
            order[size_t(j)] = j;
        std::stable_sort(order.begin(), order.end(), [&](qint64 x, qint64 y) {
            return cosines[size_t(i * m + x)] > cosines[size_t(i * m + y)];
        });
        for (qint64 j = 0; j < k; ++j) {
            indices.push_back(order[size_t(j)]);
            distances.push_back(1 - cosines[size_t(i * m + order[size_t(j)])]);
        }
    }
    Value value;
    value.arrays[QStringLiteral("indices")] = Array::of(indices, {n, k});
    value.arrays[QStringLiteral("distances")] = Array::of(distances, {n, k});
    return value;
}

Value zeroShot(const Recipe& recipe, const Inputs& inputs)
{
    const Value& embeddings = inputs.value(QStringLiteral("embeddings"));
    const QJsonArray labels = recipe.options.value(QLatin1String("labels")).toArray();
    const QStringList ids = embeddings.strings(QStringLiteral("ids"));
    const size_t count = size_t(labels.size());
    std::vector<float> probabilities;
    for (const QString& id : ids) {
        for (size_t l = 0; l < count; ++l)
            probabilities.push_back(size_t(numberOf(id)) % count == l
                    ? 0.7F
                    : 0.3F / float(std::max<size_t>(1, count - 1)));
    }
    Value value;
    value.arrays[QStringLiteral("probabilities")]
        = Array::of(probabilities, {ids.size(), qint64(count)});
    value.info = {{QStringLiteral("labels"), labels},
        {QStringLiteral("ids"), QJsonArray::fromStringList(ids)}};
    return value;
}

Value picture(const Recipe& recipe)
{
    const bool small = recipe.method == QLatin1String("media.thumbnail");
    const int width = small ? 64 : 240;
    const int height = small ? 48 : 200;
    std::vector<uchar> pixels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double d = std::hypot(x - width * 0.42, y - height * 0.5) / height;
            const bool inside = d < 0.33;
            pixels.insert(pixels.end(),
                {uchar(inside ? 214 : 225 - 40 * y / height),
                    uchar(inside ? 92 : 232 - 20 * y / height),
                    uchar(inside ? 60 + int(90 * d) : 240), 255});
        }
    }
    Value value;
    value.arrays[QStringLiteral("picture")] = Array::of(pixels, {height, width, 4});
    value.info = {{QStringLiteral("width"), 480}, {QStringLiteral("height"), 400}};
    return value;
}

Value frames()
{
    constexpr int kCount = 3;
    std::vector<uchar> pixels;
    std::vector<double> times;
    for (int frame = 0; frame < kCount; ++frame) {
        times.push_back(0.5 + frame);
        for (int i = 0; i < 20 * 24; ++i)
            for (int channel = 0; channel < 3; ++channel)
                pixels.push_back(channel == frame ? 200 : 30);
    }
    Value value;
    value.arrays[QStringLiteral("frames")] = Array::of(pixels, {kCount, 20, 24, 3});
    value.arrays[QStringLiteral("times")] = Array::of(times, {kCount});
    value.info = {{QStringLiteral("seconds"), 3.0}};
    return value;
}

Value sound()
{
    constexpr int kRate = 16000;
    constexpr int kBands = 32;
    constexpr int kFrames = 100;
    std::vector<float> samples;
    std::vector<float> peaks;
    std::vector<float> spectrogram;
    QJsonArray hz;
    for (int i = 0; i < kRate; ++i) {
        const double t = double(i) / kRate;
        samples.push_back(
            float(0.8 * std::sin(6.28 * (300 * t + 700 * t * t)) * std::sin(3.14 * t)));
    }
    for (int i = 0; i < 256; ++i) {
        const auto part
            = std::minmax_element(samples.begin() + i * 62, samples.begin() + (i + 1) * 62);
        peaks.push_back(*part.first);
        peaks.push_back(*part.second);
    }
    for (int band = 0; band < kBands; ++band) {
        hz.append(80.0 * std::pow(1.15, band));
        for (int frame = 0; frame < kFrames; ++frame) {
            const double t = double(frame) / kFrames;
            const double centre = 8 + 16 * t;
            spectrogram.push_back(float(
                -70 + 60 * std::exp(-std::pow((band - centre) / 2.5, 2)) * std::sin(3.14 * t)));
        }
    }
    Value value;
    value.arrays[QStringLiteral("samples")] = Array::of(samples, {kRate});
    value.arrays[QStringLiteral("peaks")] = Array::of(peaks, {256, 2});
    value.arrays[QStringLiteral("spectrogram")] = Array::of(spectrogram, {kBands, kFrames});
    value.info = {{QStringLiteral("rate"), kRate}, {QStringLiteral("channels"), 1},
        {QStringLiteral("seconds"), 1.0}, {QStringLiteral("hop_seconds"), 0.01},
        {QStringLiteral("mel_hz"), hz}};
    return value;
}

Value modelInfo(const Recipe& recipe)
{
    const QJsonObject tower {
        {QStringLiteral("layers"), kLayers}, {QStringLiteral("heads"), kHeads}};
    Value value;
    value.info = {{QStringLiteral("name"), QStringLiteral("planted")},
        {QStringLiteral("hash"), QStringLiteral("planted0123456789")},
        {QStringLiteral("modalities"),
            QJsonArray {QStringLiteral("image"), QStringLiteral("text"), QStringLiteral("audio")}},
        {QStringLiteral("dim"), kDim},
        {QStringLiteral("towers"),
            QJsonObject {{QStringLiteral("image"), tower}, {QStringLiteral("text"), tower},
                {QStringLiteral("audio"), tower}}}};
    const QJsonObject speech = plantedSpeech(recipe.options.value(QLatin1String("model")).toString());
    for (auto fact = speech.begin(); fact != speech.end(); ++fact)
        value.info[fact.key()] = *fact;
    return value;
}

MethodInfo describe(const QString& id, const QString& title, const QStringList& options,
    const QStringList& inputs, bool anyThread = false)
{
    MethodInfo info;
    info.id = id;
    const QString prefix = id.section(u'.', 0, 0);
    info.room = prefix == QLatin1String("attend") ? QStringLiteral("attention")
        : prefix == QLatin1String("neighbors")    ? QStringLiteral("projection")
                                                  : prefix;
    info.title = title;
    for (const QString& name : options) {
        OptionInfo option;
        option.name = name;
        const bool number = name == QLatin1String("layer") || name == QLatin1String("head")
            || name == QLatin1String("query") || name == QLatin1String("frame")
            || name == QLatin1String("max");
        const bool list = name == QLatin1String("labels") || name == QLatin1String("templates");
        option.type = list ? OptionInfo::Type::List
            : number || name == QLatin1String("k") || name == QLatin1String("size")
            ? OptionInfo::Type::Integer
            : OptionInfo::Type::Text;
        option.defaultValue = list                     ? QJsonValue(QJsonArray())
            : name == QLatin1String("frame")           ? QJsonValue(0)
            : number                                   ? QJsonValue(-1)
            : option.type == OptionInfo::Type::Integer ? QJsonValue(10)
                                                       : QJsonValue(QString());
        info.options << option;
    }
    info.inputs = inputs;
    info.anyThread = anyThread;
    return info;
}

class PlantedEngine final : public Engine {
public:
    PlantedEngine()
    {
        const auto s = [](const char* text) { return QString::fromLatin1(text); };
        const QStringList samples {s("samples")};
        const QStringList ab {s("a"), s("b")};
        m_methods = {
            describe(
                s("media.thumbnail"), s("Thumbnail"), {s("size"), s("modality")}, samples, true),
            describe(s("media.picture"), s("Picture"), {}, samples, true),
            describe(s("media.sound"), s("Sound"), {}, samples, true),
            describe(s("media.frames"), s("Frames"), {s("max")}, samples, true),
            describe(s("model.info"), s("Model"), {s("model")}, {}),
            describe(s("model.embed"), s("Embed"), {s("model"), s("modality")}, samples),
            describe(s("attend.maps"), s("Maps"), {s("model"), s("modality"), s("frame"), s("query")}, samples),
            describe(s("attend.raw"), s("Raw"),
                {s("model"), s("modality"), s("layer"), s("head"), s("query")}, samples),
            describe(s("attend.rollout"), s("Attention rollout"),
                {s("model"), s("modality"), s("frame"), s("query")}, samples),
            describe(s("attend.gradcam"), s("Grad-CAM"),
                {s("model"), s("modality"), s("target"), s("target_text"), s("layer")}, samples),
            describe(s("attend.similarity"), s("Patch–target similarity"),
                {s("model"), s("modality"), s("target"), s("target_text")}, samples),
            describe(s("model.write"), s("Write"), {s("model"), s("prompt"), s("question")}, samples),
            describe(s("model.answer"), s("Answer"), {s("model"), s("text")}, samples),
            describe(s("attend.joint"), s("Joint"), {s("model"), s("text")}, samples),
            describe(s("neighbors.exact"), s("Neighbours"), {s("k")}, ab),
            describe(s("score.similarity"), s("Similarity"), {}, ab),
            describe(s("score.all"), s("Scores"), {}, ab),
            describe(s("score.zeroshot"), s("Zero-shot"), {s("model"), s("labels"), s("templates")},
                {s("embeddings")}),
        };
        for (const MethodInfo& method : plantedStepMethods())
            m_methods.push_back(method);
    }

    const std::vector<MethodInfo>& methods() const override { return m_methods; }

    Value run(const Recipe& recipe, const Inputs& inputs, Progress& progress) override
    {
        progress.report(0, 1);
        const QString room = recipe.method.section(u'.', 0, 0);
        if (recipe.method == QLatin1String("media.sound"))
            return sound();
        if (recipe.method == QLatin1String("media.frames"))
            return frames();
        if (room == QLatin1String("media"))
            return picture(recipe);
        if (const auto steps = plantedSteps(recipe, inputs, progress))
            return *steps;
        if (const auto words = plantedWords(recipe))
            return *words;
        if (recipe.method == QLatin1String("model.info"))
            return modelInfo(recipe);
        if (recipe.method == QLatin1String("model.embed"))
            return embed(recipe, inputs);
        if (recipe.method == QLatin1String("attend.maps"))
            return maps(recipe);
        if (room == QLatin1String("attend"))
            return oneMap(recipe);
        if (room == QLatin1String("neighbors"))
            return neighbors(recipe, inputs);
        if (recipe.method == QLatin1String("score.similarity"))
            return similarity(recipe, inputs);
        if (recipe.method == QLatin1String("score.all"))
            return scores(recipe, inputs);
        if (recipe.method == QLatin1String("score.zeroshot"))
            return zeroShot(recipe, inputs);
        if (const auto inside = plantedModel(recipe))
            return *inside;
        throw Error(
            QStringLiteral("%1: nothing is planted for this method; add it to PlantedEngine.cpp.")
                .arg(recipe.method));
    }

    QJsonObject system() const override
    {
        return {{QStringLiteral("device"), QStringLiteral("cpu")}};
    }

private:
    std::vector<MethodInfo> m_methods;
};

}

} // namespace triptych

extern "C" Q_DECL_EXPORT triptych::Engine* triptychMakeEngine(const triptych::EngineOptions*)
{
    return new triptych::PlantedEngine;
}
