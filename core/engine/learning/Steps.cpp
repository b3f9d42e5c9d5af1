#include "core/engine/learning/Steps.h"

#include <ATen/Functions.h>
#include <QJsonArray>

namespace triptych {

namespace {

QJsonObject jsonOf(const StepAxis& axis)
{
    return { { QStringLiteral("name"), QString::fromUtf8(axis.name) }, { QStringLiteral("unit"), QString::fromUtf8(axis.unit) },
        { QStringLiteral("start"), axis.start }, { QStringLiteral("step"), axis.step } };
}

Array plain(const at::Tensor& tensor)
{
    QList<qint64> shape(tensor.sizes().begin(), tensor.sizes().end());
    if (tensor.scalar_type() == at::kByte) {
        const at::Tensor bytes = tensor.to(at::kCPU).contiguous();
        return Array::of(std::span<const uchar>(bytes.data_ptr<uchar>(), size_t(bytes.numel())), shape);
    }
    const at::Tensor floats = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    return Array::of(std::span<const float>(floats.data_ptr<float>(), size_t(floats.numel())), shape);
}

QJsonObject jsonOf(const Steps::Step& step)
{
    QJsonObject json { { QStringLiteral("kind"), QLatin1String(step.kind) },
        { QStringLiteral("title"), QString::fromUtf8(step.title) },
        { QStringLiteral("about"), QString::fromUtf8(step.explanation) },
        { QStringLiteral("args"), QJsonArray::fromStringList(step.args) },
        { QStringLiteral("labels"), QJsonArray::fromStringList(step.labels) },
        { QStringLiteral("x"), jsonOf(step.x) }, { QStringLiteral("y"), jsonOf(step.y) },
        { QStringLiteral("diverging"), step.diverging }, { QStringLiteral("shared"), step.shared } };
    if (!step.words.isEmpty())
        json[QStringLiteral("text")] = step.words;
    QJsonArray links;
    for (const auto& [from, to] : step.links)
        links.append(QJsonArray { from, to });
    json[QStringLiteral("links")] = links;
    return json;
}

} // namespace

Steps::Step& Steps::add(const char* kind, const char* title, const at::Tensor& array)
{
    m_steps.push_back(std::make_unique<Step>());
    Step& step = *m_steps.back();
    step.kind = kind;
    step.title = title;
    step.array = array;
    return step;
}

Steps::Step& Steps::picture(const char* title, const at::Tensor& picture) { return add("picture", title, picture); }
Steps::Step& Steps::pictures(const char* title, const at::Tensor& pictures) { return add("pictures", title, pictures); }
Steps::Step& Steps::maps(const char* title, const at::Tensor& maps) { return add("maps", title, maps); }
Steps::Step& Steps::heat(const char* title, const at::Tensor& table) { return add("heat", title, table); }

Steps::Step& Steps::lines(const char* title, const at::Tensor& values)
{
    return add("lines", title, values.dim() == 1 ? values.unsqueeze(0) : values);
}

Steps::Step& Steps::bars(const char* title, const at::Tensor& values, const QStringList& labels)
{
    return add("bars", title, values).named(labels);
}

Steps::Step& Steps::vector(const char* title, const at::Tensor& values) { return add("vector", title, values); }

Steps::Step& Steps::tokens(const char* title, const QStringList& tokens, const at::Tensor& values)
{
    return add("tokens", title, values).named(tokens);
}

Steps::Step& Steps::points(const char* title, const at::Tensor& points, const QStringList& labels)
{
    return add("points", title, points).named(labels);
}

Steps::Step& Steps::text(const char* title, const QString& text)
{
    Step& step = add("text", title, {});
    step.words = text;
    return step;
}

void Steps::writeTo(Value& value) const
{
    QJsonArray list;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        QJsonObject json = jsonOf(*m_steps[i]);
        if (m_steps[i]->array.defined()) {
            const QString name = QStringLiteral("step.%1").arg(i);
            value.arrays[name] = plain(m_steps[i]->array);
            json[QStringLiteral("array")] = name;
        }
        list.append(json);
    }
    value.info[QStringLiteral("steps")] = list;
}

Steps::Step& Steps::Step::about(const char* text, const QStringList& texts)
{
    explanation = text;
    args = texts;
    return *this;
}

Steps::Step& Steps::Step::axes(const StepAxis& horizontal, const StepAxis& vertical)
{
    x = horizontal;
    y = vertical;
    return *this;
}

Steps::Step& Steps::Step::named(const QStringList& names)
{
    labels = names;
    return *this;
}

Steps::Step& Steps::Step::aroundZero()
{
    diverging = true;
    return *this;
}

Steps::Step& Steps::Step::sameRange()
{
    shared = true;
    return *this;
}

Steps::Step& Steps::Step::linked(const std::vector<std::pair<int, int>>& pairs)
{
    links = pairs;
    return *this;
}

} // namespace triptych
