#include "core/engine/models/families/TorchScript.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/families/conv/ConvNet.h"
#include "core/engine/models/processors/PictureProcessor.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <torch/csrc/jit/serialization/import.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

QString firstLine(const std::exception& failure)
{
    const auto* torchs = dynamic_cast<const c10::Error*>(&failure);
    const QStringList lines
        = QString::fromUtf8(torchs ? torchs->what_without_backtrace() : failure.what()).split(u'\n', Qt::SkipEmptyParts);
    // TorchScript tells where it was first, and what went wrong last.
    return lines.isEmpty() ? QString() : lines.back().trimmed();
}

/// The tensor that is the embedding: [N,D] before anything else, then the first.
at::Tensor chosen(const std::vector<at::Tensor>& tensors)
{
    for (const at::Tensor& tensor : tensors) {
        if (tensor.dim() == 2)
            return tensor;
    }
    return tensors.empty() ? at::Tensor() : tensors.front();
}

at::Tensor tensorIn(const c10::IValue& value)
{
    if (value.isTensor())
        return value.toTensor();
    std::vector<at::Tensor> tensors;
    if (value.isTuple()) {
        for (const c10::IValue& part : value.toTupleRef().elements()) {
            if (part.isTensor())
                tensors.push_back(part.toTensor());
        }
    } else if (value.isGenericDict()) {
        const auto dict = value.toGenericDict();
        for (const char* name : { "image_embeds", "pooler_output", "logits", "out", "last_hidden_state" }) {
            if (const auto found = dict.find(name); found != dict.end() && found->value().isTensor())
                return found->value().toTensor();
        }
        for (const auto& entry : dict) {
            if (entry.value().isTensor())
                tensors.push_back(entry.value().toTensor());
        }
    }
    return chosen(tensors);
}

/// [N,D] of what a program gave: maps and sequences are averaged over their places.
at::Tensor rowsOf(const at::Tensor& given)
{
    const at::Tensor values = given.to(at::kFloat);
    switch (values.dim()) {
    case 1:
        return values.unsqueeze(1);
    case 2:
        return values;
    case 3:
        return values.mean(1);
    default:
        return values.flatten(2).mean(2);
    }
}

class ProgramTower final : public Encoder {
public:
    ProgramTower(torch::jit::Module module, QString file, at::Device device)
        : m_module(std::move(module))
        , m_file(std::move(file))
        , m_device(device)
    {
    }

    /// Nothing when the program does not run on pictures of that size.
    std::optional<QString> refusal(int rows, int columns)
    {
        try {
            const at::Tensor given = run(at::zeros({ 2, 3, rows, columns }));
            if (!given.defined() || given.dim() == 0 || given.size(0) != 2 || given.numel() == 0)
                return Tr::tr("it gives no row for each picture");
            m_dim = int(rowsOf(given).size(1));
            return {};
        } catch (const std::exception& failure) {
            return firstLine(failure);
        }
    }

    Modality modality() const override { return Modality::Image; }
    int dim() const override { return m_dim; }
    int width() const override { return m_dim; }
    int layers() const override { return 0; }
    int heads() const override { return 0; }

    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override
    {
        if (wants.gradients) {
            throw Error(Tr::tr("%1 is a TorchScript program: it gives its output and nothing of its layers, so "
                           "there is no map of where it looks.").arg(m_file));
        }
        EncoderOutput output;
        try {
            output.last = run(input.values.to(at::TensorOptions().dtype(at::kFloat).device(m_device)));
        } catch (const std::exception& failure) {
            throw Error(QStringLiteral("%1: %2").arg(m_file, firstLine(failure)));
        }
        output.pooled = output.embedding = rowsOf(output.last);
        output.layout.pooled = -1;
        output.pooledAt = at::full({ output.embedding.size(0) }, -1, at::kLong);
        return output;
    }

    at::Tensor project(const at::Tensor& last) override { return last; }

    std::vector<std::pair<std::string, at::Tensor>> parameters() override
    {
        std::vector<std::pair<std::string, at::Tensor>> named;
        for (const auto& parameter : m_module.named_parameters())
            named.emplace_back(parameter.name, parameter.value);
        return named;
    }

private:
    at::Tensor run(const at::Tensor& pixels) { return tensorIn(m_module.forward({ pixels })); }

    torch::jit::Module m_module;
    QString m_file;
    at::Device m_device;
    int m_dim = 0;
};

torch::jit::Module loaded(const QString& file, const at::Device& device)
{
    try {
        torch::jit::Module module = torch::jit::load(file.toStdString(), device);
        module.eval();
        if (!module.find_method("forward"))
            throw Error(QCoreApplication::translate("models", "%1: this TorchScript program has no forward.").arg(file));
        int needed = 0;
        const auto& arguments = module.get_method("forward").function().getSchema().arguments();
        for (const auto& argument : arguments)
            needed += argument.default_value() ? 0 : 1;
        if (needed != 2) { // itself and one tensor
            throw Error(QCoreApplication::translate("models",
                "%1: this TorchScript program asks for %2 inputs; one with pictures alone can be "
                "used as an encoder. Its parameters can be looked at.").arg(file).arg(needed - 1));
        }
        return module;
    } catch (const c10::Error& failure) {
        throw Error(QStringLiteral("%1: %2").arg(file, firstLine(failure)));
    }
}

std::vector<std::array<int, 2>> usualSizes(const QString& folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("preprocessor_config.json"));
    if (QFileInfo::exists(path)) {
        const Config config(readJsonObject(path), path);
        const QString key = config.has(QStringLiteral("crop_size")) ? QStringLiteral("crop_size") : QStringLiteral("size");
        if (config.object(key).has(QStringLiteral("height")) || config.json().value(key).isDouble())
            return { config.sides(key, { 224, 224 }) };
    }
    std::vector<std::array<int, 2>> sizes;
    for (const int side : { 224, 256, 384, 299, 336, 448, 512, 128, 96, 64, 32 })
        sizes.push_back({ side, side });
    return sizes;
}

} // namespace

Towers buildTorchScript(const FamilySource& source)
{
    const QString file = source.config.value(QStringLiteral("file")).toString();
    const at::Device device(source.device.toStdString());
    auto tower = std::make_unique<ProgramTower>(loaded(file, device), file, device);
    QString why;
    for (const auto& [rows, columns] : usualSizes(source.folder)) {
        const auto refusal = tower->refusal(rows, columns);
        if (!refusal) {
            Towers towers;
            towers.facts[Modality::Image] = { { QStringLiteral("layers"), 0 }, { QStringLiteral("heads"), 0 },
                { QStringLiteral("width"), tower->width() }, { QStringLiteral("input"), QJsonArray { 3, rows, columns } } };
            towers.processor = torchvisionProcessor(rows * 8 / 7, rows);
            towers.outputNames[Modality::Image] = QString();
            towers.encoders[Modality::Image] = std::move(tower);
            return towers;
        }
        if (why.isEmpty())
            why = *refusal;
    }
    throw Error(Tr::tr("%1: this TorchScript program does not run on pictures of any usual size: %2. A "
                   "preprocessor_config.json beside it can say which size it needs.").arg(file, why));
}

} // namespace triptych
