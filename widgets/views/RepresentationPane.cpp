#include "widgets/views/RepresentationPane.h"

#include "widgets/forms/OptionForm.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/CommandText.h"
#include "widgets/views/RepresentationKept.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

constexpr int delayMs = 60; ///< a spin box that runs, or a lasso, asks once

}

RepresentationPane::RepresentationPane(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_delay(new QTimer(this))
    , m_bar(new QHBoxLayout)
    , m_methodBox(new QComboBox)
    , m_fittedBox(new QComboBox)
    , m_fittedMenu(new QToolButton)
    , m_train(new QPushButton(tr("Train…")))
    , m_about(new QLabel)
    , m_reference(new QLabel)
    , m_form(new OptionForm)
    , m_formArea(new QScrollArea)
    , m_pages(new QStackedWidget)
    , m_strip(new StepStrip)
    , m_message(new QLabel)
    , m_trainFirst(new QPushButton(tr("Train it…")))
{
    m_delay->setSingleShot(true);
    m_delay->setInterval(delayMs);
    buildLayout();
    connectSession();
    tell(tr("The engine is opening."));
}

void RepresentationPane::buildLayout()
{
    m_methodBox->setAccessibleName(tr("Method"));
    m_methodBox->setToolTip(tr("What makes a vector of the sample"));
    m_methodBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_methodBox->setMinimumContentsLength(20);
    m_methodBox->setMaxVisibleItems(40);
    m_fittedBox->setAccessibleName(tr("What was trained"));
    m_fittedBox->setToolTip(tr("What was trained and is kept in this workspace"));
    m_fittedBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_fittedBox->setMinimumContentsLength(14);
    m_fittedBox->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_fittedMenu->setText(u"⋯"_s);
    m_fittedMenu->setToolTip(tr("Rename or remove what was trained"));
    m_fittedMenu->setAccessibleName(m_fittedMenu->toolTip());
    m_train->setToolTip(tr("Train this method on samples of your choice"));
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setSpacing(6);
    m_bar->addWidget(m_methodBox);
    m_bar->addWidget(m_fittedBox, 1);
    m_bar->addWidget(m_fittedMenu);
    m_bar->addWidget(m_train);
    m_bar->addWidget(m_about, 1);
    auto* side = new QWidget;
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    m_reference->setWordWrap(true);
    m_reference->setForegroundRole(QPalette::PlaceholderText);
    m_reference->setContentsMargins(8, 0, 8, 8);
    m_reference->setTextInteractionFlags(Qt::TextSelectableByMouse);
    sideLayout->addWidget(m_form);
    sideLayout->addWidget(m_reference);
    sideLayout->addStretch();
    side->installEventFilter(this);
    m_formArea->setWidget(side);
    m_formArea->setWidgetResizable(true);
    m_formArea->setFrameShape(QFrame::NoFrame);
    m_formArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    auto* empty = new QWidget;
    auto* emptyLayout = new QVBoxLayout(empty);
    emptyLayout->addStretch();
    emptyLayout->addWidget(m_message);
    emptyLayout->addWidget(m_trainFirst, 0, Qt::AlignCenter);
    emptyLayout->addStretch();
    m_pages->addWidget(empty);
    m_pages->addWidget(m_strip);
    auto* body = new QHBoxLayout;
    body->setSpacing(8);
    body->addWidget(m_formArea);
    body->addWidget(m_pages, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(m_bar);
    layout->addLayout(body, 1);
}

void RepresentationPane::connectSession()
{
    connect(m_delay, &QTimer::timeout, this, &RepresentationPane::ask);
    connect(m_methodBox, &QComboBox::activated, this, [this] {
        methodChosen();
        Q_EMIT changed();
    });
    connect(m_fittedBox, &QComboBox::activated, this, [this] { chooseFitted(m_fittedBox->currentData().toString()); });
    connect(m_form, &OptionForm::changed, this, [this] {
        if (const RepresentationMethod* now = method())
            m_chosen[now->represent.id] = m_form->values();
        refresh();
        Q_EMIT changed();
    });
    connect(m_strip, &StepStrip::currentChanged, this, &RepresentationPane::changed);
    connect(m_train, &QPushButton::clicked, this, &RepresentationPane::trainRequested);
    connect(m_trainFirst, &QPushButton::clicked, this, &RepresentationPane::trainRequested);
    connect(m_fittedMenu, &QToolButton::clicked, this, &RepresentationPane::editFitted);
    connect(&m_session, &Session::selectionChanged, this, &RepresentationPane::refresh);
    connect(&m_session, &Session::samplesChanged, this, &RepresentationPane::refresh);
    connect(&m_session, &Session::currentModelChanged, this, [this] {
        if (method() && method()->hasOption(u"model"_s))
            refresh();
    });
    connect(&m_session, &Session::resultsChanged, this, [this] {
        fillFitted();
        refresh();
    });
    connect(&m_session, &Session::valueReady, this, &RepresentationPane::receive);
    connect(&m_session, &Session::valueFailed, this, &RepresentationPane::fail);
}

void RepresentationPane::addToBar(QWidget* widget)
{
    m_bar->addWidget(widget);
}

void RepresentationPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        refresh();
}

/// The form is as wide as its options need, beside its scroll bar.
bool RepresentationPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_formArea->widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)) {
        const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 4;
        const int least = fontMetrics().height() * 12;
        m_formArea->setFixedWidth(std::clamp(m_form->minimumSizeHint().width() + bar, least, 2 * least));
    }
    return QWidget::eventFilter(watched, event);
}

