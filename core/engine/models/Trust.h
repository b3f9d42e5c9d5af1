#pragma once

#include <QSet>
#include <QStringList>

namespace triptych {

class Checkpoint;

/// Which programs (TorchScript files) the person agreed to run: by the SHA-256 of all their bytes, so
/// another file of the same name is asked about again.
class Trust {
public:
    /// `list` is a text file, one hash a line; it may be missing.
    explicit Trust(QString list);

    bool has(const QString& hash) const { return m_hashes.contains(hash); }
    /// `keep` writes it to the list too. Throws Error.
    void add(const QString& hash, bool keep);
    /// Of a checkpoint's files. Reads them whole. Throws Error.
    static QString hashOf(const QStringList& files);

private:
    QString m_list;
    QSet<QString> m_hashes;
};

} // namespace triptych
