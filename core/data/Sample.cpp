#include "core/data/Sample.h"

#include <QFileInfo>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

void put(QJsonObject& json, QLatin1String name, const QString& text)
{
    if (!text.isEmpty())
        json[name] = text;
}

QJsonObject sourceToJson(const Source& source)
{
    QJsonObject json;
    put(json, "path"_L1, source.path);
    put(json, "text"_L1, source.text);
    put(json, "language"_L1, source.language);
    if (!source.bytes.isEmpty())
        json["bytes"_L1] = QString::fromLatin1(source.bytes.toBase64());
    if (source.synthetic)
        json["synthetic"_L1] = true;
    return json;
}

Source sourceFromJson(const QJsonObject& json)
{
    Source source;
    source.path = json["path"_L1].toString();
    source.text = json["text"_L1].toString();
    source.language = json["language"_L1].toString();
    source.bytes = QByteArray::fromBase64(json["bytes"_L1].toString().toLatin1());
    source.synthetic = json["synthetic"_L1].toBool();
    return source;
}

} // namespace

QString Sample::title() const
{
    const auto text = sources.find(Modality::Text);
    if (text != sources.end() && !text->second.text.isEmpty())
        return text->second.text.simplified();
    for (const auto& [modality, source] : sources)
        if (source.path.startsWith(u'/'))
            return QFileInfo(source.path).fileName();
    return id;
}

QJsonObject toJson(const Sample& sample)
{
    QJsonObject json;
    put(json, "id"_L1, sample.id);
    put(json, "label"_L1, sample.label);
    put(json, "group"_L1, sample.group);
    put(json, "split"_L1, sample.split);
    put(json, "parent"_L1, sample.parent);
    if (!sample.columns.isEmpty())
        json["columns"_L1] = sample.columns;
    QJsonObject sources;
    for (const auto& [modality, source] : sample.sources)
        sources[modalityName(modality)] = sourceToJson(source);
    json["sources"_L1] = sources;
    return json;
}

Sample sampleFromJson(const QJsonObject& json)
{
    Sample sample;
    sample.id = json["id"_L1].toString();
    sample.label = json["label"_L1].toString();
    sample.group = json["group"_L1].toString();
    sample.split = json["split"_L1].toString();
    sample.parent = json["parent"_L1].toString();
    sample.columns = json["columns"_L1].toObject();
    const QJsonObject sources = json["sources"_L1].toObject();
    for (auto source = sources.begin(); source != sources.end(); ++source)
        if (const std::optional<Modality> modality = modalityFromName(source.key()))
            sample.sources[*modality] = sourceFromJson(source->toObject());
    return sample;
}

} // namespace triptych
