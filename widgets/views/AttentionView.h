#pragma once

#include "widgets/View.h"
#include "widgets/views/AttentionPane.h"

#include <QHash>

class QAbstractButton;
class QButtonGroup;
class QHBoxLayout;
class QSplitter;
class QToolButton;

namespace triptych {

class AttentionWords;
class FrameScrubber;
class HeadNavigator;
class MapStyleBar;
class SoundOutput;

/// Where a tower looks in the current sample: picture, sound, text or the frames of a video, one
/// method or two side by side. Every layer and head comes with one request; sliders only draw.
class AttentionView : public View {
    Q_OBJECT
public:
    explicit AttentionView(Session& session, QWidget* parent = nullptr);
    ~AttentionView() override;

    QString id() const override { return QStringLiteral("attention"); }
    QString title() const override;
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;
    QSizeF figureSize() const override;
    ValuePtr data() const override;
    QString commandLine() const override;
    bool isSettled() const override;

    Modality modality() const { return m_modality; }
    AttentionPane* pane(int index) const { return index == 0 ? m_first : m_second; }
    HeadNavigator* navigator() const { return m_navigator; }
    MapStyleBar* styleBar() const { return m_style; }
    FrameScrubber* frames() const { return m_frames; }
    AttentionWords* words() const { return m_words; }
    QToolButton* compareButton() const { return m_compare; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void connectParts();
    void sampleChanged(); ///< another sample, model or workspace
    void showChips();
    void setModality(Modality modality);
    Recipe mapsRecipe(int frame) const;
    void requestMaps();
    bool attends() const; ///< the tower has attention: it is no convolutional net
    void requestFramesAhead(); ///< so that scrubbing only draws
    void showFrames(const Value& frames);
    void setFrame(int frame);
    void requestMedia();
    void receive(const QString& key, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    void showSubject(); ///< hands both panels what they are about
    void showStyle();
    void showWordsPane(); ///< beside the panes, or in their place where nothing else can be seen
    void alignCaptions();
    void setQueryCell(int cell);
    QString missingReason() const; ///< why there is nothing to see; empty when there is
    bool isComparing() const;

    QButtonGroup* m_chips;
    QHBoxLayout* m_chipRow;
    QWidget* m_navigatorRoom = nullptr;
    QSplitter* m_panes = nullptr;
    QToolButton* m_compare;
    HeadNavigator* m_navigator;
    AttentionPane* m_first;
    AttentionPane* m_second;
    AttentionWords* m_words;
    MapStyleBar* m_style;
    FrameScrubber* m_frames;
    SoundOutput* m_sound;

    QString m_sampleId;
    Modality m_modality = Modality::Image;
    bool m_soundKnown = false;
    int m_query = -1;
    int m_frame = 0;
    ValuePtr m_maps;
    QString m_mapsKey; // under way
    QString m_mediaKey;
    QString m_failure;
};

View* makeAttentionView(Session& session);

} // namespace triptych
