#pragma once

#include <QString>

/// A Hugging Face folder in the shape of CLIP ViT-B/32 (151 million random weights; 605 MB in float32),
/// with a preprocessor and no tokenizer. `half`: float16. The same bytes every time.
void writeClipFolder(const QString& folder, bool half = false);
