#pragma once

#include "core/session/Session.h"

#include <QIcon>
#include <QJsonObject>
#include <QWidget>
#include <functional>

class QPainter;

namespace triptych {

/// One thing shown in the middle of the window. Reads plain values from the Session and draws
/// them; computes nothing. GUI thread.
class View : public QWidget {
    Q_OBJECT
public:
    explicit View(Session& session, QWidget* parent = nullptr);

    virtual QString id() const = 0;          ///< "map", "attention" …: file and command line name
    virtual QString title() const = 0;       ///< translated
    /// What a reopened workspace needs to look the same.
    virtual QJsonObject state() const { return {}; }
    virtual void setState(const QJsonObject& state) { Q_UNUSED(state) }

    /// Draws the figure (no controls) into `area`, on a light ground unless `dark`.
    virtual void paintFigure(QPainter& painter, const QRectF& area, bool dark) const = 0;
    virtual QSizeF figureSize() const { return QSizeF(800, 600); }
    /// The numbers behind the figure, for CSV and NPZ; null when there are none yet.
    virtual ValuePtr data() const { return nullptr; }
    /// The command line that makes the figure's numbers again.
    virtual QString commandLine() const { return {}; }
    /// True when what is shown belongs to the current state: used by `triptych screenshot` to wait.
    virtual bool isSettled() const { return true; }

Q_SIGNALS:
    void stateChanged();

protected:
    Session& session() const { return m_session; }

private:
    Session& m_session;
};

struct ViewInfo {
    QString id;
    const char* title;      ///< source text in context "View"
    QString icon;           ///< file name under :/icons without ending
    View* (*make)(Session& session);
};

/// The table of views: its order is the order of the tabs and of Ctrl+1….
const std::vector<ViewInfo>& viewTable();

} // namespace triptych