void RepresentationPane::setMethods(const std::vector<RepresentationMethod>& methods)
{
    const QJsonObject now = m_methods.empty() ? m_wanted : state();
    m_methods = methods;
    fillMethods();
    setState(now);
}

void RepresentationPane::fillMethods()
{
    const QSignalBlocker quiet(m_methodBox);
    m_methodBox->clear();
    std::optional<RepresentationGroup> last;
    for (const RepresentationMethod& each : m_methods) {
        if (last != each.group) {
            m_methodBox->addItem(groupTitle(each.group));
            auto* heading = qobject_cast<QStandardItemModel*>(m_methodBox->model())->item(m_methodBox->count() - 1);
            heading->setFlags(Qt::NoItemFlags);
            QFont bold = m_methodBox->font();
            bold.setBold(true);
            heading->setFont(bold);
        }
        last = each.group;
        m_methodBox->addItem(translatedTitle(each.represent), each.represent.id);
    }
    m_methodBox->view()->setMinimumWidth(m_methodBox->view()->sizeHintForColumn(0) + 30); // the list may be wider than the box
}

const RepresentationMethod* RepresentationPane::method() const
{
    const QString id = m_methodBox->currentData().toString();
    for (const RepresentationMethod& each : m_methods)
        if (each.represent.id == id)
            return &each;
    return nullptr;
}

void RepresentationPane::choose(const QString& id)
{
    m_methodBox->setCurrentIndex(m_methodBox->findData(id));
    methodChosen();
    Q_EMIT changed();
}

void RepresentationPane::methodChosen()
{
    m_fittedKey.clear();
    if (const RepresentationMethod* now = method())
        showOptions(m_chosen.value(now->represent.id));
    fillFitted();
    refresh();
}

void RepresentationPane::showOptions(const QJsonObject& values)
{
    const RepresentationMethod* now = method();
    QList<OptionInfo> shown;
    for (const OptionInfo& option : now->represent.options)
        if (option.name != "steps"_L1 && option.name != "model"_L1)
            shown << option;
    const QSignalBlocker quiet(m_form);
    m_form->setOptions(shown);
    m_form->setValues(values);
    m_reference->setText(now->represent.reference);
}

void RepresentationPane::fillFitted()
{
    const RepresentationMethod* now = method();
    const bool learns = now && now->train;
    const QSignalBlocker quiet(m_fittedBox);
    m_fittedBox->clear();
    if (learns)
        for (const KeptResult& result : m_session.keptResults(now->train->id)) {
            m_fittedBox->addItem(keptTitle(result), result.key);
            m_fittedBox->setItemData(m_fittedBox->count() - 1, keptFacts(result), Qt::ToolTipRole);
        }
    if (learns && now->hasOption(u"model"_s)) // it reads any checkpoint too
        m_fittedBox->addItem(tr("the open model"), u"model"_s);
    m_fittedBox->setCurrentIndex(std::max(m_fittedBox->count() > 0 ? 0 : -1, m_fittedBox->findData(m_fittedKey)));
    m_fittedBox->setVisible(learns && m_fittedBox->count() > 0);
    m_fittedMenu->setVisible(fitted().has_value());
    m_train->setVisible(learns);
    m_about->setVisible(!m_fittedBox->isVisibleTo(this));
}

void RepresentationPane::chooseFitted(const QString& key)
{
    m_fittedKey = key;
    fillFitted();
    refresh();
    Q_EMIT changed();
}

std::optional<KeptResult> RepresentationPane::fitted() const
{
    const RepresentationMethod* now = method();
    if (!now || !now->train)
        return std::nullopt;
    const QString key = m_fittedBox->currentData().toString();
    for (const KeptResult& result : m_session.keptResults(now->train->id))
        if (result.key == key)
            return result;
    return std::nullopt;
}

void RepresentationPane::editFitted()
{
    if (const std::optional<KeptResult> result = fitted())
        editKept(m_session, *result, m_fittedMenu);
}

QJsonObject RepresentationPane::options() const
{
    QJsonObject options = m_form->values();
    if (const RepresentationMethod* now = method(); now && now->hasOption(u"model"_s))
        options[u"model"_s] = fitted() ? QString() : m_session.currentModel();
    return options;
}

QJsonObject RepresentationPane::state() const
{
    if (!method())
        return m_wanted;
    return { { u"method"_s, method()->represent.id }, { u"options"_s, m_form->values() },
        { u"fitted"_s, m_fittedKey }, { u"step"_s, m_strip->enlarged() } };
}

void RepresentationPane::setState(const QJsonObject& state)
{
    m_wanted = state;
    if (m_methods.empty())
        return;
    int index = m_methodBox->findData(state["method"_L1].toString());
    if (index < 0)
        index = m_methodBox->findData(m_methods.front().represent.id);
    m_methodBox->setCurrentIndex(index);
    m_fittedKey = state["fitted"_L1].toString();
    showOptions(state["options"_L1].toObject());
    m_chosen[method()->represent.id] = m_form->values();
    fillFitted();
    {
        const QSignalBlocker quiet(m_strip);
        m_strip->enlarge(state["step"_L1].toInt(-1));
    }
    refresh();
}

QString RepresentationPane::caption() const
{
    const RepresentationMethod* now = method();
    if (!now)
        return {};
    QStringList parts { translatedTitle(now->represent) };
    if (const std::optional<KeptResult> result = fitted())
        parts << keptTitle(*result);
    const QJsonObject values = m_form->values();
    for (const OptionInfo& option : now->represent.options)
        if (values.contains(option.name) && values[option.name] != option.defaultValue)
            parts << option.name + u'=' + values[option.name].toVariant().toString();
    return parts.join(u" · "_s);
}

} // namespace triptych
