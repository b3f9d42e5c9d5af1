#pragma once

#include <ATen/core/Tensor.h>
#include <QJsonObject>
#include <QStringList>
#include <map>

class QDir;

namespace triptych {

/// A checkpoint on disk: config.json and tensors by name, memory-mapped, every header checked. A
/// Hugging Face folder (model.safetensors, sharded index, pytorch_model.bin), a folder with one other
/// weight file, or a weight file. config.json may be missing: some families are told by their tensors.
class Checkpoint {
public:
    /// Throws Error that names the file and what is wrong with it.
    static Checkpoint open(const QString& path);

    QString folder() const { return m_folder; }
    const QJsonObject& config() const { return m_config; }
    /// Tensors of the stored types; they keep the files mapped.
    const std::map<QString, at::Tensor>& tensors() const { return m_tensors; }
    /// SHA-256 over config, headers and samples of the weights, 12 hex digits.
    QString hash() const { return m_hash; }
    qint64 byteSize() const { return m_byteSize; } ///< of the weight files
    QString dtype() const;                         ///< of most weights: "float16" …
    QStringList files() const { return m_files; }
    /// What was opened: the folder, or the one weight file.
    QString path() const { return m_path; }
    /// Sentences about what the files hold besides the weights, and what was cut from names.
    QStringList notes() const { return m_notes; }
    /// A TorchScript archive: its tensors are read as data like any other; running it is another
    /// matter (see Trust.h).
    bool isProgram() const { return m_program; }

private:
    void readConfig();
    void readFolder();
    void readOther(const QDir& folder);
    void cutWrappers();
    void readShards(const QString& index);
    void add(const QString& file);
    void makeHash();

    QString m_path;
    QString m_folder;
    QJsonObject m_config;
    std::map<QString, at::Tensor> m_tensors;
    QStringList m_files;
    QByteArray m_headers;
    QString m_hash;
    qint64 m_byteSize = 0;
    QStringList m_notes;
    bool m_program = false;
};

/// "float32", "int8" … of a tensor.
QString dtypeName(at::ScalarType type);
/// A JSON object from a file. Throws Error that names it.
QJsonObject readJsonObject(const QString& path);

} // namespace triptych
