#include "app/Workbench.h"

#include "app/MainWindow.h"
#include "core/data/Dataset.h"
#include "core/jobs/Error.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>

namespace triptych {

Workbench::Workbench(const EngineOptions& options, Theme& theme, QObject* parent)
    : QObject(parent)
    , m_theme(theme)
    , m_session(std::make_unique<Session>(options))
{
    connect(m_session.get(), &Session::workspaceDropped, this, &Workbench::openWorkspace);
    connect(m_session.get(), &Session::opened, this, [this] { remember(m_session->path()); });
    connect(m_session.get(), &Session::moved, this, [this] { remember(m_session->path()); });
    useLanguage(QSettings().value(QStringLiteral("language")).toString());
}

Workbench::~Workbench()
{
    delete m_window;
}

void Workbench::setLanguage(const QString& language)
{
    QSettings().setValue(QStringLiteral("language"), language);
    useLanguage(language);
}

void Workbench::useLanguage(const QString& language)
{
    m_language = language;
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    // Fallback glyphs are taller than the lines that a Latin font asks for; they would be cut off.
    static const QStringList latin = QApplication::font().families();
    const QString han = QStringLiteral("Noto Sans CJK SC");
    QFont font = QApplication::font();
    font.setFamilies(locale.language() == QLocale::Chinese && QFontDatabase::hasFamily(han) ? QStringList(han) : latin);
    QApplication::setFont(font);
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    // The English file has the plural forms; any language without a file of its own reads English.
    if (m_translator.load(locale, QStringLiteral("triptych"), QStringLiteral("_"), QStringLiteral(":/i18n"))
        || m_translator.load(QStringLiteral(":/i18n/triptych_en")))
        QCoreApplication::installTranslator(&m_translator);
    if (m_qtTranslator.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
    if (m_window)
        QTimer::singleShot(0, this, &Workbench::buildWindow); // the menu that asked is still open
}

void Workbench::buildWindow()
{
    QByteArray geometry;
    if (m_window) {
        m_window->saveLayout();
        geometry = m_window->saveGeometry();
        m_window->hide();
        m_window->deleteLater();
    }
    makeWindow();
    m_window->build();
    if (!geometry.isEmpty() && !m_frame)
        m_window->restoreGeometry(geometry);
    m_window->show();
}

void Workbench::makeWindow()
{
    m_window = new MainWindow(*this);
    if (!m_frame)
        return;
    m_window->hide(); // until it is whole, or the layout would show it
    m_frame->layout()->addWidget(m_window);
    const auto showTitle = [this] { m_frame->setWindowTitle(m_window->windowTitle()); };
    connect(m_window, &QWidget::windowTitleChanged, m_frame, showTitle);
    showTitle();
}

bool Workbench::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_frame && event->type() == QEvent::Close && m_window)
        QCoreApplication::sendEvent(m_window, event);
    return QObject::eventFilter(watched, event);
}

void Workbench::show()
{
    buildWindow();
    // The engine takes half a second to load: after the first paint, on its own thread.
    QTimer::singleShot(0, m_session.get(), &Session::startEngine);
}

void Workbench::showIn(QWidget& frame, std::function<void()> then)
{
    m_frame = &frame;
    auto* layout = new QVBoxLayout(m_frame);
    layout->setContentsMargins(0, 0, 0, 0);
    m_frame->installEventFilter(this);
    makeWindow();
    fillWindow(std::move(then));
}

void Workbench::fillWindow(std::function<void()> then)
{
    if (m_window->buildNext()) {
        // Not zero: what came in meanwhile is answered between two parts.
        QTimer::singleShot(1, m_window, [this, then = std::move(then)] { fillWindow(then); });
        return;
    }
    m_session->startEngine();
    m_window->show();
    then();
}

void Workbench::open(const QStringList& paths, bool sample)
{
    m_openFailure.clear();
    QList<QUrl> files;
    QString workspace;
    for (const QString& path : paths) {
        if (path.endsWith(QLatin1String(".triptych")))
            workspace = path;
        else
            files << QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath());
    }
    if (!workspace.isEmpty())
        openWorkspace(workspace);
    else if (sample)
        openSample();
    if (!files.isEmpty()) {
        if (!m_session->isOpen())
            newWorkspace();
        m_session->add(files);
    }
}

QString Workbench::sampleWorkspacePath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("sample.triptych"));
}

// Not exec(): the window goes on, and a picture of it can be refused with the same sentence.
void Workbench::tellOpenFailure(const QString& message)
{
    m_openFailure = message;
    auto* box = new QMessageBox(
        QMessageBox::Warning, QStringLiteral("Triptych"), message, QMessageBox::Ok, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void Workbench::openSample()
{
    const QString path = sampleWorkspacePath();
    const bool fresh = !QFileInfo::exists(path);
    try {
        QDir().mkpath(QFileInfo(path).absolutePath());
        // Loaded first: a missing package must not leave an empty sample workspace behind.
        const Dataset stamps = fresh ? openDataset(QStringLiteral("stamps")) : Dataset {};
        m_session->open(path);
        if (fresh)
            m_session->addDataset(stamps);
        m_session->embedAll();
    } catch (const Error& error) {
        tellOpenFailure(error.message());
    }
}

void Workbench::openWorkspace(const QString& path)
{
    try {
        m_session->open(path);
        m_session->embedAll();
    } catch (const Error& error) {
        tellOpenFailure(error.message());
    }
}

void Workbench::newWorkspace()
{
    openWorkspace({});
}

QStringList Workbench::recent()
{
    QStringList paths = QSettings().value(QStringLiteral("recent")).toStringList();
    paths.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return paths;
}

void Workbench::remember(const QString& path)
{
    if (path.isEmpty() || path == sampleWorkspacePath())
        return;
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    QSettings().setValue(QStringLiteral("recent"), paths.mid(0, 8));
}

} // namespace triptych
