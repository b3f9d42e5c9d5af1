#pragma once

#include "core/engine/models/files/MappedFile.h"

#include <map>

namespace triptych {

/// Where the members of a zip lie in a mapped file. What is read must be stored, as torch.save writes
/// it, so that tensors can view the file.
class ZipDirectory {
public:
    struct Member {
        qint64 offset = 0;
        qint64 size = 0;
        bool compressed = false; ///< its bytes cannot be used as they are
    };
    /// Throws Error when the zip is damaged or cut short.
    explicit ZipDirectory(const MappedFile& file);
    const std::map<QByteArray, Member>& members() const { return m_members; }

private:
    std::map<QByteArray, Member> m_members;
};

} // namespace triptych
