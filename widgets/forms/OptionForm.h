#pragma once

#include "core/session/Engine.h"

#include <QHash>
#include <QJsonObject>
#include <QWidget>
#include <functional>

class QFormLayout;

namespace triptych {

/// A form for a method's options, made from its descriptor table: one line an option, its default
/// when nothing was chosen, its description as tooltip.
class OptionForm : public QWidget {
    Q_OBJECT
public:
    explicit OptionForm(QWidget* parent = nullptr);

    /// Shows `options`; names in `only` (all when empty), in that order.
    void setOptions(const QList<OptionInfo>& options, const QStringList& only = {});
    /// Every option shown with its value, of the descriptor's type.
    QJsonObject values() const;
    /// Sets what `values` names and the form shows; emits `changed` once when something differs.
    void setValues(const QJsonObject& values);
    void reset();  ///< back to the defaults

Q_SIGNALS:
    void changed();

private:
    struct Editor {
        OptionInfo info;
        QWidget* widget = nullptr;
        std::function<QJsonValue()> get;
        std::function<void(const QJsonValue&)> set;
    };
    Editor makeEditor(const OptionInfo& info);
    Editor makeInteger(const OptionInfo& info);
    Editor makeReal(const OptionInfo& info);
    Editor makeBoolean(const OptionInfo& info);
    Editor makeChoice(const OptionInfo& info);
    Editor makeText(const OptionInfo& info);
    Editor makeFile(const OptionInfo& info);
    void edited();

    QFormLayout* m_layout;
    std::vector<Editor> m_editors;
    bool m_quiet = false;
};

} // namespace triptych
