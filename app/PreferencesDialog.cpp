#include "app/PreferencesDialog.h"

#include "app/MainWindow.h"
#include "app/Workbench.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace triptych {

PreferencesDialog::PreferencesDialog(Workbench& workbench, QWidget* parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_search(new QLineEdit)
{
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_search->setPlaceholderText(tr("Search preferences"));
    m_search->setAccessibleName(tr("Search preferences"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &PreferencesDialog::filter);

    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setSpacing(14);
    for (const Preference& preference : preferenceTable(workbench.session().system())) {
        auto* box = new QWidget;
        auto* grid = new QGridLayout(box);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setColumnMinimumWidth(0, 150);
        grid->setColumnStretch(1, 1);
        QWidget* editor = makeEditor(preference);
        auto* title = new QLabel(preference.title);
        title->setBuddy(editor);
        auto* about = new QLabel(preference.about);
        about->setWordWrap(true);
        about->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(title, 0, 0);
        grid->addWidget(editor, 0, 1);
        grid->addWidget(about, 1, 1);
        rows->addWidget(box);
        m_rows << Row { preference, box, editor };
    }
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    resize(540, 560);
}

QWidget* PreferencesDialog::makeEditor(const Preference& preference)
{
    const QVariant value = preferenceValue(preference);
    QWidget* editor = nullptr;
    if (!preference.choices.isEmpty()) {
        auto* box = new QComboBox;
        for (const auto& [id, text] : preference.choices)
            box->addItem(text, id);
        if (box->findData(value) < 0) // a card that is not in this machine
            box->addItem(value.toString(), value);
        box->setCurrentIndex(box->findData(value));
        connect(box, &QComboBox::activated, this,
            [this, box, key = preference.key] { setPreference(m_workbench, key, box->currentData()); });
        editor = box;
    } else {
        auto* box = new QSpinBox;
        box->setRange(preference.minimum, preference.maximum);
        box->setSuffix(preference.unit);
        box->setSpecialValueText(preference.lowest);
        box->setKeyboardTracking(false); // 12 is not 1 first
        box->setValue(value.toInt());
        connect(box, &QSpinBox::valueChanged, this, [this, preference](int number) {
            const bool none = !preference.lowest.isEmpty() && number == preference.minimum;
            setPreference(m_workbench, preference.key, none ? preference.standard : QVariant(number));
        });
        editor = box;
    }
    editor->setObjectName(preference.key);
    editor->setAccessibleName(preference.title);
    editor->setAccessibleDescription(preference.about);
    return editor;
}

QWidget* PreferencesDialog::editor(const QString& key) const
{
    for (const Row& row : m_rows) {
        if (row.preference.key == key)
            return row.editor;
    }
    return nullptr;
}

void PreferencesDialog::filter(const QString& words)
{
    for (const Row& row : std::as_const(m_rows)) {
        QString text = row.preference.title + u' ' + row.preference.about;
        for (const auto& choice : row.preference.choices)
            text += u' ' + choice.second;
        row.box->setVisible(text.contains(words.trimmed(), Qt::CaseInsensitive));
    }
}

} // namespace triptych
