#pragma once

#include <ATen/core/Tensor.h>
#include <QJsonObject>
#include <QString>
#include <map>

namespace triptych {

/// A checkpoint on disk: config.json and tensors by name, memory-mapped, every header checked. A
/// Hugging Face folder (model.safetensors, sharded index, pytorch_model.bin) or one weight file (then
/// config.json beside it may be missing).
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

private:
    void readConfig(bool needed);
    void readFolder();
    void readShards(const QString& index);
    void add(const QString& file);
    void makeHash();

    QString m_folder;
    QJsonObject m_config;
    std::map<QString, at::Tensor> m_tensors;
    QStringList m_files;
    QByteArray m_headers;
    QString m_hash;
    qint64 m_byteSize = 0;
};

/// A JSON object from a file. Throws Error that names it.
QJsonObject readJsonObject(const QString& path);

} // namespace triptych
