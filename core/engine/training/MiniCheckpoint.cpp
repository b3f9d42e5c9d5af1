#include "core/engine/training/MiniTrainer.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych {

namespace {

    Error otherModel(const QString& path)
    {
        return Error(QCoreApplication::translate("Training",
            "%1: this checkpoint was made with other options; use them again, choose another folder, or "
            "start anew with resume off")
                         .arg(path));
    }

}

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
    QJsonObject sums;
    for (const auto& [part, total] : m_sums)
        sums[part] = QJsonArray { total.first, total.second };
    const QJsonObject state { { QStringLiteral("step"), m_step }, { QStringLiteral("seconds"), m_seconds },
        { QStringLiteral("curve"), m_curve }, { QStringLiteral("sums"), sums } };
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
    const auto tensor = [&](const std::string& name) {
        const auto found = checkpoint.tensors().find(QString::fromStdString(name));
        if (found == checkpoint.tensors().end())
            throw otherModel(path);
        return found->second;
    };
    const auto copyTo = [&](const at::Tensor& to, const std::string& name) {
        const at::Tensor from = tensor(name);
        if (from.sizes() != to.sizes())
            throw otherModel(path);
        to.copy_(from);
    };
    std::vector<std::pair<std::string, at::Tensor>> moments;
    for (const auto& [name, unused] : m_optimizer.state())
        moments.emplace_back(name, tensor(name));
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        copyTo(m_parameters[i].second.detach(), "w." + m_parameters[i].first);
        copyTo(m_average[i], "a." + m_parameters[i].first);
    }
    for (auto& [modality, statistics] : m_pooledStatistics) {
        const std::string name = modalityName(modality).toStdString();
        copyTo(statistics.first, "pooled.mean." + name);
        copyTo(statistics.second, "pooled.variance." + name);
    }
    const at::Tensor bytes = tensor("state").contiguous();
    const QByteArray json(reinterpret_cast<const char*>(bytes.data_ptr<uint8_t>()), bytes.numel());
    const QJsonObject state = QJsonDocument::fromJson(json).object();
    m_step = state[QStringLiteral("step")].toInt();
    m_optimizer.restore(moments, m_step);
    m_seconds = state[QStringLiteral("seconds")].toDouble();
    m_curve = state[QStringLiteral("curve")].toArray();
    const QJsonObject sums = state[QStringLiteral("sums")].toObject();
    for (auto it = sums.begin(); it != sums.end(); ++it)
        m_sums[it.key()] = { (*it)[0].toDouble(), (*it)[1].toInt() };
    return true;
}

} // namespace triptych
