#include "core/engine/training/MiniTrainer.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/SafetensorsWriter.h"

#include <ATen/Functions.h>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych {

QString MiniTrainer::checkpointFolder() const
{
    return QDir(m_options.out).filePath(QStringLiteral("training"));
}

void MiniTrainer::saveCheckpoint() const
{
    const QDir folder(checkpointFolder());
    folder.mkpath(QStringLiteral("."));
    std::vector<std::pair<std::string, at::Tensor>> tensors = m_optimizer.state();
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        tensors.emplace_back("w." + m_parameters[i].first, m_parameters[i].second.detach());
        tensors.emplace_back("a." + m_parameters[i].first, m_average[i]);
    }
    for (const auto& [modality, statistics] : m_pooledStatistics) {
        const std::string name = modalityName(modality).toStdString();
        tensors.emplace_back("pooled.mean." + name, statistics.first);
        tensors.emplace_back("pooled.variance." + name, statistics.second);
    }
    // In the same file as the weights, so that a kill between two files cannot mix two steps.
    const QJsonObject state { { QStringLiteral("step"), m_step }, { QStringLiteral("seconds"), m_seconds }, { QStringLiteral("curve"), m_curve } };
    const QByteArray json = QJsonDocument(state).toJson(QJsonDocument::Compact);
    at::Tensor bytes = at::empty({ json.size() }, at::kByte);
    std::copy(json.begin(), json.end(), reinterpret_cast<char*>(bytes.data_ptr<uint8_t>()));
    tensors.emplace_back("state", bytes);
    writeSafetensors(folder.filePath(QStringLiteral("state.safetensors")), tensors, at::kFloat);
}

bool MiniTrainer::resume()
{
    const QString path = QDir(checkpointFolder()).filePath(QStringLiteral("state.safetensors"));
    if (!QFile::exists(path))
        return false;
    const Checkpoint checkpoint = Checkpoint::open(path);
    const auto tensor = [&](const std::string& name) { return checkpoint.tensors().at(QString::fromStdString(name)); };
    std::vector<std::pair<std::string, at::Tensor>> moments;
    for (const auto& [name, unused] : m_optimizer.state())
        moments.emplace_back(name, tensor(name));
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        m_parameters[i].second.detach().copy_(tensor("w." + m_parameters[i].first));
        m_average[i].copy_(tensor("a." + m_parameters[i].first));
    }
    for (auto& [modality, statistics] : m_pooledStatistics) {
        const std::string name = modalityName(modality).toStdString();
        statistics.first.copy_(tensor("pooled.mean." + name));
        statistics.second.copy_(tensor("pooled.variance." + name));
    }
    const at::Tensor bytes = tensor("state").contiguous();
    const QByteArray json(reinterpret_cast<const char*>(bytes.data_ptr<uint8_t>()), bytes.numel());
    const QJsonObject state = QJsonDocument::fromJson(json).object();
    m_step = state[QStringLiteral("step")].toInt();
    m_optimizer.restore(moments, m_step);
    m_seconds = state[QStringLiteral("seconds")].toDouble();
    m_curve = state[QStringLiteral("curve")].toArray();
    return true;
}

} // namespace triptych
