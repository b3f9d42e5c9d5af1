#pragma once

#include "app/Preferences.h"

#include <QDialog>

class QGridLayout;
class QLineEdit;

namespace triptych {

/// Every setting with what it does, made from the table of Preferences; each applies when it is
/// changed. A word in the search field leaves those that speak of it.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(Workbench& workbench, QWidget* parent);

    QLineEdit* search() const { return m_search; }
    /// The editor of a setting: a QComboBox or a QSpinBox; null when there is none.
    QWidget* editor(const QString& key) const;

private:
    QWidget* makeEditor(const Preference& preference);
    void filter(const QString& words);

    struct Row {
        Preference preference;
        QWidget* box;
        QWidget* editor;
    };

    Workbench& m_workbench;
    QLineEdit* m_search;
    QList<Row> m_rows;
};

} // namespace triptych
