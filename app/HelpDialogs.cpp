#include "app/HelpDialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHash>
#include <QJsonDocument>
#include <QMenu>
#include <QMenuBar>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace triptych {

namespace {

    struct Help {
        Q_DECLARE_TR_FUNCTIONS(Help)
    };

    void showPage(const QString& title, const QString& html, QWidget* parent)
    {
        auto* dialog = new QDialog(parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(title);
        auto* page = new QTextBrowser;
        page->setHtml(html);
        page->setFrameShape(QFrame::NoFrame);
        auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
        QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
        auto* layout = new QVBoxLayout(dialog);
        layout->addWidget(page);
        layout->addWidget(buttons);
        dialog->resize(600, 480);
        dialog->open();
    }

    QString keyRows(const QList<QAction*>& actions)
    {
        QString rows;
        for (const QAction* action : actions) {
            if (action->menu())
                rows += keyRows(action->menu()->actions());
            else if (!action->shortcut().isEmpty())
                rows += QStringLiteral("<tr><td style='padding-right:24px'>%1</td><td><b>%2</b></td></tr>")
                            .arg(QString(action->text()).remove(u'&').toHtmlEscaped(),
                                action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped());
        }
        return rows;
    }

    QString systemText(const QJsonObject& system)
    {
        return QStringLiteral("Triptych " TRIPTYCH_VERSION "\n") + QString::fromUtf8(QJsonDocument(system).toJson());
    }

}

void showKeySheet(const QMenuBar* menus, QWidget* parent)
{
    QString html;
    for (const QAction* top : menus->actions()) {
        const QString rows = top->menu() ? keyRows(top->menu()->actions()) : QString();
        if (!rows.isEmpty())
            html += QStringLiteral("<h3>%1</h3><table>%2</table>").arg(QString(top->text()).remove(u'&').toHtmlEscaped(), rows);
    }
    showPage(Help::tr("Keys"), html, parent);
}

void showViewHelp(const QString& id, const QString& title, QWidget* parent)
{
    const QHash<QString, const char*> pages {
        { QStringLiteral("map"),
            QT_TRANSLATE_NOOP("Help",
                "<p>Every sample of every modality as a point: near points have similar embeddings. "
                "PCA is a straight view; UMAP keeps neighbours together and bends distances, so read "
                "neighbourhoods, not gaps. The numbers below the map say how far to trust it.</p>"
                "<p>Wheel zooms, drag moves, double click fits. Hover shows a card; click selects; "
                "drag with the lasso or the box selects many, Shift adds. Pair lines join the "
                "modalities of one sample.</p>") },
        { QStringLiteral("attention"),
            QT_TRANSLATE_NOOP("Help",
                "<p>Where the model looked when it embedded the selected sample. Raw attention is what "
                "one head of one layer attends to; rollout follows attention through all layers; "
                "relevance and Grad-CAM follow the gradient of a score; patch–text similarity compares "
                "each patch with the text. None of them proves a cause: compare methods.</p>"
                "<p>Pick a layer and a head in the grid or by the sliders. Cells are drawn as they are "
                "unless smoothing is on.</p>") },
        { QStringLiteral("alignment"),
            QT_TRANSLATE_NOOP("Help",
                "<p>How well two modalities agree: the cosine of every pair, how often the right partner "
                "is found (R@k), and scores of whole embedding sets beside what chance would give. "
                "Compare numbers only at equal N.</p>"
                "<p>Click a cell or a row to select its samples. Zero-shot compares the sample with the "
                "labels you type.</p>") },
        { QStringLiteral("model"),
            QT_TRANSLATE_NOOP("Help",
                "<p>A look into the current model: the tree of its modules, its tensors with their spread, "
                "the filters of its first layer, how alike its positions are, and another model beside it. "
                "Works also for files that no view can use; the line at the top says why.</p>"
                "<p>Choose a tensor to measure it; Measure all reads every one. Pictures of filters are each "
                "in their own range, grey is zero.</p>") },
        { QStringLiteral("representation"),
            QT_TRANSLATE_NOOP("Help",
                "<p>How the selected sample becomes a vector, step by step, by the method you choose: counts and "
                "n-grams, word vectors, convolutional and recurrent nets, autoencoders, Boltzmann machines, "
                "coordinated spaces. Change an option and the strip follows; set a second method beside it.</p>"
                "<p>What has to be learned is trained on this workspace, a built-in data set or a folder, with live "
                "curves; it can be paused, stopped early and kept. Kept ones stay in the workspace and apply to "
                "new samples.</p>") },
        { QStringLiteral("lessons"),
            QT_TRANSLATE_NOOP("Help",
                "<p>The field as a tree; each leaf a page. Run it sets up the view that the page speaks of on the "
                "open workspace. A− and A+ change the letters, Alt+Page Down turns the page.</p>"
                "<p>Pages of your own: a Markdown file in the lessons folder of this program's data, its first line "
                "naming its place and its view.</p>") },
    };
    showPage(title, Help::tr(pages.value(id, "")), parent);
}

void showAboutDialog(const QJsonObject& system, QWidget* parent)
{
    const QString html = QStringLiteral("<h2>Triptych %1</h2><p>%2</p><p>%3</p><pre>%4</pre>")
                             .arg(QStringLiteral(TRIPTYCH_VERSION),
                                 Help::tr("A workbench for exploring multimodal models. GPL-3.0-or-later. No network."),
                                 Help::tr("Data: Tux Paint stamps (GPL-2), Noto Color Emoji (OFL 1.1), Unicode CLDR "
                                    "(Unicode licence). The model that ships was trained from these; its card "
                                    "is in its folder."),
                                 systemText(system).toHtmlEscaped());
    showPage(Help::tr("About Triptych"), html, parent);
}

void copySystemInformation(const QJsonObject& system)
{
    QApplication::clipboard()->setText(systemText(system));
}

} // namespace triptych
