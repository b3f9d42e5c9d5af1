#include "widgets/views/MapCard.h"

#include "widgets/views/CommandText.h"

#include <QLabel>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr int Side = 128;
constexpr int Delay = 125; // milliseconds

} // namespace

MapCard::MapCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_thumbnails(session, Side)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_picture->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_facts->setObjectName(QStringLiteral("quiet"));
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_picture);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(Delay);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        fill();
        show();
        place();
        raise();
    });
    connect(&m_thumbnails, &Thumbnails::ready, this, [this](const QString& id) {
        if (id != m_id || !isVisible())
            return;
        fill();
        place();
    });
}

void MapCard::showLater(const QString& id, Modality modality, const QPointF& position)
{
    hide();
    m_id = id;
    m_modality = modality;
    m_position = position;
    m_thumbnails.get(id); // asked for now, so that it is there when the card is
    m_delay.start();
}

void MapCard::hideNow()
{
    m_delay.stop();
    m_id.clear();
    hide();
}

void MapCard::fill()
{
    const Sample* sample = m_session.sample(m_id);
    if (!sample)
        return;
    QImage picture = m_thumbnails.get(m_id);
    m_picture->setVisible(!picture.isNull());
    if (!picture.isNull()) {
        picture.setDevicePixelRatio(1);
        m_picture->setPixmap(QPixmap::fromImage(picture));
    }
    const QString title = sample->title();
    m_title->setText(title.size() > 160 ? title.left(159) + u'…' : title);
    QStringList facts { modalityTitle(m_modality) };
    if (!sample->label.isEmpty())
        facts << sample->label;
    if (const auto source = sample->sources.find(m_modality); source != sample->sources.end()) {
        if (!source->second.language.isEmpty())
            facts << languageName(source->second.language);
        if (source->second.synthetic)
            facts << tr("synthetic");
    }
    if (sample->split == QLatin1String("test"))
        facts << tr("unseen in training");
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

void MapCard::place()
{
    setFixedWidth(Side + 48);
    adjustSize();
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    QPoint at = m_position.toPoint() + QPoint(18, 12);
    if (at.x() + width() > room.right())
        at.setX(m_position.toPoint().x() - 18 - width());
    if (at.y() + height() > room.bottom())
        at.setY(room.bottom() - height());
    move(std::max(room.left(), at.x()), std::max(room.top(), at.y()));
}

} // namespace triptych
