#pragma once

#include "widgets/Thumbnails.h"

#include <QAbstractListModel>
#include <QIcon>

namespace triptych {

/// The samples of a session as rows. GUI thread.
class LibraryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, DetailRole, SearchRole, ModalitiesRole, SplitRole, ThumbnailRole, MissingRole };

    LibraryModel(Session& session, Thumbnails& thumbnails, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString detail(const Sample& sample) const;

    Session& m_session;
    Thumbnails& m_thumbnails;
};

} // namespace triptych
