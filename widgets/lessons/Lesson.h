#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace triptych {

/// One page of the Lessons view: a Markdown file whose first line names where it stands and what its
/// *Run it* sets up, so that a teacher adds one without code:
///
///     <!-- place: representation/text; order: 2; view: representation; modality: text;
///          state: {"method": "represent.bag"} -->        (on one line)
///     # Bag of words
struct Lesson {
    QString id;         ///< file name without ending
    QString title;      ///< its first heading
    QStringList place;  ///< branches of the tree, e.g. {"representation", "text"}
    int order = 0;      ///< within its branch
    QString view;       ///< id of the view that shows it; empty for none
    QString modality;   ///< what the selected sample must have; empty for any
    QJsonObject state;  ///< given to the view
    QString text;       ///< Markdown
};

/// Reads one page. Throws Error naming the file when its first line cannot be read.
Lesson readLesson(const QString& path);

/// Every page in `language` (English where it has none), in the order of the tree: those that come with
/// the program, then those in the person's lessons folder, which replace one of the same name. What
/// cannot be read is told in `problems`.
QList<Lesson> lessons(const QString& language, QStringList* problems = nullptr);

/// Where a person puts pages of their own: FOLDER/en, FOLDER/zh_CN.
QString lessonsFolder();

/// What a branch is called, translated.
QString branchTitle(const QString& branch);

} // namespace triptych
