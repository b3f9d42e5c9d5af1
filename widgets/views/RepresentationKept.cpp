#include "widgets/views/RepresentationKept.h"

#include "core/data/Dataset.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(RepresentationView)
};

/// Of the measures that a training gives, the one to tell first.
QString bestScore(const QJsonObject& scores)
{
    for (const QString& name : { u"test_accuracy"_s, u"validation_accuracy"_s })
        if (scores[name].isDouble())
            return scoreText(name, scores[name].toDouble());
    if (const QJsonValue recall = scores["x_to_y"_L1]["recall_at_10"_L1]; recall.isDouble())
        return scoreText(u"recall_at_10"_s, recall.toDouble());
    for (auto score = scores.begin(); score != scores.end(); ++score)
        if (score->isDouble())
            return scoreText(score.key(), score->toDouble());
    return {};
}

QString epochsText(const KeptResult& result)
{
    const int epochs = result.info["epochs"_L1].toInt();
    if (epochs <= 0)
        return {};
    const QString text = Tr::tr("%n epoch(s)", nullptr, epochs);
    return result.info["stopped"_L1].toBool() ? Tr::tr("stopped after %1").arg(text) : text;
}

} // namespace

QString scoreText(const QString& name, double value)
{
    QString words = QCoreApplication::translate("Score", name.toUtf8().constData());
    if (words == name)
        words.replace(u'_', u' ');
    return words + u' ' + QLocale().toString(value, 'g', 3);
}

QString dataTitle(const QString& dataset)
{
    if (dataset == "workspace"_L1)
        return Tr::tr("this workspace");
    for (const BuiltIn& set : builtInDatasets())
        if (set.name == dataset)
            return QCoreApplication::translate("Dataset", set.title.toUtf8().constData());
    return QFileInfo(dataset).fileName();
}

QString keptTitle(const KeptResult& result)
{
    QStringList parts;
    if (!result.name.isEmpty())
        parts << result.name;
    else
        parts << dataTitle(result.recipe.inputs["dataset"_L1].toString())
              << Tr::tr("seed %1").arg(result.info["seed"_L1].toInteger()) << epochsText(result);
    parts << bestScore(result.info["scores"_L1].toObject());
    if (result.name.isEmpty())
        parts << QLocale().toString(result.when.toLocalTime(), QLocale::ShortFormat);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString keptFacts(const KeptResult& result)
{
    const QJsonObject& info = result.info;
    QStringList lines;
    lines << Tr::tr("Trained on %1, %n sample(s)", nullptr, result.recipe.inputs["count"_L1].toInt())
                 .arg(dataTitle(result.recipe.inputs["dataset"_L1].toString()));
    lines << Tr::tr("Seed %1").arg(info["seed"_L1].toInteger());
    lines << epochsText(result);
    if (info["best_epoch"_L1].toInt() > 0)
        lines << Tr::tr("The weights of epoch %1 are kept").arg(info["best_epoch"_L1].toInt());
    if (info["parameters"_L1].isDouble())
        lines << Tr::tr("%1 parameters").arg(QLocale().toString(info["parameters"_L1].toInteger()));
    if (info["seconds"_L1].isDouble())
        lines << Tr::tr("%1 s of training").arg(QLocale().toString(info["seconds"_L1].toDouble(), 'f', 1));
    const QJsonObject scores = info["scores"_L1].toObject();
    for (auto score = scores.begin(); score != scores.end(); ++score)
        if (score->isDouble())
            lines << scoreText(score.key(), score->toDouble());
    lines << QLocale().toString(result.when.toLocalTime(), QLocale::ShortFormat);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

void editKept(Session& session, const KeptResult& result, QWidget* anchor)
{
    QMenu menu(anchor);
    QAction* rename = menu.addAction(Tr::tr("Rename…"));
    QAction* remove = menu.addAction(Tr::tr("Remove from the workspace"));
    remove->setStatusTip(Tr::tr("Undo brings it back"));
    const QAction* chosen = menu.exec(anchor->mapToGlobal(QPoint(0, anchor->height())));
    if (chosen == remove) {
        session.removeResult(result.key);
    } else if (chosen == rename) {
        bool isOk = false;
        const QString name = QInputDialog::getText(anchor, Tr::tr("Rename what was trained"), Tr::tr("Name:"),
            QLineEdit::Normal, result.name, &isOk);
        if (isOk)
            session.renameResult(result.key, name);
    }
}

} // namespace triptych
