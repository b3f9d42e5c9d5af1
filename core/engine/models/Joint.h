#pragma once

#include "core/engine/models/Encoder.h"

namespace triptych {

/// A run of positions in a joint sequence that belong to one modality.
struct Segment {
    Modality modality = Modality::Text;
    int begin = 0;
    TokenLayout layout; ///< of the positions from `begin` on
    /// Positions in all.
    int size() const { return layout.special + layout.gridRows * layout.gridColumns; }
};

/// Attention between two runs of segments; one of them for a single sequence, several for a model
/// with streams (LXMERT: language, vision, cross).
struct AttentionStream {
    QString name;                       ///< the reference's, e.g. "attentions", "cross_attentions"
    std::vector<Segment> queries;
    std::vector<Segment> keys;
    std::vector<at::Tensor> attention;  ///< L of [N,H,T,S], rows sum to 1
};

struct JointOutput {
    at::Tensor pooled;                  ///< [N,W]
    at::Tensor logits;                  ///< [N,classes]; undefined when the model has no classifier
    std::vector<at::Tensor> hidden;     ///< of the first stream, as in EncoderOutput
    std::vector<AttentionStream> streams;
    std::map<std::string, at::Tensor> more; ///< by the reference's name
};

/// Reads several modalities of a sample together: an answer, a match, a fused embedding.
class JointEncoder {
public:
    virtual ~JointEncoder() = default;
    virtual std::vector<Modality> modalities() const = 0;
    /// What its logits mean: "answer" (a question about a picture) or "match" (column 1: they
    /// belong together); empty when it has none.
    virtual QString task() const = 0;
    /// Whether the classes are judged one by one (a sigmoid each) or shut each other out (a softmax).
    virtual bool severalMayHold() const { return false; }
    /// Where the picture must come as what an object detector found: the sentence that says so;
    /// empty when it reads pixels.
    virtual QString regionNeed() const { return {}; }
    virtual int width() const = 0;
    /// `inputs` has one entry a modality, equally many rows. Device worker. Throws Error.
    virtual JointOutput encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) = 0;
    virtual std::vector<std::pair<std::string, at::Tensor>> parameters() = 0;
};

} // namespace triptych
