#include "core/engine/System.h"

#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/cuda.h>
#include <torch/csrc/api/include/torch/version.h>

#include <oneapi/dnnl/dnnl.h>

#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <dlfcn.h>

namespace triptych {

namespace {

    using namespace Qt::StringLiterals;

    // Which BLAS is behind libblas.so.3 is the machine's choice, so it is asked at run time.
    template <class Function>
    Function* lookUp(const char* name)
    {
        return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
    }

    QString call(const char* name)
    {
        const auto function = lookUp<const char*()>(name);
        return function ? QString::fromLatin1(function()).simplified() : QString();
    }

    void addBlas(QJsonObject& facts)
    {
        const QString kernel = call("openblas_get_corename");
        const QString blis = call("bli_info_get_version_str");
        Dl_info place {};
        void* multiply = dlsym(RTLD_DEFAULT, "sgemm_");
        if (multiply && dladdr(multiply, &place))
            facts[u"blas_library"_s] = QString::fromLocal8Bit(place.dli_fname);
        if (!kernel.isEmpty()) {
            facts[u"blas"_s] = u"OpenBLAS "_s + kernel;
            facts[u"blas_kernel"_s] = kernel;
            facts[u"blas_config"_s] = call("openblas_get_config");
        } else if (!blis.isEmpty()) {
            facts[u"blas"_s] = u"BLIS "_s + blis;
        } else {
            facts[u"blas"_s] = u"reference BLAS"_s;
        }
    }

    qint64 kilobytes(const QString& file, const QByteArray& name)
    {
        QFile text(file);
        if (!text.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray& line : text.readAll().split('\n'))
            if (line.startsWith(name))
                return line.mid(name.size()).trimmed().split(' ').first().toLongLong();
        return 0;
    }

    QString processorName()
    {
        QFile text(u"/proc/cpuinfo"_s);
        if (text.open(QIODevice::ReadOnly))
            for (const QByteArray& line : text.readAll().split('\n'))
                if (line.startsWith("model name"))
                    return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
        return QSysInfo::currentCpuArchitecture();
    }

    QJsonObject versions()
    {
        QJsonObject facts { { u"triptych"_s, QStringLiteral(TRIPTYCH_VERSION) },
            { u"qt"_s, QString::fromLatin1(qVersion()) },
            { u"libtorch"_s, QStringLiteral(TORCH_VERSION) },
            { u"opencv"_s, QStringLiteral(TRIPTYCH_OPENCV_VERSION) } };
        const dnnl_version_t* oneDnn = dnnl_version();
        facts[u"onednn"_s] = u"%1.%2.%3"_s.arg(oneDnn->major).arg(oneDnn->minor).arg(oneDnn->patch);
        if (const QString ffmpeg = call("av_version_info"); !ffmpeg.isEmpty())
            facts[u"ffmpeg"_s] = ffmpeg;
        return facts;
    }

} // namespace

QJsonObject systemFacts(const QString& device)
{
    QJsonObject facts;
    facts[u"versions"_s] = versions();
    facts[u"device"_s] = device;
    facts[u"gpus"_s] = torch::cuda::is_available() ? int(torch::cuda::device_count()) : 0;
    facts[u"threads"_s] = at::get_num_threads();
    facts[u"cores"_s] = QThread::idealThreadCount();
    facts[u"processor"_s] = processorName();
    facts[u"system"_s] = QSysInfo::prettyProductName() + u' ' + QSysInfo::kernelVersion();
    facts[u"gomp_spincount"_s] = qEnvironmentVariable("GOMP_SPINCOUNT");
    facts[u"openblas_coretype"_s] = qEnvironmentVariable("OPENBLAS_CORETYPE");
    addBlas(facts);
    facts[u"memory"_s] = 1024 * kilobytes(u"/proc/meminfo"_s, "MemTotal:");
    facts[u"memory_free"_s] = 1024 * kilobytes(u"/proc/meminfo"_s, "MemAvailable:");
    facts[u"memory_used"_s] = 1024 * kilobytes(u"/proc/self/status"_s, "VmRSS:");
    return facts;
}

} // namespace triptych
