#pragma once

#include "core/data/Modality.h"

#include <ATen/core/Tensor.h>
#include <QStringList>
#include <map>
#include <string>
#include <vector>

namespace triptych {

/// What stands at each position of a tower's sequence.
struct TokenLayout {
    int special = 0;          ///< leading positions that are no patch (CLS, registers)
    int gridRows = 0;         ///< patches: picture rows, or frequency bands of a spectrogram
    int gridColumns = 0;      ///< picture columns, or time steps
    int pooled = 0;           ///< position that the embedding is read from (CLS 0; text: per row, see EncoderOutput)
    int pooledCount = 1;      ///< positions from `pooled` on whose mean the embedding is (AST: 2)
    double seconds = 0;       ///< of sound that the columns span; 0: what the tower's facts say
    int frames = 1;           ///< of a clip: gridRows counts the rows of all of them, one frame below the other
};

/// What to keep of a forward pass.
struct Wants {
    bool hidden = false;      ///< every layer's hidden state
    bool attention = false;   ///< every layer's probabilities
    bool gradients = false;   ///< run on autograd operations; attention keeps its gradient
};

/// Input of a tower, one row a sample, on any device.
struct EncoderInput {
    at::Tensor values {};     ///< pixels [N,3,H,W], clips [N,F,3,H,W], log-mel as the family has it, or waves [N,samples], float32
    at::Tensor ids {};        ///< text: token ids [N,T] int64
    at::Tensor mask {};       ///< 1 where there is a token [N,T] or a pixel [N,H,W], int64; may be undefined
    at::Tensor types {};      ///< text: token_type_ids [N,T] int64; undefined = all 0
    at::Tensor longer {};     ///< CLAP: is_longer [N,1] bool; undefined = none is
    at::Tensor shapes {};     ///< where values are patches [N,T,numbers]: rows and columns of each sample [N,2] int64
    at::Tensor boxes {};      ///< where values are regions of a detector [N,R,numbers]: left, top, right, bottom of
                              ///< each in shares of the picture's sides [N,R,4]
};

struct EncoderOutput {
    at::Tensor embedding;               ///< [N,D] in the shared space, not normalised
    at::Tensor pooled;                  ///< [N,W] before the projection
    at::Tensor last;                    ///< [N,T,W] last hidden state (as HF's last_hidden_state)
    std::vector<at::Tensor> hidden;     ///< L+1 of [N,T,W]; 0 is the embedding output. Convolutional: feature maps [N,C,h,w]
    std::vector<at::Tensor> attention;  ///< L of [N,H,T,T], rows sum to 1; none in a convolutional net
    std::vector<at::Tensor> cross;      ///< of a decoder: L of [N,H,T,S], over what it looks at
    std::map<std::string, at::Tensor> more; ///< what else the family gives, by the reference's name: "logits" …
    TokenLayout layout;
    at::Tensor pooledAt;                ///< [N] int64: position the embedding was read from; -1 = the mean of all that are not special
};

/// A tower: one modality to the shared space.
class Encoder {
public:
    virtual ~Encoder() = default;
    virtual Modality modality() const = 0;
    virtual int dim() const = 0;        ///< of the shared space
    virtual int width() const = 0;
    virtual int layers() const = 0;
    virtual int heads() const = 0;      ///< 0: a convolutional net, no attention
    /// Device worker (or the training worker on its own copy). Without gradients it runs on packed
    /// oneDNN products on a CPU.
    virtual EncoderOutput encode(const EncoderInput& input, const Wants& wants) = 0;
    /// Every position of `last` through the final norm and projection: [N,T,W] → [N,T,D].
    virtual at::Tensor project(const at::Tensor& last) = 0;
    /// Trainable tensors by their name in the checkpoint.
    virtual std::vector<std::pair<std::string, at::Tensor>> parameters() = 0;
};

} // namespace triptych
