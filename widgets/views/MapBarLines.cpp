#include "widgets/forms/OptionForm.h"
#include "widgets/views/MapBar.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QToolButton>
#include <QWidgetAction>

namespace triptych {

namespace {

QHBoxLayout* lineOf(QWidget* widget)
{
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(6);
    return layout;
}

} // namespace

QToolButton* MapBar::button(const QString& text, const QString& tip, bool checkable)
{
    auto* result = new QToolButton(this);
    result->setText(text);
    result->setToolTip(tip);
    result->setStatusTip(tip);
    result->setAccessibleName(text);
    result->setCheckable(checkable);
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

QWidget* MapBar::buildProjectionLine()
{
    auto* widget = new QWidget(this);
    auto* line = lineOf(widget);
    m_method = new QComboBox(this);
    m_method->setAccessibleName(tr("Projection"));
    m_method->setPlaceholderText(tr("Projection"));
    m_method->setToolTip(tr("How the embeddings are laid out in two dimensions"));
    connect(m_method, &QComboBox::activated, this, [this](int index) {
        chooseMethod(m_method->itemData(index).toString());
        Q_EMIT projectionChanged();
    });
    line->addWidget(m_method);

    m_form = new OptionForm(this);
    m_form->setContentsMargins(8, 8, 8, 8);
    auto* menu = new QMenu(this);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(m_form);
    menu->addAction(action);
    m_optionsButton = button(tr("Options"), tr("Neighbours, distance, seed and the like"), false);
    m_optionsButton->setPopupMode(QToolButton::InstantPopup);
    m_optionsButton->setMenu(menu);
    line->addWidget(m_optionsButton);
    m_settle = new QTimer(this); // one run for several quick changes
    m_settle->setSingleShot(true);
    m_settle->setInterval(500);
    connect(m_form, &OptionForm::changed, this, [this] {
        m_options[m_methodId] = m_form->values();
        m_settle->start();
    });
    connect(m_settle, &QTimer::timeout, this, &MapBar::projectionChanged);

    m_run = button(tr("Run"), tr("Lay the map out anew, with the samples that were placed on it"), false);
    connect(m_run, &QToolButton::clicked, this, &MapBar::runClicked);
    line->addWidget(m_run);
    m_progress = new QLabel(this);
    m_progress->setObjectName(QStringLiteral("quiet"));
    line->addWidget(m_progress);
    line->addStretch();

    m_pictures = button(tr("Thumbnails"), tr("Pictures and video frames on their points, where there is room"), true);
    connect(m_pictures, &QToolButton::toggled, this, &MapBar::picturesChanged);
    line->addWidget(m_pictures);
    m_matches = new QLabel(this);
    m_matches->setObjectName(QStringLiteral("quiet"));
    line->addWidget(m_matches);
    m_search = new QLineEdit(this);
    m_search->setPlaceholderText(tr("Search text or /regex/"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setToolTip(tr("Fades what does not match; Enter selects what does"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    connect(m_search, &QLineEdit::textChanged, this, &MapBar::searchChanged);
    connect(m_search, &QLineEdit::returnPressed, this, &MapBar::matchesTaken);
    line->addWidget(m_search, 1);
    return widget;
}

QWidget* MapBar::buildLookLine()
{
    auto* widget = new QWidget(this);
    auto* line = lineOf(widget);
    auto* label = new QLabel(tr("Colour"), this);
    line->addWidget(label);
    m_color = new QComboBox(this);
    m_color->setAccessibleName(tr("Colour by"));
    label->setBuddy(m_color);
    connect(m_color, &QComboBox::activated, this, [this] {
        m_wantedColor.clear();
        rebuildChips();
        Q_EMIT colorChanged();
    });
    line->addWidget(m_color);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(4);
    line->addLayout(m_chips);
    m_pairs = button(tr("Pairs"), tr("Lines between the modalities of each sample"), true);
    connect(m_pairs, &QToolButton::toggled, this, &MapBar::pairsChanged);
    line->addWidget(m_pairs);
    line->addStretch();

    auto* tools = new QButtonGroup(this);
    const std::tuple<QString, QString, ScatterPlot::Tool> table[] {
        { tr("Move"), tr("Drag moves the map; Shift and drag selects a box"), ScatterPlot::Tool::Move },
        { tr("Box"), tr("Drag selects a box; Shift adds"), ScatterPlot::Tool::Box },
        { tr("Lasso"), tr("Draw round points to select them; Shift adds"), ScatterPlot::Tool::Lasso },
    };
    for (const auto& [text, tip, tool] : table) {
        auto* item = button(text, tip, true);
        item->setChecked(tool == ScatterPlot::Tool::Move);
        tools->addButton(item);
        connect(item, &QToolButton::clicked, this, [this, which = tool] { Q_EMIT toolChanged(which); });
        line->addWidget(item);
    }
    auto* fit = button(tr("Fit"), tr("Show every point"), false);
    connect(fit, &QToolButton::clicked, this, &MapBar::fitClicked);
    line->addWidget(fit);
    return widget;
}

} // namespace triptych
