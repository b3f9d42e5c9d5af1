#pragma once

#include "core/engine/models/Writer.h"

#include <QJsonObject>
#include <QString>

namespace triptych {

/// How a checkpoint writes: generation_config.json of `folder`, and where it is silent or absent the
/// older places, `config` (config.json). `start` is decoder_start_token_id, else bos_token_id; empty
/// when neither is there. Throws Error on values of a wrong kind.
WritingRules rulesOf(const QString& folder, const QJsonObject& config);

} // namespace triptych
