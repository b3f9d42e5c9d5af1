#include "core/engine/representation/sound/SoundRecurrentNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtGlobal>

namespace triptych::representation {

using namespace learning;

namespace {

const StepAxis unitAxis {QT_TRANSLATE_NOOP("Step", "unit"), "", 0, 1};

} // namespace

SoundRecurrentNet::SoundRecurrentNet(
    Parameters& parameters, const SoundRecurrentShape& shape, int features, int classes)
    : m_layer(
        parameters, "recurrent", shape.kind, features, shape.hidden, shape.layers, shape.bothWays)
    , m_classes(parameters, "classes", shape.hidden * (shape.bothWays ? 2 : 1), classes)
    , m_shape(shape)
{
}

at::Tensor SoundRecurrentNet::vectorOf(const RecurrentOutput& output, const SoundBatch& batch) const
{
    if (m_shape.lastState)
        return output.last;
    const at::Tensor lengths
        = batch.lengths.to(output.states.device(), output.states.scalar_type());
    return output.states.sum(1) / lengths.unsqueeze(1);
}

SoundOutput SoundRecurrentNet::forward(const SoundBatch& batch, Chance* chance) const
{
    SoundBatch read = batch;
    if (chance)
        read.values = chance->dropout(batch.values, m_shape.dropout / 2);
    const at::Tensor vector = vectorOf(m_layer(read.values, read.lengths), read);
    return {vector, m_classes(chance ? chance->dropout(vector, m_shape.dropout) : vector)};
}

std::vector<at::Tensor> SoundRecurrentNet::gates(
    const at::Tensor& values, const at::Tensor& states) const
{
    if (m_shape.kind == RecurrentKind::Rnn)
        return {};
    const at::Tensor before = at::cat(
        {at::zeros_like(states.narrow(0, 0, 1)), states.narrow(0, 0, states.size(0) - 1)});
    const at::Tensor sums = at::linear(values, m_layer.weights[0], m_layer.weights[2])
        + at::linear(before, m_layer.weights[1], m_layer.weights[3]);
    const std::vector<at::Tensor> parts
        = sums.chunk(m_shape.kind == RecurrentKind::Lstm ? 4 : 3, 1);
    if (m_shape.kind == RecurrentKind::Gru)
        return {parts[0].sigmoid(), parts[1].sigmoid()};
    return {parts[0].sigmoid(), parts[1].sigmoid(),
        parts[3].sigmoid()}; // parts[2] is what may be written
}

void SoundRecurrentNet::show(
    Steps& steps, const SoundBatch& one, const StepAxis& time, const QStringList& classes) const
{
    steps.heat(QT_TRANSLATE_NOOP("Step", "What the net reads"), one.values[0].t())
        .about(QT_TRANSLATE_NOOP("Step",
            "The features of every frame, standardised by the training sounds. The net reads them "
            "one frame after the "
            "other."))
        .axes(time, {QT_TRANSLATE_NOOP("Step", "feature"), "", 0, 1})
        .aroundZero();
    showGates(steps, one, time);
    const RecurrentOutput whole = m_layer(one.values, one.lengths);
    steps.heat(QT_TRANSLATE_NOOP("Step", "States of all layers"), whole.states[0].t())
        .about(m_shape.bothWays
                ? QT_TRANSLATE_NOOP("Step",
                    "What comes out for every frame: below the units that read from the beginning, "
                    "above those that "
                    "read from the end.")
                : QT_TRANSLATE_NOOP("Step", "What comes out for every frame of the last layer."))
        .axes(time, unitAxis)
        .aroundZero();
    // The same sound cut after 1, 2, … frames, as one batch.
    const int64_t frames = one.lengths[0].item<int64_t>();
    const SoundBatch beginnings {
        one.values.expand({frames, -1, -1}), at::arange(1, frames + 1, one.lengths.options())};
    steps
        .heat(QT_TRANSLATE_NOOP("Step", "What it would say so far"),
            forward(beginnings, nullptr).scores.softmax(1).t())
        .named(classes)
        .about(QT_TRANSLATE_NOOP("Step",
            "The probability of each class if the sound ended after this frame: where the word "
            "becomes clear."))
        .axes(time, {QT_TRANSLATE_NOOP("Step", "class"), "", 0, 1});
}

void SoundRecurrentNet::showGates(Steps& steps, const SoundBatch& one, const StepAxis& time) const
{
    Recurrent forwards = m_layer;
    forwards.weights.resize(4);
    const RecurrentOutput output = forwards.steps(one.values);
    steps.heat(QT_TRANSLATE_NOOP("Step", "Hidden state over time"), output.states[0].t())
        .about(QT_TRANSLATE_NOOP("Step",
                   "The %1 units of the first layer after each frame. The state is all that the "
                   "net remembers of what it "
                   "has heard; steady stripes are memories."),
            {QString::number(m_shape.hidden)})
        .axes(time, unitAxis)
        .aroundZero();
    if (output.cells.defined()) {
        steps.heat(QT_TRANSLATE_NOOP("Step", "Cells"), output.cells[0].t())
            .about(QT_TRANSLATE_NOOP("Step",
                "The long memory of the LSTM: changed only as far as the gates allow, so it can "
                "last."))
            .axes(time, unitAxis)
            .aroundZero();
    }
    static const char* const lstm[] = {QT_TRANSLATE_NOOP("Step", "Input gate"),
        QT_TRANSLATE_NOOP("Step", "Forget gate"), QT_TRANSLATE_NOOP("Step", "Output gate")};
    static const char* const gru[]
        = {QT_TRANSLATE_NOOP("Step", "Reset gate"), QT_TRANSLATE_NOOP("Step", "Update gate")};
    static const char* const lstmAbout[] = {
        QT_TRANSLATE_NOOP("Step", "How much of the new frame is written into each cell, 0 to 1."),
        QT_TRANSLATE_NOOP(
            "Step", "How much of each cell is kept, 0 to 1: low where the old sound is dropped."),
        QT_TRANSLATE_NOOP("Step", "How much of each cell is shown in the state, 0 to 1.")};
    static const char* const gruAbout[]
        = {QT_TRANSLATE_NOOP(
               "Step", "How much of the old state goes into the proposal for the new one, 0 to 1."),
            QT_TRANSLATE_NOOP("Step", "How much of the old state is kept, 0 to 1.")};
    const bool isLstm = m_shape.kind == RecurrentKind::Lstm;
    const std::vector<at::Tensor> opened = gates(one.values[0], output.states[0]);
    for (size_t i = 0; i < opened.size(); ++i) {
        steps.heat(isLstm ? lstm[i] : gru[i], opened[i].t())
            .about(isLstm ? lstmAbout[i] : gruAbout[i])
            .axes(time, unitAxis);
    }
}

} // namespace triptych::representation
