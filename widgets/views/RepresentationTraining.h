#pragma once

#include "core/session/Session.h"
#include "widgets/views/RepresentationList.h"

#include <QFrame>
#include <QPointer>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace triptych {

class CurveChart;
class OptionForm;

/// Training of a method: on which samples, with which options and seed; then stage, time left and live
/// curves, with pause, stop and keep, cancel. It goes on when the panel is closed, and is shown again
/// when the panel is opened for that method. What was trained is kept in the workspace.
class RepresentationTraining : public QFrame {
    Q_OBJECT
public:
    explicit RepresentationTraining(Session& session, QWidget* parent = nullptr);

    void open(const RepresentationMethod& method);
    /// "workspace", a built-in set's name, or a folder or file, which joins the choices.
    void setData(const QString& dataset);
    void start();
    bool isTraining() const; ///< the method that is shown

    QComboBox* dataBox() const { return m_data; }
    OptionForm* form() const { return m_form; }
    CurveChart* curves() const { return m_chart; }
    QPushButton* startButton() const { return m_start; }
    QPushButton* pauseButton() const { return m_pause; }
    QPushButton* keepButton() const { return m_keep; }
    QPushButton* cancelButton() const { return m_cancel; }
    QString message() const;

Q_SIGNALS:
    /// `key` is a kept value of `trainer` now.
    void trained(const QString& trainer, const QString& key);
    void closed();

private:
    /// The last training of a method since the workspace was opened.
    struct Run {
        Recipe recipe;
        QPointer<Job> job;
        QJsonObject curves;
        int epochs = 0;       ///< asked for
        int best = 0;
        bool hasPartial = false;
        bool isReading = false; ///< the data set is opened
        bool isStopped = false; ///< and what was there is kept
        QString message;
    };
    void buildLayout();
    void fillData();
    void chooseFolder();
    void request(const QString& dataset, const std::vector<Sample>& samples, const QString& trainer);
    void watch(Run& run);
    void stopAndKeep();
    void receivePartial(const QString& key, const ValuePtr& value);
    void receive(const QString& key, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    void display(const Run* run);
    void showProgress();
    Run* shown();
    Run* runOf(const QString& key);

    Session& m_session;
    std::optional<RepresentationMethod> m_method;
    std::map<QString, Run> m_runs; ///< by trainer
    QString m_dataChoice;          ///< the last one that was taken, for when a dialog is left
    QLabel* m_title;
    QComboBox* m_data;
    OptionForm* m_form;
    QPushButton* m_start;
    CurveChart* m_chart;
    QLabel* m_stage;
    QProgressBar* m_bar;
    QLabel* m_left;
    QPushButton* m_pause;
    QPushButton* m_keep;
    QPushButton* m_cancel;
    QLabel* m_message;
};

} // namespace triptych
