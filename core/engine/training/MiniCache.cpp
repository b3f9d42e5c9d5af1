#include "core/engine/training/MiniCache.h"

#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <ATen/Functions.h>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <atomic>
#include <chrono>
#include <cstring>
#include <future>
#include <mutex>
#include <thread>

namespace triptych {

MiniCache::MiniCache(const QString& folder)
{
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    m_path = QDir(folder).filePath(QStringLiteral("signals.npz"));
    if (!QFileInfo::exists(m_path))
        return;
    const Value value = readNpz(m_path);
    const QStringList keys = value.strings(QStringLiteral("keys"));
    const auto shapes = value.array(QStringLiteral("shapes")).integers();
    const auto bytes = value.array(QStringLiteral("bytes")).octets();
    size_t at = 0;
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const auto* shape = &shapes[size_t(i) * 3];
        at::Tensor tensor = at::empty({ shape[0], shape[1], shape[2] }, at::kByte);
        std::memcpy(tensor.data_ptr<uint8_t>(), &bytes[at], size_t(tensor.numel()));
        at += size_t(tensor.numel());
        m_tensors.insert(keys[i], tensor);
    }
}

void MiniCache::fill(const QStringList& keys, const std::function<at::Tensor(const QString&)>& make,
    Progress& progress, const QString& stage)
{
    QStringList missing;
    for (const QString& key : keys) {
        if (!has(key))
            missing << key;
    }
    if (missing.isEmpty())
        return;
    std::vector<at::Tensor> made(size_t(missing.size()));
    std::atomic<qsizetype> next = 0;
    std::atomic_bool stop = false;
    const auto work = [&] {
        for (qsizetype i = next++; i < missing.size() && !stop; i = next++)
            made[size_t(i)] = make(missing[i]);
    };
    std::vector<std::future<void>> workers;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
        workers.push_back(std::async(std::launch::async, work));
    try {
        for (auto& worker : workers) {
            while (worker.wait_for(std::chrono::milliseconds(200)) != std::future_status::ready)
                progress.report(std::min(next.load(), missing.size()), missing.size(), stage);
        }
    } catch (...) {
        stop = true;
        throw; // the futures wait for their threads
    }
    for (auto& worker : workers)
        worker.get();
    for (qsizetype i = 0; i < missing.size(); ++i) {
        if (made[size_t(i)].defined())
            m_tensors.insert(missing[i], made[size_t(i)]);
    }
    m_changed = true;
}

void MiniCache::save()
{
    if (m_path.isEmpty() || !m_changed)
        return;
    QJsonArray keys;
    std::vector<qint64> shapes;
    QByteArray bytes;
    for (auto it = m_tensors.cbegin(); it != m_tensors.cend(); ++it) {
        keys.append(it.key());
        for (int axis = 0; axis < 3; ++axis)
            shapes.push_back(axis < it->dim() ? it->size(axis) : 1);
        const at::Tensor tensor = it->contiguous();
        bytes.append(reinterpret_cast<const char*>(tensor.data_ptr<uint8_t>()), tensor.numel());
    }
    Value value;
    value.info[QStringLiteral("keys")] = keys;
    value.arrays[QStringLiteral("shapes")] = Array::of(std::span<const qint64>(shapes), { qint64(keys.size()), 3 });
    value.arrays[QStringLiteral("bytes")] = Array { ArrayType::UInt8, { bytes.size() }, bytes, nullptr };
    writeNpz(m_path, value, { QStringLiteral("keys") });
    m_changed = false;
}

} // namespace triptych
