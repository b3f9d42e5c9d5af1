#pragma once

#include "core/engine/learning/Fit.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/representation/text/WordCorpus.h"

#include <QElapsedTimer>
#include <optional>

namespace triptych::words {

/// What the trainings of word vectors share: the corpus of the training rows, the tables, curves and
/// values. Training worker.
class WordFit {
public:
    /// Tables "words" and "contexts" [V, width], uniform in ±.5/width; the second zero unless
    /// `bothRandom`. Throws Error when there is nothing to learn from.
    WordFit(const QString& method, const QJsonObject& options, const Inputs& inputs, Progress& progress, bool bothRandom);

    const WordCorpus& corpus() const { return m_corpus; }
    /// Texts of the validation rows.
    const std::vector<std::vector<int>>& validation() const { return m_validation; }
    Parameters& parameters() { return m_parameters; }
    int width() const { return m_width; }
    float* words() { return m_words.data_ptr<float>(); }
    float* contexts() { return m_contexts.data_ptr<float>(); }

    /// Before and after an epoch; the second hands out a partial value.
    void startEpoch();
    void finishEpoch(double loss, std::optional<double> validationLoss = {});
    /// As fittedValue(); arrays counts and inverse [V], info: vocabulary, language, rows …
    Value value();

private:
    void placeUnknown();

    QString m_method;
    QJsonObject m_options;
    Progress& m_progress;
    Rows m_rows;
    WordCorpus m_corpus;
    std::vector<std::vector<int>> m_validation;
    Parameters m_parameters;
    int m_width;
    at::Tensor m_words;
    at::Tensor m_contexts;
    FitReport m_report;
    QElapsedTimer m_clock;
};

/// Options width, window, min_count, language, keywords, epochs, rate, seed with these defaults.
QList<OptionInfo> wordOptionLines(int epochs, double rate);

} // namespace triptych::words
