#include "tests/support/PlantedSession.h"
#include "widgets/panels/FrameStrip.h"
#include "widgets/panels/InspectorPanel.h"
#include "widgets/panels/NeighborList.h"
#include "widgets/panels/PictureBox.h"
#include "widgets/panels/SoundOutput.h"
#include "widgets/panels/SoundPlayer.h"

#include <QLineEdit>
#include <QSlider>
#include <QToolButton>
#include <QTreeWidget>
#include <cstring>

using namespace triptych;

class TestInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_planted = std::make_unique<PlantedSession>();
        QVERIFY(m_planted->start());
        m_planted->addSamples();
        QVERIFY(m_planted->embed());
        m_thumbnails = std::make_unique<Thumbnails>(m_planted->session());
    }

    void init()
    {
        m_planted->session().select({});
        m_panel = std::make_unique<InspectorPanel>(m_planted->session(), *m_thumbnails);
        m_panel->resize(300, 900);
        m_panel->show();
    }

    void cleanup() { m_panel.reset(); }

    void cleanupTestCase()
    {
        m_thumbnails.reset();
        m_planted.reset();
    }

    void thePictureAndItsFactsAreShown()
    {
        m_planted->session().select({m_planted->id(1)});
        QTRY_VERIFY(!m_panel->pictureBox()->picture().isNull());
        QTRY_VERIFY(m_panel->factsText().contains(QStringLiteral("480 × 400 pixels")));
        const QString facts = m_panel->factsText();
        QVERIFY2(facts.contains(QLatin1String("unseen")), qPrintable(facts));
        QVERIFY2(facts.contains(QLatin1String("French, synthetic")), qPrintable(facts));
        QVERIFY2(facts.contains(QLatin1String("cosine 1.000")), qPrintable(facts));
    }

    void aPairThatDisagreesShowsItsCosine()
    {
        m_planted->session().select({m_planted->id(2)}); // its text is 0.6 of the way off
        QVERIFY2(m_panel->factsText().contains(QLatin1String("cosine 0.600")),
            qPrintable(m_panel->factsText()));
    }

    void anEditedLabelGoesToTheSession()
    {
        const QString id = m_planted->id(3);
        m_planted->session().select({id});
        m_panel->labelEdit()->setFocus();
        m_panel->labelEdit()->selectAll();
        QTest::keyClicks(m_panel->labelEdit(), QStringLiteral("boat"));
        QTest::keyClick(m_panel->labelEdit(), Qt::Key_Return);
        QCOMPARE(m_planted->session().sample(id)->label, QStringLiteral("boat"));
    }

    void neighboursAreListedAndSelectOnClick()
    {
        m_planted->session().select({m_planted->id(2)});
        QTreeWidget* tree = m_panel->neighbors()->tree();
        QTRY_COMPARE(tree->topLevelItemCount(), 3);
        QTRY_VERIFY(tree->topLevelItem(1)->childCount() > 0);
        // Picture 2 finds its own text first, with the planted 0.6.
        QTreeWidgetItem* own = tree->topLevelItem(1)->child(0);
        QCOMPARE(own->data(0, Qt::UserRole).toString(), m_planted->id(2));
        QCOMPARE(own->text(1), QStringLiteral("0.600"));
        // Among the pictures it does not list itself.
        QTRY_VERIFY(tree->topLevelItem(0)->childCount() > 0);
        QVERIFY(
            tree->topLevelItem(0)->child(0)->data(0, Qt::UserRole).toString() != m_planted->id(2));
        Q_EMIT tree->itemClicked(tree->topLevelItem(0)->child(0), 0);
        QVERIFY(m_planted->session().current() != m_planted->id(2));
    }

    void aMissingFileIsShownAsMissing()
    {
        m_planted->session().select({m_planted->id(5)});
        QVERIFY(m_panel->missingBox()->isHidden());
        QVERIFY(QFile::rename(m_planted->path(QStringLiteral("picture6.png")),
            m_planted->path(QStringLiteral("gone"))));
        m_planted->session().select({m_planted->id(6)});
        QTRY_VERIFY(!m_panel->missingBox()->isHidden());
        QVERIFY(m_panel->pictureBox()->isHidden());
        QVERIFY(QFile::rename(m_planted->path(QStringLiteral("gone")),
            m_planted->path(QStringLiteral("picture6.png"))));
    }

    void withoutAnAudioDeviceTheButtonSaysWhy()
    {
        m_planted->session().select({m_planted->id(1)});
        QTRY_COMPARE(m_panel->player()->output()->duration(), 1.0);
        QToolButton* play = m_panel->player()->playButton();
        QCOMPARE(play->isEnabled(), SoundOutput::unavailable().isEmpty());
        QCOMPARE(play->toolTip(), SoundOutput::unavailable());
    }

    void samplesBecomeWhatTheDeviceWants()
    {
        QAudioFormat format;
        format.setSampleRate(200);
        format.setChannelCount(2);
        format.setSampleFormat(QAudioFormat::Int16);
        const QByteArray bytes = pcmBytes({0.0F, 1.0F, -2.0F}, 100, format);
        QCOMPARE(bytes.size(), 6 * 4); // twice the rate, two channels
        std::array<qint16, 12> values {};
        std::memcpy(values.data(), bytes.constData(), size_t(bytes.size()));
        QCOMPARE(values[0], qint16(0));
        QCOMPARE(values[2], qint16(16384)); // halfway
        QCOMPARE(values[4], qint16(32767));
        QCOMPARE(values[5], qint16(32767)); // the same on the other channel
        QCOMPARE(values[8], qint16(-32767)); // louder than full is full
        QVERIFY(pcmBytes({}, 100, format).isEmpty());
    }

    void theSliderGoesThroughTheFrames()
    {
        std::vector<uchar> pixels(2 * 2 * 2 * 3, 10);
        std::fill(pixels.begin() + 12, pixels.end(), uchar(200));
        Value value;
        value.arrays[QStringLiteral("frames")] = Array::of(pixels, {2, 2, 2, 3});
        const std::vector<double> times {0.0, 0.5};
        value.arrays[QStringLiteral("times")] = Array::of(times, {2});
        FrameStrip strip;
        strip.setFrames(value);
        QCOMPARE(strip.count(), 2);
        strip.slider()->setValue(1);
        QCOMPARE(qRed(strip.findChild<PictureBox*>()->picture().pixel(0, 0)), 200);
    }

private:
    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<Thumbnails> m_thumbnails;
    std::unique_ptr<InspectorPanel> m_panel;
};

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
