#pragma once

#include "core/engine/models/files/MappedFile.h"

#include <map>

namespace triptych {

/// Where the members of a zip lie in a mapped file. Members must be stored, as torch.save writes
/// them, so that tensors can view the file.
class ZipDirectory {
public:
    struct Member {
        qint64 offset = 0;
        qint64 size = 0;
    };
    /// Throws Error when the zip is damaged, cut short or compressed.
    explicit ZipDirectory(const MappedFile& file);
    const std::map<QByteArray, Member>& members() const { return m_members; }

private:
    std::map<QByteArray, Member> m_members;
};

} // namespace triptych
