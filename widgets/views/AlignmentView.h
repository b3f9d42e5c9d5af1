#pragma once

#include "widgets/View.h"
#include "widgets/views/AlignmentData.h"

class QComboBox;
class QLabel;
class QTabWidget;
class QTimer;

namespace triptych {

class MatrixTab;
class RetrievalTab;
class ScoresTab;
class ZeroShotTab;

/// What the tabs of the alignment view show.
struct AlignmentResult {
    PairRows pairs;
    ValuePtr similarity; ///< score.similarity [N, N], null until it is there
    ValuePtr scores; ///< score.all, null until it is there
    QString message; ///< why there is nothing to show: a sentence
};

/// How well two modalities agree: similarity matrix, retrieval both ways, scores with their null,
/// zero-shot classification; over the unseen, seen, all or selected samples.
class AlignmentView : public View {
    Q_OBJECT
public:
    explicit AlignmentView(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("alignment"); }
    QString title() const override;
    QJsonObject state() const override;
    void setState(const QJsonObject& state) override;
    void paintFigure(QPainter& painter, const QRectF& area, bool dark) const override;
    ValuePtr data() const override;
    QString commandLine() const override;
    bool isSettled() const override;

    const AlignmentResult& result() const { return m_result; }
    /// Shows a result that was not asked for here.
    void setResult(const AlignmentResult& result);
    MatrixTab* matrixTab() const { return m_matrix; }
    RetrievalTab* retrievalTab() const { return m_retrieval; }
    ScoresTab* scoresTab() const { return m_scores; }
    ZeroShotTab* zeroShotTab() const { return m_zeroShot; }
    QTabWidget* tabs() const { return m_tabs; }

private:
    void buildLayout();
    void fillPairs();
    void measure(); ///< asks for what the chosen pair and scope need
    void receive(const QString& key, const ValuePtr& value);
    void fail(const QString& key, const QString& error);
    QString emptyReason(const PairRows& pairs) const;
    Scope scope() const;
    QString scopeText() const; ///< scope, pair and N in a line

    QComboBox* m_pair;
    QComboBox* m_scope;
    QLabel* m_count;
    QTabWidget* m_tabs;
    MatrixTab* m_matrix;
    RetrievalTab* m_retrieval;
    ScoresTab* m_scores;
    ZeroShotTab* m_zeroShot;
    QTimer* m_delay;
    AlignmentResult m_result;
    QString m_similarityKey; // under way
    QString m_scoresKey;
    QString m_wantedPair; // from a saved state, until both sides are embedded
    bool m_scopeChosen = false;
};

View* makeAlignmentView(Session& session);

} // namespace triptych
