#pragma once

#include "core/data/Modality.h"
#include "core/session/Engine.h"

#include <optional>

namespace triptych {

/// What a method makes a vector of. The order is the order on screen.
enum class RepresentationGroup { Text, Picture, Video, Sound, Joint, Coordinated, Other };

/// A method of room "representation", and the one that trains it where it has to learn.
struct RepresentationMethod {
    MethodInfo represent;
    std::optional<MethodInfo> train;
    RepresentationGroup group = RepresentationGroup::Other;

    QString name() const { return represent.id.section(u'.', 1); }
    bool hasOption(const QString& option) const;
    /// It counts over many texts before it can say anything of one: its own earlier value is its input
    /// "fitted".
    bool counts() const;
    /// What a sample must have: by the group; of joint ones by their option "modality".
    std::optional<Modality> modality(const QJsonObject& options) const;
};

/// Every represent.* of the engine, by group and in the engine's order.
std::vector<RepresentationMethod> representationsOf(const std::vector<MethodInfo>& methods);
QString groupTitle(RepresentationGroup group);

} // namespace triptych
