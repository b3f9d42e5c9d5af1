#pragma once

#include "core/engine/models/Encoder.h"

#include <QJsonObject>

namespace triptych {

struct KeyValues;

/// What a decoder looks at: one row a sample.
struct Memory {
    at::Tensor states;   ///< [N,S,W]
    at::Tensor mask {};  ///< [N,S] 1 where there is something; may be undefined
    TokenLayout layout {};
    Modality modality = Modality::Image; ///< of its positions: text when the states are a question's
    /// Where the states themselves looked at the source (a question at its picture): layers of
    /// [N,H,S,P]; empty when they are the source's own.
    std::vector<at::Tensor> looked {};
    TokenLayout source {};               ///< of the P positions
};

/// Keys and values of the tokens read so far, so that a step costs one token.
using DecoderCache = std::vector<KeyValues>;

/// Ids to the next ids, looking at a memory.
class Decoder {
public:
    virtual ~Decoder() = default;
    virtual int vocabulary() const = 0;
    virtual int positions() const = 0;  ///< most tokens it can hold
    /// `ids` [N,T] int64; with a cache only those that are new. `more["logits"]` is [N,T,V];
    /// `attention` and `cross` are filled when wanted.
    virtual EncoderOutput decode(const at::Tensor& ids, const Memory& memory, const Wants& wants,
        DecoderCache* cache = nullptr)
        = 0;
};

/// When a text starts and ends, and what may not be in it (generation_config.json).
struct WritingRules {
    std::vector<qint64> start;          ///< ids before the first written one
    std::vector<qint64> ends;
    qint64 padding = 0;
    int maxLength = 20;                 ///< ids in all, the start included
    int beams = 1;
    double lengthPenalty = 1;
    bool earlyStopping = false;         ///< stop at as many finished texts as there are beams
    bool patient = false;               ///< "never": stop only when no longer text can win
    std::vector<qint64> never;          ///< suppress_tokens
    std::vector<qint64> notFirst;       ///< begin_suppress_tokens
};

/// A model that answers in words: a caption, a transcript, an answer to a question.
class Writer {
public:
    virtual ~Writer() = default;
    virtual QString task() const = 0;   ///< "caption", "transcribe" or "answer"
    virtual Modality source() const = 0;
    virtual bool takesQuestion() const = 0; ///< needs a text beside the source
    virtual WritingRules rules() const = 0;
    /// The same for one sample, with what a person may choose (Whisper: "language", "task"; both
    /// may be absent). Throws Error that lists what may be chosen.
    virtual WritingRules rulesFor(const Memory& memory, const QJsonObject& options)
    {
        Q_UNUSED(memory)
        Q_UNUSED(options)
        return rules();
    }
    /// Codes of the languages that "language" takes; empty when there is nothing to choose.
    virtual QStringList languages() const { return {}; }
    virtual Decoder& decoder() = 0;
    /// Runs the encoders. `inputs` has the source, and the text when it takes a question.
    virtual Memory read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) = 0;
    virtual std::vector<std::pair<std::string, at::Tensor>> parameters() = 0;
};

} // namespace triptych
