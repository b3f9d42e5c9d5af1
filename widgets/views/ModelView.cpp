#include "widgets/views/ModelView.h"

#include "widgets/views/CompareModelsTab.h"
#include "widgets/views/FiltersTab.h"
#include "widgets/views/ModelText.h"
#include "widgets/views/TensorsTab.h"
#include "widgets/views/ValueAsker.h"

#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace triptych {

ModelView::ModelView(Session& session, QWidget* parent)
    : View(session, parent)
    , m_asker(new ValueAsker(session, this))
    , m_name(new QLabel)
    , m_facts(new QLabel)
    , m_views(new QLabel)
    , m_banner(new QFrame)
    , m_problem(new QLabel)
    , m_trust(new QPushButton(tr("Trust this program…")))
    , m_tabs(new QTabWidget)
    , m_modules(new TensorsTab(session, TensorsTab::Show::Tree))
    , m_tensors(new TensorsTab(session, TensorsTab::Show::Table))
    , m_filters(new FiltersTab(session))
    , m_compare(new CompareModelsTab(session))
{
    buildLayout();
    connect(m_trust, &QPushButton::clicked, this, &ModelView::agree);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ModelView::stateChanged);
    connect(&session, &Session::currentModelChanged, this, &ModelView::follow);
    connect(&session, &Session::modelsChanged, this, &ModelView::follow);
    connect(&session, &Session::engineReady, this, &ModelView::follow);
    connect(&session, &Session::opened, this, &ModelView::follow);
    showFacts();
}

QString ModelView::title() const
{
    return tr("Model");
}

void ModelView::buildLayout()
{
    QFont bold = m_name->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    m_name->setFont(bold);
    m_views->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel* label : { m_name, m_facts, m_views, m_problem }) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_banner->setFrameShape(QFrame::StyledPanel);
    auto* banner = new QHBoxLayout(m_banner);
    banner->addWidget(m_problem, 1);
    banner->addWidget(m_trust);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_modules, tr("Modules"));
    m_tabs->addTab(m_tensors, tr("Tensors"));
    m_tabs->addTab(m_filters, tr("Filters and positions"));
    m_tabs->addTab(m_compare, tr("Side by side"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(4);
    layout->addWidget(m_name);
    layout->addWidget(m_facts);
    layout->addWidget(m_views);
    layout->addWidget(m_banner);
    layout->addWidget(m_tabs, 1);
}

void ModelView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    follow();
}

void ModelView::follow()
{
    showFacts();
    const QString path = session().currentModel();
    const QString hash = session().modelInfo(path)[QLatin1String("hash")].toString();
    if (!isVisible() || !session().isEngineReady() || (path == m_path && hash == m_hash))
        return;
    m_path = path;
    m_hash = hash;
    m_value.reset();
    m_asker->forget();
    m_modules->setTensors(path, nullptr);
    m_tensors->setTensors(path, nullptr);
    m_filters->setModel(hash.isEmpty() ? QString() : path);
    m_compare->setModel(path);
    if (!hash.isEmpty())
        askTensors();
}

void ModelView::askTensors()
{
    m_asker->ask(QStringLiteral("tensors"), QStringLiteral("model.tensors"), m_path, {}, tr("Tensors of %1").arg(m_name->text()),
        [this](const ValuePtr& value) {
            m_value = value;
            m_modules->setTensors(m_path, value);
            m_tensors->setTensors(m_path, value);
            Q_EMIT stateChanged();
        },
        [this](const QString& error) {
            m_problem->setText(error);
            m_banner->show();
        });
}

void ModelView::showFacts()
{
    const QString path = session().currentModel();
    const QJsonObject info = session().modelInfo(path);
    m_name->setText(path.isEmpty() ? tr("No model is open") : QFileInfo(path).fileName());
    m_facts->setText(modelFacts(info));
    m_views->setText(path.isEmpty() ? tr("Drop a model folder or a file of weights on the window.") : modelViews(info));
    m_views->setVisible(!m_views->text().isEmpty());
    const QString problem = info[QLatin1String("problem")].toString();
    m_problem->setText(problem);
    m_banner->setVisible(!problem.isEmpty());
    m_trust->setVisible(info.contains(QLatin1String("trusted")) && !info[QLatin1String("trusted")].toBool());
}

QString ModelView::problem() const
{
    return m_banner->isHidden() ? QString() : m_problem->text();
}

void ModelView::agree()
{
    const QString path = session().currentModel();
    QMessageBox box(QMessageBox::Warning, tr("Run a program?"),
        tr("%1 is a TorchScript file. It is not only weights but a program: using the model runs its code on this "
           "computer, with your rights.")
            .arg(QFileInfo(path).fileName()),
        QMessageBox::Cancel, this);
    box.setInformativeText(tr("Agree only if you know who made the file. Triptych remembers the file by its content; a "
                              "changed file is asked about again. Its parameters can be looked at without agreeing."));
    QPushButton* run = box.addButton(tr("Run it"), QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() == run)
        session().trustModel(path);
}

QJsonObject ModelView::state() const
{
    return { { QStringLiteral("tab"), m_tabs->currentIndex() } };
}

void ModelView::setState(const QJsonObject& state)
{
    m_tabs->setCurrentIndex(std::clamp(state[QLatin1String("tab")].toInt(), 0, m_tabs->count() - 1));
}

void ModelView::paintFigure(QPainter& painter, const QRectF& area, bool dark) const
{
    const ThemeColors colors = themeColors(dark);
    painter.fillRect(area, colors.ground);
    if (m_tabs->currentWidget() == m_filters && m_filters->value())
        return m_filters->paint(painter, area, colors);
    paintModules(painter, area, colors, m_value ? *m_value : Value(), m_name->text());
}

ValuePtr ModelView::data() const
{
    if (m_tabs->currentWidget() == m_filters)
        return m_filters->value();
    return m_tabs->currentWidget() == m_compare ? m_compare->value() : m_value;
}

QString ModelView::commandLine() const
{
    const bool compares = m_tabs->currentWidget() == m_compare && !m_compare->other().isEmpty();
    return infoCommand(session().currentModel(), compares ? m_compare->other() : QString());
}

bool ModelView::isSettled() const
{
    return !m_asker->isWaiting() && m_modules->isSettled() && m_tensors->isSettled() && m_filters->isSettled()
        && m_compare->isSettled();
}

View* makeModelView(Session& session)
{
    return new ModelView(session);
}

} // namespace triptych
