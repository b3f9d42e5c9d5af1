#include "widgets/panels/WelcomePage.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>
#include <functional>

namespace triptych {

namespace {

    QLabel* heading(const QString& text, double scale)
    {
        auto* label = new QLabel(text);
        QFont font = label->font();
        font.setPointSizeF(font.pointSizeF() * scale);
        font.setWeight(QFont::DemiBold);
        label->setFont(font);
        return label;
    }

    QLabel* paragraph(const QString& text)
    {
        auto* label = new QLabel(text);
        label->setWordWrap(true);
        label->setProperty("muted", true);
        return label;
    }

}

WelcomePage::WelcomePage(const QStringList& recent, QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QWidget;
    column->setFixedWidth(560);
    auto* layout = new QVBoxLayout(column);
    layout->setSpacing(8);
    layout->addWidget(heading(QStringLiteral("Triptych"), 2.2));
    layout->addWidget(paragraph(tr("See what multimodal models make of pictures, sounds and texts: "
                                   "their map, where they look, and how well they agree. Everything "
                                   "stays on this machine.")));
    layout->addSpacing(12);

    const auto link = [&](const QString& title, const QString& about, auto signal) {
        auto* button = new QCommandLinkButton(title, about);
        button->setIcon({}); // the style's arrow fits no theme
        button->setMinimumHeight(3 * fontMetrics().height() + 12);
        connect(button, &QCommandLinkButton::clicked, this, signal);
        layout->addWidget(button);
        return button;
    };
    link(tr("Open the sample workspace"),
        tr("950 pictures with captions and spoken captions, embedded by the model that ships"),
        &WelcomePage::sampleRequested)
        ->setDefault(true);
    link(tr("New workspace"), tr("Start empty and drop your own files"), &WelcomePage::newRequested);
    link(tr("Open a workspace…"), tr("A .triptych file"), &WelcomePage::openRequested);

    if (!recent.isEmpty()) {
        layout->addSpacing(12);
        layout->addWidget(heading(tr("Recent"), 1.15));
        for (const QString& path : recent) {
            auto* entry = new QLabel(QStringLiteral("<a href=\"%1\">%2</a>")
                                         .arg(path.toHtmlEscaped(), QFileInfo(path).completeBaseName().toHtmlEscaped()));
            entry->setToolTip(QDir::toNativeSeparators(path));
            entry->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
            connect(entry, &QLabel::linkActivated, this, &WelcomePage::recentRequested);
            layout->addWidget(entry);
        }
    }
    layout->addSpacing(12);
    layout->addWidget(heading(tr("Learn"), 1.15));
    const auto textLink = [&](const QString& text, std::function<void()> act) {
        auto* entry = new QLabel(QStringLiteral("<a href=\"#\">%1</a>").arg(text.toHtmlEscaped()));
        entry->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
        entry->setAccessibleName(text);
        connect(entry, &QLabel::linkActivated, this, [act = std::move(act)] { act(); });
        layout->addWidget(entry);
    };
    textLink(tr("A tour of the window, in five stops"), [this] { Q_EMIT tourRequested(); });
    for (const auto& [id, text] : { std::pair { QStringLiteral("map"), tr("What a map of embeddings shows") },
             { QStringLiteral("attention"), tr("What attention is, and what it is not") },
             { QStringLiteral("recall"), tr("What R@k means") }, { QString(), tr("Every lesson, as a tree") } })
        textLink(text, [this, id = id] { Q_EMIT lessonRequested(id); });

    layout->addSpacing(12);
    layout->addWidget(heading(tr("Or drop something anywhere"), 1.15));
    layout->addWidget(paragraph(tr("Pictures (PNG, JPEG, WebP, GIF, TIFF, BMP, SVG), sounds (WAV, FLAC, "
                                   "Ogg, Opus, MP3, M4A), video (MP4, MKV, WebM, AVI), texts, folders "
                                   "with a data set, model folders, embeddings (NPZ, NPY, TSV), "
                                   "workspaces.")));

    auto* across = new QHBoxLayout; // an aligned item would get no height for its width
    across->addStretch();
    across->addWidget(column);
    across->addStretch();
    auto* outer = new QVBoxLayout(this);
    outer->addStretch(2);
    outer->addLayout(across);
    outer->addStretch(3);
}

} // namespace triptych
