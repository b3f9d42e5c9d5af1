#include "core/session/Intake.h"

#include "core/data/Dataset.h"
#include "core/data/MediaFiles.h"
#include "core/jobs/Error.h"
#include "core/session/Engine.h"
#include "core/values/EmbeddingSet.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    struct Text {
        Q_DECLARE_TR_FUNCTIONS(Intake)
    };

    bool isCheckpoint(const QDir& folder)
    {
        return folder.exists(u"config.json"_s)
            || !folder.entryList({ u"*.safetensors"_s, u"pytorch_model*.bin"_s, u"*.pt"_s, u"*.pth"_s }, QDir::Files).isEmpty();
    }

    class Reader {
    public:
        Reader(Engine* engine, Progress& progress)
            : m_engine(engine)
            , m_progress(progress)
        {
        }

        IntakeResult result;

        void read(const QString& path)
        {
            const QFileInfo file(path);
            const QString ending = file.suffix().toLower();
            if (!file.exists())
                throw Error(Text::tr("%1: there is no such file.").arg(path));
            if (file.isDir())
                isCheckpoint(QDir(path)) ? void(result.models << path) : readDataset(path);
            else if (ending == "triptych"_L1)
                result.workspaces << path;
            else if (ending == "npz"_L1 || ending == "npy"_L1)
                readVectors(path);
            else if (ending == "tsv"_L1 || ending == "csv"_L1 || ending == "jsonl"_L1)
                readTable(path);
            else if (ending == "safetensors"_L1)
                readTensors(file);
            else if (ending == "bin"_L1 || ending == "pt"_L1 || ending == "pth"_L1)
                result.models << (isCheckpoint(file.dir()) && file.dir().exists(u"config.json"_s) ? file.path() : path);
            else if (modalityOfFile(path))
                addChecked(sampleFromFile(path));
            else
                readDataset(path);
        }

    private:
        void readDataset(const QString& path)
        {
            const Dataset dataset = openDataset(path);
            qint64 done = 0;
            for (const Sample& sample : dataset.samples) {
                m_progress.report(done++, dataset.size(), Text::tr("Trying the files of %1").arg(dataset.title));
                addChecked(sample);
            }
        }

        // A table names its samples in columns; a table of numbers is embeddings.
        void readTable(const QString& path)
        {
            Dataset dataset;
            try {
                dataset = openDataset(path);
            } catch (const Error& asDataset) {
                try {
                    readVectors(path);
                } catch (const Error&) {
                    throw asDataset; // the sentence that names the columns helps more
                }
                return;
            }
            for (const Sample& sample : dataset.samples)
                addChecked(sample);
        }

        void readTensors(const QFileInfo& file)
        {
            if (file.dir().exists(u"config.json"_s)) {
                result.models << file.path();
                return;
            }
            try {
                readVectors(file.filePath());
            } catch (const Error&) {
                result.models << file.filePath(); // weights, then; the model says what is wrong
            }
        }

        void readVectors(const QString& path)
        {
            const EmbeddingSet set = readEmbeddings(path);
            for (qsizetype row = 0; row < set.size(); ++row) {
                const std::span<const float> values = set.row(row);
                Sample sample;
                sample.id = set.ids[row];
                sample.columns[u"file"_s] = path;
                sample.sources[Modality::Features].bytes = QByteArray(
                    reinterpret_cast<const char*>(values.data()), qsizetype(values.size_bytes()));
                result.samples.push_back(std::move(sample));
            }
        }

        /// Adds the sample without the sources that cannot be read.
        void addChecked(Sample sample)
        {
            for (auto source = sample.sources.begin(); source != sample.sources.end();) {
                const QString problem = tried(sample, source->first, source->second);
                if (problem.isEmpty()) {
                    ++source;
                    continue;
                }
                result.notices << problem;
                source = sample.sources.erase(source);
            }
            if (!sample.sources.empty())
                result.samples.push_back(std::move(sample));
        }

        QString tried(const Sample& sample, Modality modality, const Source& source)
        {
            if (!QDir::isAbsolutePath(source.path))
                return {};
            const QFileInfo file(source.path);
            if (!file.exists())
                return Text::tr("%1: there is no such file.").arg(source.path);
            if (file.size() == 0)
                return Text::tr("%1: the file is empty; copy or export it again.").arg(source.path);
            if (!m_engine)
                return {};
            Sample alone;
            alone.id = sample.id;
            alone.sources[modality] = source;
            Inputs inputs;
            inputs.samples = { alone };
            SilentProgress silent;
            try {
                m_engine->run({ u"media.describe"_s, { { u"modality"_s, modalityName(modality) } }, {} }, inputs, silent);
            } catch (const Error& error) {
                return error.message().contains(file.fileName()) ? error.message() : source.path + u": "_s + error.message();
            }
            return {};
        }

        Engine* m_engine;
        Progress& m_progress;
    };

} // namespace

IntakeResult intake(const QStringList& paths, Engine* engine, Progress& progress)
{
    Reader reader(engine, progress);
    qint64 done = 0;
    for (const QString& path : paths) {
        progress.report(done++, paths.size(), Text::tr("Reading"));
        try {
            reader.read(path);
        } catch (const Error& error) {
            reader.result.notices << error.message();
        } catch (const std::exception& error) {
            reader.result.notices << path + u": "_s + QString::fromLocal8Bit(error.what());
        }
    }
    return reader.result;
}

} // namespace triptych
