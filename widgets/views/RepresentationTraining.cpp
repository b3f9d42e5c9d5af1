#include "widgets/views/RepresentationTraining.h"

#include "core/data/Dataset.h"
#include "widgets/forms/OptionForm.h"
#include "widgets/plots/CurveChart.h"
#include "widgets/views/CommandText.h"
#include "widgets/views/RepresentationKept.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

const QString folderChoice = u"\n"_s; // no path

}

RepresentationTraining::RepresentationTraining(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_dataChoice(u"workspace"_s)
    , m_title(new QLabel)
    , m_data(new QComboBox)
    , m_form(new OptionForm)
    , m_start(new QPushButton(tr("Start")))
    , m_chart(new CurveChart)
    , m_stage(new QLabel)
    , m_bar(new QProgressBar)
    , m_left(new QLabel)
    , m_pause(new QPushButton(tr("Pause")))
    , m_keep(new QPushButton(tr("Stop and keep")))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_message(new QLabel)
{
    buildLayout();
    connect(m_data, &QComboBox::activated, this, [this] {
        if (m_data->currentData().toString() == folderChoice)
            chooseFolder();
        else
            m_dataChoice = m_data->currentData().toString();
    });
    connect(m_start, &QPushButton::clicked, this, &RepresentationTraining::start);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (Run* run = shown(); run && run->job)
            run->job->isPaused() ? run->job->resume() : run->job->pause();
    });
    connect(m_keep, &QPushButton::clicked, this, &RepresentationTraining::stopAndKeep);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (Run* run = shown(); run && run->job)
            run->job->cancel();
    });
    connect(&session, &Session::valuePartial, this, &RepresentationTraining::receivePartial);
    connect(&session, &Session::valueReady, this, &RepresentationTraining::receive);
    connect(&session, &Session::valueFailed, this, &RepresentationTraining::fail);
    connect(&session, &Session::samplesChanged, this, &RepresentationTraining::fillData);
    connect(&session, &Session::opened, this, [this] {
        m_runs.clear();
        display(nullptr);
    });
}

void RepresentationTraining::buildLayout()
{
    setFrameShape(StyledPanel);
    setObjectName(u"training"_s);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_data->setAccessibleName(tr("Samples to train on"));
    m_data->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setDefault(true);
    m_pause->setToolTip(tr("Holds the training; everything else goes on"));
    m_keep->setToolTip(tr("Ends the training and keeps the weights of the last epoch in the workspace"));
    m_cancel->setToolTip(tr("Ends the training; nothing is kept"));
    m_stage->setForegroundRole(QPalette::PlaceholderText);
    m_left->setForegroundRole(QPalette::PlaceholderText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar->setMaximumWidth(220);
    m_bar->setMinimumWidth(50); // the window is not wider while something is trained
    m_stage->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stage->setMinimumWidth(fontMetrics().averageCharWidth() * 8);
    auto* close = new QToolButton;
    close->setText(u"✕"_s);
    close->setToolTip(tr("Close; a training goes on"));
    close->setAccessibleName(tr("Close the training panel"));
    connect(close, &QToolButton::clicked, this, &RepresentationTraining::closed);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(fontMetrics().averageCharWidth() * 38);
    auto* side = new QVBoxLayout;
    auto* label = new QLabel(tr("&Train on"));
    label->setBuddy(m_data);
    side->addWidget(label);
    side->addWidget(m_data);
    side->addWidget(scroll, 1);
    side->addWidget(m_start);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto* progress = new QHBoxLayout;
    progress->addWidget(m_stage, 1);
    for (QWidget* widget : std::initializer_list<QWidget*> { m_bar, m_left, m_pause, m_keep, m_cancel })
        progress->addWidget(widget);
    auto* right = new QVBoxLayout;
    right->addWidget(m_chart, 1);
    right->addLayout(progress);
    right->addWidget(m_message);
    auto* body = new QHBoxLayout;
    body->addLayout(side, 2);
    body->addLayout(right, 5);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->addLayout(head);
    layout->addLayout(body, 1);
}

void RepresentationTraining::fillData()
{
    const QSignalBlocker quiet(m_data);
    QStringList folders;
    for (int i = 0; i < m_data->count(); ++i)
        if (m_data->itemData(i, Qt::UserRole + 1).toBool())
            folders << m_data->itemData(i).toString();
    m_data->clear();
    m_data->addItem(tr("This workspace, %n sample(s)", nullptr, int(m_session.samples().size())), u"workspace"_s);
    for (const BuiltIn& set : builtInDatasets())
        if (set.available())
            m_data->addItem(dataTitle(set.name), set.name);
    for (const QString& folder : std::as_const(folders)) {
        m_data->addItem(dataTitle(folder), folder);
        m_data->setItemData(m_data->count() - 1, true, Qt::UserRole + 1);
        m_data->setItemData(m_data->count() - 1, folder, Qt::ToolTipRole);
    }
    m_data->addItem(tr("A folder…"), folderChoice);
    m_data->setCurrentIndex(std::max(0, m_data->findData(m_dataChoice)));
}

void RepresentationTraining::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder with a data set"));
    setData(folder.isEmpty() ? m_dataChoice : folder);
}

void RepresentationTraining::setData(const QString& dataset)
{
    m_dataChoice = dataset;
    if (m_data->findData(dataset) < 0) {
        const QSignalBlocker quiet(m_data);
        m_data->addItem(dataTitle(dataset), dataset);
        m_data->setItemData(m_data->count() - 1, true, Qt::UserRole + 1);
        fillData(); // it stays, before the last line
        return;
    }
    m_data->setCurrentIndex(m_data->findData(dataset));
}

void RepresentationTraining::open(const RepresentationMethod& method)
{
    if (!method.train)
        return;
    const bool isOther = !m_method || m_method->represent.id != method.represent.id;
    m_method = method;
    m_title->setText(tr("Train %1").arg(translatedTitle(method.represent)));
    fillData();
    if (isOther)
        m_form->setOptions(method.train->options);
    if (const Run* run = shown(); run && isOther)
        m_form->setValues(run->recipe.options);
    display(shown());
}

RepresentationTraining::Run* RepresentationTraining::shown()
{
    const auto found = m_method ? m_runs.find(m_method->train->id) : m_runs.end();
    return found == m_runs.end() ? nullptr : &found->second;
}

RepresentationTraining::Run* RepresentationTraining::runOf(const QString& key)
{
    for (auto& [trainer, run] : m_runs)
        if (!run.isReading && run.recipe.key() == key)
            return &run;
    return nullptr;
}

bool RepresentationTraining::isTraining() const
{
    const auto found = m_method ? m_runs.find(m_method->train->id) : m_runs.end();
    return found != m_runs.end() && (found->second.isReading || (found->second.job && !found->second.job->isOver()));
}

QString RepresentationTraining::message() const { return m_message->text(); }

} // namespace triptych
