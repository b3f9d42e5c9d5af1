#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/Towers.h"
#include "core/engine/models/nn/Convolution.h"
#include "core/engine/models/nn/Layers.h"

namespace triptych {

/// A feature map after a stage, [N,C,h,w], by the reference's name.
struct FeatureMap {
    std::string name;
    at::Tensor values;
};

/// A convolutional net: pixels to feature maps, the last of them to an embedding and class scores.
class ConvNet {
public:
    virtual ~ConvNet() = default;
    /// The map after the stem and after each stage. `dnn` null: autograd operations.
    virtual std::vector<FeatureMap> maps(const at::Tensor& pixels, OneDnn* dnn) = 0;
    virtual int stages() const = 0;     ///< maps() gives one more
    virtual int dim() const = 0;        ///< of the embedding
    virtual int channels() const = 0;   ///< of the last map
    /// [N,C,h,w] → [N,D]: the mean over the map, unless the net reads it otherwise.
    virtual at::Tensor embedding(const at::Tensor& last, OneDnn* dnn);
    /// [N,D] → [N,classes]; undefined without a classifier.
    virtual at::Tensor logits(const at::Tensor& embedding) = 0;
    /// Each cell of the last map as an embedding, [N,C,h,w] → [N,h·w,D]; by default the cell itself.
    virtual at::Tensor cells(const at::Tensor& last);
    /// Whether maps and logits are given by their names too (torchvision has no numbered hidden states).
    virtual bool namesItsMaps() const { return false; }
};

/// A convolutional net as a picture tower: hidden states are its feature maps, no attention; the
/// grid is the last map's.
class ConvTower final : public Encoder {
public:
    ConvTower(std::unique_ptr<ConvNet> net, Weights& weights);
    Modality modality() const override { return Modality::Image; }
    int dim() const override { return m_net->dim(); }
    int width() const override { return m_net->channels(); }
    int layers() const override { return m_net->stages(); }
    int heads() const override { return 0; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    std::vector<FeatureMap> mapsOneByOne(const at::Tensor& pixels, bool all);

    std::unique_ptr<ConvNet> m_net;
    OneDnn m_dnn;
    std::vector<std::pair<std::string, at::Tensor>> m_parameters;
};

/// The towers of a convolutional net: one, for pictures of `sides` (others work too).
Towers convTowers(std::unique_ptr<ConvNet> net, Weights& weights, std::array<int, 2> sides);
/// config.json's id2label in order; empty when there is none.
QStringList labelsOf(const Config& config);
/// How torchvision prepares pictures: the shorter side to `resize`, the middle `crop`, ImageNet's mean
/// and deviation.
QJsonObject torchvisionProcessor(int resize = 256, int crop = 224);

/// The shapes of a bare state dict's tensors, kept in the config that is inferred from it.
class Shapes {
public:
    explicit Shapes(const QJsonObject& config);
    static QJsonObject config(const QString& type, const std::map<QString, at::Tensor>& tensors);
    bool has(const QString& name) const { return m_shapes.contains(name); }
    /// Side `axis` of the tensor. Throws Error when it is missing.
    int at(const QString& name, int axis) const;
    /// Options for the convolution NAME.weight.
    ConvolutionOptions convolution(const QString& name, int stride, int padding,
        Activation activation = Activation::Relu, int groups = 1) const;

private:
    QJsonObject m_shapes;
};

} // namespace triptych
