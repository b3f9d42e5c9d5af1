#include "app/Preferences.h"

#include "app/MainWindow.h"
#include "app/Workbench.h"
#include "widgets/Theme.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/views/MapStyleBar.h"

#include <QApplication>
#include <QFontDatabase>
#include <QJsonObject>
#include <QSettings>
#include <QThread>
#include <QTimer>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Preferences)
};

constexpr int kMegabyte = 1024 * 1024;
constexpr int kStandardCache = 256;

QList<std::pair<QString, QString>> colorMaps()
{
    QList<std::pair<QString, QString>> choices;
    for (const QString& id : ColorMap::ids())
        choices.emplaceBack(id, ColorMap::title(id));
    return choices;
}

QList<std::pair<QString, QString>> devices(const QJsonObject& system)
{
    QList<std::pair<QString, QString>> choices { { QStringLiteral("auto"), Tr::tr("the fastest there is") },
        { QStringLiteral("cpu"), Tr::tr("processor") } };
    const int cards = system[QStringLiteral("gpus")].toInt();
    for (int card = 0; card < cards; ++card)
        choices.emplaceBack(QStringLiteral("cuda:%1").arg(card), Tr::tr("graphics card %1").arg(card));
    return choices;
}

void useFontSize(int points)
{
    QFont font = QApplication::font();
    font.setPointSizeF(points > 0 ? points : QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF());
    QApplication::setFont(font);
}

void useEngine(Workbench& workbench)
{
    const QSettings settings;
    workbench.session().reopenEngine(settings.value(QStringLiteral("device"), QStringLiteral("auto")).toString(),
        settings.value(QStringLiteral("threads")).toInt());
}

void useCache(Workbench& workbench)
{
    workbench.session().setCacheLimit(
        qint64(QSettings().value(QStringLiteral("cacheMegabytes"), kStandardCache).toInt()) * kMegabyte);
}

}

QList<Preference> preferenceTable(const QJsonObject& system)
{
    return {
        { QStringLiteral("theme"), Tr::tr("Theme"), Tr::tr("Light or dark; plots follow, exports stay light."),
            QStringLiteral("system"),
            { { QStringLiteral("system"), Tr::tr("as the system") }, { QStringLiteral("light"), Tr::tr("light") },
                { QStringLiteral("dark"), Tr::tr("dark") } } },
        { QStringLiteral("language"), Tr::tr("Language"), Tr::tr("Of menus, help, numbers and dates."), QString(),
            { { QString(), Tr::tr("as the system") }, { QStringLiteral("en"), QStringLiteral("English") },
                { QStringLiteral("zh_CN"), QStringLiteral("简体中文") } } },
        { QStringLiteral("fontSize"), Tr::tr("Font size"), Tr::tr("Of everything in the window."), 0, {}, 6, 28,
            Tr::tr(" pt"), Tr::tr("as the system") },
        { QStringLiteral("colorMap"), Tr::tr("Colour map"),
            Tr::tr("Of attention maps. All but gray and blue–red rise evenly in lightness; cividis reads the same to "
                   "colour-blind eyes."),
            QStringLiteral("viridis"), colorMaps() },
        { QStringLiteral("device"), Tr::tr("Device"), Tr::tr("What computes models. The engine opens anew; what is computed stays."),
            QStringLiteral("auto"), devices(system) },
        { QStringLiteral("threads"), Tr::tr("Threads"), Tr::tr("How many cores models may use."), 0, {}, 0,
            qMax(1, QThread::idealThreadCount()), {}, Tr::tr("every core") },
        { QStringLiteral("cacheMegabytes"), Tr::tr("Memory for results"),
            Tr::tr("Attention maps and the like that stay at hand; the oldest go first."), kStandardCache, {}, 32, 8192,
            Tr::tr(" MB") },
    };
}

QVariant preferenceValue(const Preference& preference)
{
    return QSettings().value(preference.key, preference.standard);
}

void setPreference(Workbench& workbench, const QString& key, const QVariant& value)
{
    if (QSettings().value(key) == value)
        return;
    QSettings().setValue(key, value);
    if (key == QLatin1String("theme")) {
        workbench.theme().setMode(Theme::modeFromName(value.toString()));
    } else if (key == QLatin1String("language")) {
        workbench.setLanguage(value.toString());
        // The window is built anew, and this dialog with it.
        QTimer::singleShot(0, &workbench, [&workbench] { workbench.window()->showPreferences(); });
    } else if (key == QLatin1String("fontSize")) {
        useFontSize(value.toInt());
    } else if (key == QLatin1String("colorMap")) {
        for (MapStyleBar* bar : workbench.window()->findChildren<MapStyleBar*>())
            bar->setColors(value.toString());
    } else if (key == QLatin1String("device") || key == QLatin1String("threads")) {
        useEngine(workbench);
    } else if (key == QLatin1String("cacheMegabytes")) {
        useCache(workbench);
    }
}

void usePreferences(Workbench& workbench)
{
    useCache(workbench);
    const EngineOptions asked = workbench.session().engineOptions();
    if (asked.device == QLatin1String("auto") && asked.threads == 0)
        useEngine(workbench);
}

} // namespace triptych
