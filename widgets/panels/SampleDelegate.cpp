#include "widgets/panels/SampleDelegate.h"

#include "widgets/panels/LibraryModel.h"

#include <QApplication>
#include <QPainter>

namespace triptych {

namespace {

    constexpr int kSide = 40;
    constexpr int kPad = 6;

    /// What stands where a sample has no picture: the first letter of its modality.
    void paintBadge(QPainter& painter, const QRect& box, const QModelIndex& index, const QPalette& palette)
    {
        const QStringList modalities = index.data(LibraryModel::ModalitiesRole).toStringList();
        const QString letter = modalities.contains(QLatin1String("audio")) ? QStringLiteral("♪")
            : modalities.contains(QLatin1String("text"))                   ? QStringLiteral("T")
                                                                           : QStringLiteral("·");
        painter.setBrush(palette.color(QPalette::AlternateBase));
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(palette.color(QPalette::PlaceholderText));
        painter.drawText(box, Qt::AlignCenter, letter);
    }

}

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QStyleOptionViewItem background = option;
    background.text.clear();
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, option.widget);

    const QRect box(option.rect.left() + kPad, option.rect.center().y() - kSide / 2, kSide, kSide);
    const auto image = index.data(LibraryModel::ThumbnailRole).value<QImage>();
    if (image.isNull()) {
        paintBadge(*painter, box, index, option.palette);
    } else {
        const QSize size = image.size().scaled(box.size(), Qt::KeepAspectRatio);
        painter->drawImage(QRect(box.center() - QPoint(size.width() / 2 - 1, size.height() / 2 - 1), size), image);
    }

    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor text = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    QColor muted = selected ? text : option.palette.color(QPalette::PlaceholderText);
    const bool missing = index.data(LibraryModel::MissingRole).toBool();
    const int left = box.right() + 10;
    const QRect line(left, box.top(), option.rect.right() - left - kPad, kSide / 2);
    const auto draw = [&](const QRect& where, const QString& string, const QColor& colour) {
        painter->setPen(colour);
        painter->drawText(where, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(string, Qt::ElideRight, where.width()));
    };
    painter->setFont(option.font);
    draw(line, index.data(Qt::DisplayRole).toString(), text);
    QFont small = option.font;
    small.setPointSizeF(small.pointSizeF() * 0.86);
    painter->setFont(small);
    draw(line.translated(0, kSide / 2), missing ? tr("file is missing") : index.data(LibraryModel::DetailRole).toString(), muted);
    painter->restore();
}

QSize SampleDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return { 160, kSide + 2 * kPad };
}

} // namespace triptych
