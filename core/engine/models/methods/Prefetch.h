#pragma once

#include "core/engine/models/Model.h"

#include <QThreadPool>
#include <deque>
#include <future>

namespace triptych::models {

/// Samples made ready for a tower on a few threads, ahead of where they are needed.
class Prefetch {
public:
    /// What became of one sample.
    struct Prepared {
        EncoderInput input;
        QString error;      ///< a sentence, when it could not be read
        bool cut = false;   ///< longer than the tower reads
    };

    /// `model` and `samples` must outlive this. At most `ahead` samples are kept ready.
    Prefetch(const Model& model, const std::vector<Sample>& samples, Modality modality, size_t ahead);
    ~Prefetch();
    /// The next sample in order; waits for it.
    Prepared next();

private:
    void start();

    const Model& m_model;
    const std::vector<Sample>& m_samples;
    Modality m_modality;
    size_t m_ahead;
    size_t m_started = 0;
    QThreadPool m_pool;
    std::deque<std::future<Prepared>> m_waiting;
};

} // namespace triptych::models
