#include "widgets/View.h"

namespace triptych {

View* makeMapView(Session& session);
View* makeAttentionView(Session& session);
View* makeAlignmentView(Session& session);
View* makeModelView(Session& session);
View* makeRepresentationView(Session& session);
View* makeLessonsView(Session& session);

View::View(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
}

const std::vector<ViewInfo>& viewTable()
{
    static const std::vector<ViewInfo> table {
        { QStringLiteral("map"), QT_TRANSLATE_NOOP("View", "Map"), QStringLiteral("map"), makeMapView },
        { QStringLiteral("attention"), QT_TRANSLATE_NOOP("View", "Attention"),
            QStringLiteral("attention"), makeAttentionView },
        { QStringLiteral("alignment"), QT_TRANSLATE_NOOP("View", "Alignment"),
            QStringLiteral("alignment"), makeAlignmentView },
        { QStringLiteral("model"), QT_TRANSLATE_NOOP("View", "Model"), QStringLiteral("model"), makeModelView },
        { QStringLiteral("representation"), QT_TRANSLATE_NOOP("View", "Representation"),
            QStringLiteral("representation"), makeRepresentationView },
        { QStringLiteral("lessons"), QT_TRANSLATE_NOOP("View", "Lessons"), QStringLiteral("lessons"), makeLessonsView },
    };
    return table;
}

} // namespace triptych
