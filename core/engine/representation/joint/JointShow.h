#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/joint/JointData.h"

/// The way back from numbers to what a person sees or hears.
namespace triptych::representation {

/// Rows [n,size] of a picture's brightness 0…1 as uint8 [n,h,w,3].
at::Tensor picturesBack(const JointModality& modality, const at::Tensor& rows);
/// Rows of standardised log-mel energies in dB below the loudest, float32 [n,mels,frames].
at::Tensor decibelsBack(const JointModality& modality, const JointSound& sound, const at::Tensor& rows);

/// What a row of expected values (brightness, probabilities, standardised energies, shares of words) looks
/// like: a picture, bars over the labels, the likeliest words, a log-mel heat.
Steps::Step& showRow(Steps& steps, const JointFormat& format, int modality, const at::Tensor& row, const char* title);
/// The same for several rows side by side, one label each.
Steps::Step& showRows(Steps& steps, const JointFormat& format, int modality, const at::Tensor& rows,
    const char* title, const QStringList& labels);

} // namespace triptych::representation
