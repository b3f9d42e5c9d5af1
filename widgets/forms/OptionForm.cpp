#include "widgets/forms/OptionForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

/// "min_dist" → "Min dist"; a translator may give the name in context "Option" a better one.
QString labelOf(const OptionInfo& info)
{
    const QString translated = QCoreApplication::translate("Option", info.name.toUtf8().constData());
    if (translated != info.name)
        return translated;
    QString label = info.name;
    label.replace(u'_', u' ');
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    return label;
}

bool isBounded(const OptionInfo& info)
{
    return info.minimum != info.maximum;
}

} // namespace

OptionForm::OptionForm(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    m_layout->setContentsMargins(8, 8, 8, 8);
}

void OptionForm::setOptions(const QList<OptionInfo>& options, const QStringList& only)
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    m_editors.clear();
    QList<OptionInfo> shown = options;
    if (!only.isEmpty()) {
        shown.clear();
        for (const QString& name : only)
            for (const OptionInfo& option : options)
                if (option.name == name)
                    shown << option;
    }
    const QScopedValueRollback<bool> guard(m_quiet, true);
    for (const OptionInfo& info : shown) {
        Editor editor = makeEditor(info);
        const QString about = QCoreApplication::translate("Option", info.about.toUtf8().constData());
        editor.widget->setToolTip(about);
        editor.widget->setStatusTip(about);
        editor.widget->setAccessibleName(labelOf(info));
        editor.widget->setObjectName(info.name);
        m_layout->addRow(labelOf(info), editor.widget);
        editor.set(info.defaultValue);
        m_editors.push_back(std::move(editor));
    }
}

QJsonObject OptionForm::values() const
{
    QJsonObject values;
    for (const Editor& editor : m_editors)
        values[editor.info.name] = editor.get();
    return values;
}

void OptionForm::setValues(const QJsonObject& values)
{
    const QJsonObject before = this->values();
    {
        const QScopedValueRollback<bool> guard(m_quiet, true);
        for (const Editor& editor : m_editors)
            if (const auto it = values.find(editor.info.name); it != values.end())
                editor.set(*it);
    }
    if (this->values() != before)
        edited();
}

void OptionForm::reset()
{
    QJsonObject defaults;
    for (const Editor& editor : m_editors)
        defaults[editor.info.name] = editor.info.defaultValue;
    setValues(defaults);
}

void OptionForm::edited()
{
    if (!m_quiet)
        Q_EMIT changed();
}

OptionForm::Editor OptionForm::makeEditor(const OptionInfo& info)
{
    switch (info.type) {
    case OptionInfo::Type::Integer:
        return makeInteger(info);
    case OptionInfo::Type::Real:
        return makeReal(info);
    case OptionInfo::Type::Boolean:
        return makeBoolean(info);
    case OptionInfo::Type::Choice:
        return makeChoice(info);
    case OptionInfo::Type::File:
        return makeFile(info);
    case OptionInfo::Type::Text:
    case OptionInfo::Type::List:
        break;
    }
    return makeText(info);
}

OptionForm::Editor OptionForm::makeInteger(const OptionInfo& info)
{
    auto* box = new QSpinBox(this);
    constexpr double Most = std::numeric_limits<int>::max();
    box->setRange(isBounded(info) ? int(std::max(info.minimum, -Most)) : -int(Most),
        isBounded(info) ? int(std::min(info.maximum, Most)) : int(Most));
    connect(box, &QSpinBox::valueChanged, this, &OptionForm::edited);
    return { info, box, [box] { return QJsonValue(box->value()); },
        [box](const QJsonValue& value) { box->setValue(value.toInt()); } };
}

OptionForm::Editor OptionForm::makeReal(const OptionInfo& info)
{
    auto* box = new QDoubleSpinBox(this);
    const double reach = isBounded(info) ? info.maximum - info.minimum : 1;
    box->setDecimals(reach <= 0.1 ? 6 : reach <= 10 ? 3 : 2);
    box->setSingleStep(reach <= 2 ? 0.05 : 1);
    box->setRange(isBounded(info) ? info.minimum : -1e12, isBounded(info) ? info.maximum : 1e12);
    connect(box, &QDoubleSpinBox::valueChanged, this, &OptionForm::edited);
    return { info, box, [box] { return QJsonValue(box->value()); },
        [box](const QJsonValue& value) { box->setValue(value.toDouble()); } };
}

OptionForm::Editor OptionForm::makeBoolean(const OptionInfo& info)
{
    auto* box = new QCheckBox(this);
    connect(box, &QCheckBox::toggled, this, &OptionForm::edited);
    return { info, box, [box] { return QJsonValue(box->isChecked()); },
        [box](const QJsonValue& value) { box->setChecked(value.toBool()); } };
}

OptionForm::Editor OptionForm::makeChoice(const OptionInfo& info)
{
    auto* box = new QComboBox(this);
    for (const QString& choice : info.choices)
        box->addItem(QCoreApplication::translate("Option", choice.toUtf8().constData()), choice);
    connect(box, &QComboBox::currentIndexChanged, this, &OptionForm::edited);
    return { info, box, [box] { return QJsonValue(box->currentData().toString()); },
        [box](const QJsonValue& value) { box->setCurrentIndex(box->findData(value.toString())); } };
}

OptionForm::Editor OptionForm::makeText(const OptionInfo& info)
{
    auto* edit = new QLineEdit(this);
    connect(edit, &QLineEdit::editingFinished, this, &OptionForm::edited);
    if (info.type != OptionInfo::Type::List)
        return { info, edit, [edit] { return QJsonValue(edit->text()); },
            [edit](const QJsonValue& value) { edit->setText(value.toString()); } };
    // A list is edited as comma separated text; numbers stay numbers where they were ones.
    const bool numbers = info.defaultValue.toArray().first().isDouble();
    const auto get = [edit, numbers] {
        QJsonArray array;
        for (const QString& part : edit->text().split(u',', Qt::SkipEmptyParts))
            array.append(numbers ? QJsonValue(part.trimmed().toDouble()) : QJsonValue(part.trimmed()));
        return QJsonValue(array);
    };
    const auto set = [edit](const QJsonValue& value) {
        QStringList parts;
        for (const QJsonValue& part : value.toArray())
            parts << part.toVariant().toString();
        edit->setText(parts.join(QStringLiteral(", ")));
    };
    return { info, edit, get, set };
}

OptionForm::Editor OptionForm::makeFile(const OptionInfo& info)
{
    auto* widget = new QWidget(this);
    auto* edit = new QLineEdit(widget);
    auto* browse = new QToolButton(widget);
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tr("Choose a file"));
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(edit, 1);
    layout->addWidget(browse);
    widget->setFocusProxy(edit);
    connect(edit, &QLineEdit::editingFinished, this, &OptionForm::edited);
    connect(browse, &QToolButton::clicked, this, [this, edit] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Choose a file"), edit->text());
        if (path.isEmpty())
            return;
        edit->setText(path);
        edited();
    });
    return { info, widget, [edit] { return QJsonValue(edit->text()); },
        [edit](const QJsonValue& value) { edit->setText(value.toString()); } };
}

} // namespace triptych
