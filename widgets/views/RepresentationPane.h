#pragma once

#include "core/session/Session.h"
#include "widgets/views/RepresentationList.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace triptych {

class OptionForm;
class StepStrip;

/// One method on the current sample: its choice, what was trained for it, its options, and the strip of
/// steps that follows all of them. Asks the session only while it is visible.
class RepresentationPane : public QWidget {
    Q_OBJECT
public:
    explicit RepresentationPane(Session& session, QWidget* parent = nullptr);

    void setMethods(const std::vector<RepresentationMethod>& methods);
    /// "method", "options", "fitted": what was chosen, also before the methods are known.
    QJsonObject state() const;
    void setState(const QJsonObject& state);
    void choose(const QString& method);      ///< id, "represent.bag"
    void chooseFitted(const QString& key);

    const RepresentationMethod* method() const; ///< null before the engine is ready
    QJsonObject options() const;             ///< as asked for, without "steps"
    std::optional<KeptResult> fitted() const;
    const Sample* sample() const;            ///< the current one, or the first
    ValuePtr value() const { return m_value; } ///< what the strip shows; null while there is a message
    QString message() const;                 ///< why there is no strip; empty when there is one
    QString caption() const;                 ///< method, what was trained, options that are no defaults
    bool isSettled() const;
    void refresh();

    StepStrip* strip() const { return m_strip; }
    OptionForm* form() const { return m_form; }
    QComboBox* methodBox() const { return m_methodBox; }
    QComboBox* fittedBox() const { return m_fittedBox; }
    QPushButton* trainButton() const { return m_train; }
    /// At the end of the row of choices.
    void addToBar(QWidget* widget);

Q_SIGNALS:
    void changed();                          ///< of a choice: method, options, trained one, enlarged step
    void trainRequested();

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // RepresentationPane.cpp
    void buildLayout();
    void connectSession();
    void fillMethods();
    void fillFitted();
    void methodChosen();
    void showOptions(const QJsonObject& values);
    void editFitted();
    // RepresentationPaneAsk.cpp
    void ask();
    bool isAskable();
    bool addFitted(Recipe& recipe, Inputs& inputs);
    bool addCounted(Recipe& recipe, Inputs& inputs);
    void receive(const QString& key, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    void tell(const QString& message, bool offersTraining = false);

    Session& m_session;
    std::vector<RepresentationMethod> m_methods;
    QJsonObject m_wanted;                    ///< a state that waits for the methods
    QHash<QString, QJsonObject> m_chosen;    ///< options by method, while the window is open
    QString m_fittedKey;                     ///< empty = the newest
    QString m_key;                           ///< of the recipe that is asked for
    QString m_countKey;                      ///< of the counting that comes before it
    bool m_isStale = true;
    ValuePtr m_value;
    QTimer* m_delay;
    QHBoxLayout* m_bar;
    QComboBox* m_methodBox;
    QComboBox* m_fittedBox;
    QToolButton* m_fittedMenu;
    QPushButton* m_train;
    QLabel* m_about;
    QLabel* m_reference;
    OptionForm* m_form;
    QScrollArea* m_formArea;
    QStackedWidget* m_pages;
    StepStrip* m_strip;
    QLabel* m_message;
    QPushButton* m_trainFirst;
};

} // namespace triptych
