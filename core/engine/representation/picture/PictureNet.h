#pragma once

#include "core/engine/learning/Chance.h"
#include "core/engine/learning/Parameters.h"
#include "core/engine/representation/picture/Field.h"

#include <QJsonObject>
#include <memory>
#include <string>
#include <vector>

namespace triptych::representation {

/// What a stage made of the picture, for looking at.
struct Stage {
    std::string name;   ///< as the paper or torchvision calls it
    at::Tensor values;  ///< [N,C,h,w]; a vector is [N,D,1,1]
    Field field;
    const char* about = ""; ///< Step text: %1 name, %2 maps, %3 rows, %4 columns, %5 pixels that a unit sees
};

/// How pictures go through a net.
struct Pass {
    bool training = false;    ///< batch statistics, dropout, auxiliary heads
    Chance* chance = nullptr; ///< of the dropout; needed while training
    bool look = false;        ///< keep stages and attention
};

struct NetOutput {
    at::Tensor embedding;              ///< [N,D]: what the classifier reads
    at::Tensor logits;                 ///< [N,classes]
    std::vector<at::Tensor> auxiliary; ///< logits of further heads, training only
    std::vector<Stage> stages;         ///< when looking
    std::vector<at::Tensor> attention; ///< [N,heads,T,T] a block, when looking; empty without attention
};

/// A net of the survey, built to be trained and looked into. Its tensors have torchvision's names, so that
/// a state dict of the same shape can be kept as "weights.NAME" and taken back.
///
/// Apart from the read-only nets in models/families/conv on purpose: those fold batch norms into their
/// convolutions and read their shapes off a checkpoint; here batch statistics, dropout, auxiliary heads
/// and gradients are needed, and shapes come from options, down to 32 pixels.
class PictureNet {
public:
    virtual ~PictureNet() = default;
    /// `pixels` [N,channels,side,side], normalised. Differentiable in pixels and parameters.
    virtual NetOutput run(const at::Tensor& pixels, const Pass& pass) const = 0;
    /// The filters that meet the pixels, [n,channels,k,k].
    virtual at::Tensor firstFilters() const = 0;
    /// Weight of each auxiliary head in the loss.
    virtual double auxiliaryWeight() const { return 0; }
    /// Patches that the picture is cut into a side; 0 where there are none.
    virtual int patches() const { return 0; }
};

/// What a net is built for.
struct NetShape {
    int channels = 3;
    int side = 224;
    int classes = 1000;
    double width = 1;    ///< times the published numbers of maps
    QJsonObject options; ///< the method's, for what only one net has

    int scaled(int published) const; ///< by width, at least 1
    /// Whether the first layers are those for small inputs: option stem is "small", or "auto" under 128 px.
    bool isSmall() const;
    double real(const char* option) const;
    int integer(const char* option) const; ///< of a choice of numbers too
};

using NetMaker = std::unique_ptr<PictureNet> (*)(Parameters& parameters, const NetShape& shape);

/// Mean cross-entropy, and the auxiliary heads' by their weight: loss + w·Σ loss of a head
/// (Szegedy et al. 2015). `labels` int64 [N].
at::Tensor netLoss(const PictureNet& net, const NetOutput& output, const at::Tensor& labels);

} // namespace triptych::representation
