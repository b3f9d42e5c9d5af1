#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

/// The reference's own outputs for a checkpoint folder, see shared/oracles/README.md.
namespace oracle {

/// shared/oracles/models/FAMILY as a folder; empty when the oracles are not on this machine.
QString familyFolder(const QString& family);
/// The cases of a family that have a checkpoint folder, by name.
QStringList caseNames(const QString& family);
QJsonObject caseJson(const QString& folder);

/// Runs model.hidden on the case's inputs.npz and compares every output of case.json at its own
/// tolerance. Returns what is wrong, empty when nothing is; prints the largest difference.
/// `skip`: outputs that another test compares.
QString differences(const QString& folder, const QStringList& skip = {});
/// The case's texts (and pairs) through its tokenizer against input_ids of inputs.npz.
QString tokenDifferences(const QString& folder);
/// The case's pictures or sounds through model.preprocess against `input` of inputs.npz, within
/// `tolerance` (JPEG pictures: 0.1).
QString signalDifferences(const QString& folder, const QString& input, double tolerance);

} // namespace oracle
