#pragma once

#include "core/engine/Method.h"

/// Joint representations by neural networks. train.* take samples (complete ones, or of two data sets
/// with the same labels) and give what represent.* take as `fitted`.
namespace triptych::representation {

Method bimodalAeMethod();
Method bimodalAeTrainer();
Method mvaeMethod();
Method mvaeTrainer();
Method mmvaeMethod();
Method mmvaeTrainer();
Method mopoeMethod();
Method mopoeTrainer();

std::vector<Method> jointMethods();  ///< represent.*
std::vector<Method> jointTrainers(); ///< train.*

} // namespace triptych::representation
