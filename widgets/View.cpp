#include "widgets/View.h"

namespace triptych {

View::View(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
}

} // namespace triptych
