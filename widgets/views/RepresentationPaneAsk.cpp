#include "widgets/views/RepresentationData.h"
#include "widgets/views/RepresentationPane.h"

#include "core/data/Modality.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/CommandText.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>

namespace triptych {

using namespace Qt::StringLiterals;

const Sample* RepresentationPane::sample() const
{
    if (const Sample* current = m_session.sample(m_session.current()))
        return current;
    return m_session.samples().empty() ? nullptr : &m_session.samples().front();
}

QString RepresentationPane::message() const
{
    return m_pages->currentIndex() == 0 ? m_message->text() : QString();
}

void RepresentationPane::tell(const QString& message, bool offersTraining)
{
    m_message->setText(message);
    m_trainFirst->setVisible(offersTraining);
    m_pages->setCurrentIndex(0);
    m_value.reset();
    m_key.clear();
    m_countKey.clear();
}

bool RepresentationPane::isSettled() const
{
    return !isVisible() || (!m_delay->isActive() && m_key.isEmpty() && m_countKey.isEmpty() && !m_methods.empty());
}

void RepresentationPane::refresh()
{
    m_isStale = true;
    if (isVisible() && !m_methods.empty())
        m_delay->start();
}

bool RepresentationPane::isAskable()
{
    const RepresentationMethod* now = method();
    if (!now)
        return false;
    if (!sample()) {
        tell(tr("Drop a picture, a sound, a video or a text, and see how it becomes a vector."));
        return false;
    }
    if (const auto modality = now->modality(options()); modality && !sample()->has(*modality)) {
        switch (*modality) {
        case Modality::Text:
            tell(tr("This sample has no text; select one that has."));
            break;
        case Modality::Image:
            tell(tr("This sample has no picture; select one that has."));
            break;
        case Modality::Video:
            tell(tr("This sample has no video; select one that has."));
            break;
        default:
            tell(tr("This sample has no sound; select one that has."));
        }
        return false;
    }
    if (now->train && !fitted() && !now->hasOption(u"model"_s)) {
        tell(tr("%1 is not trained yet in this workspace.").arg(translatedTitle(now->represent)), true);
        return false;
    }
    if (now->hasOption(u"model"_s) && !fitted() && m_session.currentModel().isEmpty()) {
        tell(tr("This method reads a model, and none is open; drop a model folder on the window."));
        return false;
    }
    return true;
}

void RepresentationPane::ask()
{
    m_isStale = false;
    m_about->clear();
    if (!isAskable())
        return;
    const RepresentationMethod& now = *method();
    Recipe recipe = m_session.recipeFor(now.represent.id, sample()->id, options());
    if (!now.hasOption(u"model"_s))
        recipe.options.remove(u"model"_s); // which recipeFor() adds
    if (now.hasOption(u"steps"_s))
        recipe.options[u"steps"_s] = true;
    Inputs inputs;
    inputs.samples = { *sample() };
    m_key.clear();
    m_countKey.clear();
    if (!addFitted(recipe, inputs) || !addCounted(recipe, inputs))
        return;
    m_key = recipe.key();
    m_session.request(recipe, inputs, tr("%1 of %2").arg(translatedTitle(now.represent), sample()->title()));
}

/// False when there is none any more.
bool RepresentationPane::addFitted(Recipe& recipe, Inputs& inputs)
{
    const std::optional<KeptResult> result = fitted();
    if (!result)
        return true;
    const ValuePtr value = m_session.value(result->recipe);
    if (!value) {
        tell(tr("What was trained cannot be read any more; train it again."), true);
        return false;
    }
    recipe.inputs[u"fitted"_s] = result->key;
    inputs.values[u"fitted"_s] = value;
    return true;
}

/// A method that counts does so over the workspace first. False while that is under way.
bool RepresentationPane::addCounted(Recipe& recipe, Inputs& inputs)
{
    if (!method()->counts())
        return true;
    Inputs over;
    over.samples = samplesToCount(m_session);
    Recipe counting { recipe.method, recipe.options, { { u"dataset"_s, u"workspace"_s }, { u"samples"_s, sampleHash(over.samples) } } };
    counting.options.remove(u"steps"_s);
    m_about->setText(tr("counted over %n text(s)", nullptr, int(over.samples.size())));
    if (const ValuePtr value = m_session.value(counting)) {
        recipe.inputs[u"fitted"_s] = counting.key();
        inputs.values[u"fitted"_s] = value;
        return true;
    }
    m_countKey = counting.key();
    m_session.request(counting, over, tr("%1 of the workspace").arg(translatedTitle(method()->represent)));
    return false;
}

void RepresentationPane::receive(const QString& key, const ValuePtr& value)
{
    if (key == m_countKey)
        return ask();
    if (key != m_key)
        return;
    m_key.clear();
    m_value = value;
    const std::vector<StepData> steps = stepsOf(*value);
    if (steps.empty())
        return tell(tr("The method gave nothing to show for this sample."));
    m_strip->setSteps(steps);
    m_pages->setCurrentIndex(1);
}

void RepresentationPane::fail(const QString& key, const QString& error)
{
    if (key == m_key || (!m_countKey.isEmpty() && key == m_countKey))
        tell(error);
}

} // namespace triptych
