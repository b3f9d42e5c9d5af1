#pragma once

#include "core/engine/models/tokenizers/CharsMap.h"
#include "core/engine/models/tokenizers/TextPieces.h"

#include <memory>

namespace triptych {

/// What a SentencePiece model file (Kudo & Richardson 2018) holds: tokens with their scores, and how
/// a text is normalised before it is cut. Read by ourselves: libsentencepiece brings its own protocol
/// buffers, which clash with LibTorch's in one process, and trusts the tables in the file.
class SentencePieceFile {
public:
    /// Throws Error when the file is damaged, or neither a unigram nor a byte-pair model.
    explicit SentencePieceFile(const QString& path);

    const WordModel& model() const { return *m_model; }
    qint64 size() const { return m_model->table().size(); }
    qint64 unknown() const { return m_unknown; }
    /// The text as the model cuts it: rules applied, spaces as U+2581. `prefix`: one before the text,
    /// where the file asks for it.
    TracedText normalized(const TracedText& text, bool prefix) const;

private:
    struct Reading;
    void readNormalizer(QByteArrayView bytes, const QString& path);

    std::shared_ptr<const WordModel> m_model;
    CharsMap m_rules;
    qint64 m_unknown = -1;
    bool m_prefix = true;
    bool m_single = true;  ///< spaces: one at a time, none at the ends
    bool m_escape = true;  ///< spaces become U+2581
};

} // namespace triptych
