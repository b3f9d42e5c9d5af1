#pragma once

#include "core/data/Sample.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace triptych {

/// FILE…, --text, --list, --dataset, --split, --modality: the samples a subcommand works on.
struct SampleArguments {
    std::vector<std::string> files;
    std::vector<std::string> texts;
    std::string list;
    std::string dataset;
    std::string split;
    std::string modality;

    void addTo(CLI::App* command);
    /// Files by their endings (a folder is read as a data set), texts as samples "text-1"…, then
    /// lists and data sets. Ids are made unique. Throws Error; UsageError when there is nothing.
    std::vector<Sample> read() const;
    /// The modalities to work on, one after the other: --modality, else what files and texts are.
    /// UsageError when a list or data set has several and none was chosen.
    std::vector<Modality> modalities(const std::vector<Sample>& samples) const;
};

/// Throws UsageError when `word` is no modality.
Modality modalityFromWord(const std::string& word);

} // namespace triptych
