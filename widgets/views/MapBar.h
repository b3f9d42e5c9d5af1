#pragma once

#include "widgets/views/MapColoring.h"
#include "widgets/views/MapProjection.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QTimer;
class QToolButton;

namespace triptych {

class OptionForm;

/// The controls of the map, in two lines. Says what was chosen; knows nothing of points.
class MapBar : public QWidget {
    Q_OBJECT
public:
    explicit MapBar(QWidget* parent = nullptr);

    /// Fills projections and their options from the descriptor table.
    void setMethods(const std::vector<MethodInfo>& methods);
    QString method() const { return m_methodId; }
    QJsonObject options() const;                   ///< of the chosen method
    QString color() const;
    std::vector<Modality> hiddenModalities() const { return m_hidden; }
    bool pairsShown() const;
    bool picturesShown() const;
    QToolButton* picturesButton() const { return m_pictures; }
    QString search() const;

    void setColorChoices(const QList<ColorChoice>& choices);
    void setModalities(const std::vector<Modality>& modalities);
    void setPairCount(qsizetype count);
    void setMatches(qsizetype count);              ///< -1: nothing is searched
    void setProjectionState(MapProjection::State state, int epoch, int epochs);
    void focusSearch();

    QJsonObject state() const;
    void setState(const QJsonObject& state);

Q_SIGNALS:
    void projectionChanged();                      ///< another method or other options
    void runClicked();                             ///< run, pause or resume, by the state
    void colorChanged();
    void modalitiesChanged();
    void pairsChanged();
    void picturesChanged();
    void searchChanged();
    void matchesTaken();                           ///< Enter in the search field
    void toolChanged(triptych::ScatterPlot::Tool tool);
    void fitClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildProjectionLine();
    QWidget* buildLookLine();
    QToolButton* button(const QString& text, const QString& tip, bool checkable);
    void chooseMethod(const QString& id);
    void rebuildChips();

    std::vector<MethodInfo> m_methods;
    QString m_methodId = QStringLiteral("project.umap");
    QJsonObject m_options;                         // by method id
    std::vector<Modality> m_modalities;
    std::vector<Modality> m_hidden;
    QComboBox* m_method = nullptr;
    QToolButton* m_optionsButton = nullptr;
    OptionForm* m_form = nullptr;
    QTimer* m_settle = nullptr;
    QToolButton* m_run = nullptr;
    QLabel* m_progress = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_matches = nullptr;
    QComboBox* m_color = nullptr;
    QString m_wantedColor;                         // of a saved state, until its column is there
    QHBoxLayout* m_chips = nullptr;
    QToolButton* m_pairs = nullptr;
    QToolButton* m_pictures = nullptr;
};

} // namespace triptych
