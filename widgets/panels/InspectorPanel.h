#pragma once

#include "widgets/Thumbnails.h"

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace triptych {

class FrameStrip;
class NeighborList;
class PictureBox;
class SoundPlayer;

/// A fact about a sample, as a person reads it.
struct Fact {
    QString title;
    QString value;
    QString toolTip;
};
/// What is known without reading the signal: language, synthetic, seen or unseen, where it is.
QList<Fact> factsOf(const Sample& sample);

/// The current sample: its media, facts, label, how well its own modalities agree, and who is near.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    InspectorPanel(Session& session, Thumbnails& thumbnails, QWidget* parent = nullptr);

    QLineEdit* labelEdit() const { return m_label; }
    SoundPlayer* player() const { return m_player; }
    PictureBox* pictureBox() const { return m_picture; }
    NeighborList* neighbors() const { return m_neighbors; }
    QWidget* missingBox() const { return m_missingBox; }
    /// What the rows of facts say, one "title: value" a line.
    QString factsText() const;

private:
    void buildLayout();
    void sampleChanged(); ///< another current sample: everything anew
    void refresh(); ///< the same sample, changed
    void requestMedia(const Sample& sample);
    void receive(const QString& key, const ValuePtr& value);
    void showFacts(const Sample& sample);
    void showCosines(const Sample& sample);
    void showMissing(const Sample& sample);
    void locate();

    Session& m_session;
    QString m_id;
    QStackedWidget* m_stack;
    QLabel* m_title;
    QWidget* m_labelRow;
    QLineEdit* m_label;
    QWidget* m_missingBox;
    QLabel* m_missing;
    QPushButton* m_locate;
    PictureBox* m_picture;
    SoundPlayer* m_player;
    FrameStrip* m_frames;
    QLabel* m_text;
    QLabel* m_failure;
    QWidget* m_factsBox;
    QFormLayout* m_facts;
    NeighborList* m_neighbors;
    QHash<QString, QString> m_waiting; // recipe key → method
    QList<Fact> m_mediaFacts; // known once the media were read
};

} // namespace triptych
