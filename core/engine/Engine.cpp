#include "core/session/Engine.h"

#include "core/engine/Device.h"
#include "core/engine/Methods.h"
#include "core/engine/System.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/util/Exception.h>

#include <QCoreApplication>
#include <QHash>
#include <QThread>

#include <new>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Engine)
    };

    QString firstLine(const char* text)
    {
        return QString::fromUtf8(text).section(u'\n', 0, 0).trimmed();
    }

    class TorchEngine final : public Engine {
    public:
        explicit TorchEngine(const EngineOptions& options)
            : m_device(chooseDevice(options.device))
            , m_models(m_device, options.resources)
            , m_context { m_models, options }
        {
            // LibTorch takes half of the cores, as if the other half were hyper-threads.
            at::set_num_threads(
                options.threads > 0 ? options.threads : QThread::idealThreadCount());
            m_context.options.device = m_device;
            for (const Method* method : allMethods()) {
                m_infos.push_back(method->info);
                m_methods.insert(method->info.id, method);
            }
        }

        const std::vector<MethodInfo>& methods() const override { return m_infos; }

        QJsonObject system() const override { return systemFacts(m_device); }

        Value run(const Recipe& recipe, const Inputs& inputs, Progress& progress) override
        {
            const Method* method = m_methods.value(recipe.method);
            if (!method)
                throw Error(Tr::tr("There is no method \"%1\"; `triptych methods` lists them.")
                                .arg(recipe.method));
            const QJsonObject options = completeOptions(method->info, recipe.options);
            at::init_num_threads(); // a thread that LibTorch did not start has a count of its own
            const c10::AutoGradMode noGradients(false);
            try {
                return method->run(m_context, options, inputs, progress);
            } catch (const Error&) {
                throw;
            } catch (const c10::Error& failure) {
                throw Error(sentence(recipe, failure));
            } catch (const std::bad_alloc&) {
                throw Error(outOfMemoryAdvice(m_device));
            } catch (const std::exception& failure) {
                throw Error(recipe.method + QStringLiteral(": ") + firstLine(failure.what()));
            }
        }

    private:
        QString sentence(const Recipe& recipe, const c10::Error& failure) const
        {
            const QString text = firstLine(failure.what_without_backtrace());
            // A CPU that is out of memory is no class of its own in LibTorch 1.13.
            if (text.contains(QLatin1String("out of memory"), Qt::CaseInsensitive)
                || text.contains(QLatin1String("can't allocate memory")))
                return outOfMemoryAdvice(m_device);
            return recipe.method + QStringLiteral(": ") + text;
        }

        QString m_device;
        ModelStore m_models;
        EngineContext m_context;
        std::vector<MethodInfo> m_infos;
        QHash<QString, const Method*> m_methods;
    };

} // namespace

} // namespace triptych

/// The one symbol that openEngine looks for.
extern "C" Q_DECL_EXPORT triptych::Engine* triptychMakeEngine(const triptych::EngineOptions* options)
{
    return new triptych::TorchEngine(*options);
}
