#include "core/engine/models/methods/Prefetch.h"

#include "core/jobs/Error.h"

#include <QThread>
#include <c10/util/Exception.h>

namespace triptych::models {

namespace {

// One unreadable sample is named and does not stop the rest.
Prefetch::Prepared prepare(const Model& model, Modality modality, const Sample& sample)
{
    Prefetch::Prepared made;
    QStringList cut;
    try {
        made.input = model.prepare(modality, { sample }, &cut);
    } catch (const Error& error) {
        made.error = error.message();
    } catch (const c10::Error& error) {
        made.error = QString::fromUtf8(error.what_without_backtrace()).section(u'\n', 0, 0);
    } catch (const std::exception& error) {
        made.error = QString::fromUtf8(error.what());
    }
    made.cut = !cut.isEmpty();
    return made;
}

} // namespace

Prefetch::Prefetch(
    const Model& model, const std::vector<Sample>& samples, Modality modality, size_t ahead)
    : m_model(model)
    , m_samples(samples)
    , m_modality(modality)
    , m_ahead(std::max<size_t>(ahead, 1))
{
    m_pool.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 1, 4));
    start();
}

Prefetch::~Prefetch()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void Prefetch::start()
{
    while (m_started < m_samples.size() && m_waiting.size() < m_ahead) {
        auto promise = std::make_shared<std::promise<Prepared>>();
        m_waiting.push_back(promise->get_future());
        m_pool.start([this, promise, index = m_started] {
            promise->set_value(prepare(m_model, m_modality, m_samples[index]));
        });
        ++m_started;
    }
}

Prefetch::Prepared Prefetch::next()
{
    Prepared made = m_waiting.front().get();
    m_waiting.pop_front();
    start();
    return made;
}

} // namespace triptych::models
