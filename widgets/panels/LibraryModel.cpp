#include "widgets/panels/LibraryModel.h"

namespace triptych {

LibraryModel::LibraryModel(Session& session, Thumbnails& thumbnails, QObject* parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_thumbnails(thumbnails)
{
    const auto reset = [this] {
        beginResetModel();
        endResetModel();
    };
    connect(&session, &Session::samplesChanged, this, reset);
    connect(&session, &Session::opened, this, reset);
    connect(&thumbnails, &Thumbnails::ready, this, [this](const QString& id) {
        if (const qsizetype row = m_session.indexOf(id); row >= 0)
            Q_EMIT dataChanged(index(int(row)), index(int(row)), { ThumbnailRole });
    });
}

int LibraryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_session.samples().size());
}

QString LibraryModel::detail(const Sample& sample) const
{
    QStringList parts;
    if (!sample.label.isEmpty())
        parts << sample.label;
    for (const auto& [modality, source] : sample.sources)
        parts << modalityTitle(modality);
    if (sample.split == QLatin1String("test"))
        parts << tr("unseen");
    return parts.join(QStringLiteral(" · "));
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Sample& sample = m_session.samples()[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return sample.title();
    case Qt::ToolTipRole:
        return sample.id;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(sample.title(), detail(sample));
    case IdRole:
        return sample.id;
    case DetailRole:
        return detail(sample);
    case SearchRole:
        return QString(sample.title() + u' ' + sample.label + u' ' + sample.id);
    case SplitRole:
        return sample.split;
    case ModalitiesRole: {
        QStringList names;
        for (const auto& [modality, source] : sample.sources)
            names << modalityName(modality);
        return names;
    }
    case ThumbnailRole:
        return m_thumbnails.get(sample.id);
    case MissingRole:
        for (const auto& [modality, source] : sample.sources) {
            if (m_session.isMissing(sample.id, modality))
                return true;
        }
        return false;
    default:
        return {};
    }
}

} // namespace triptych
