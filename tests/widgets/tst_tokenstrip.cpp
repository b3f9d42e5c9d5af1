#include "widgets/plots/TokenStrip.h"

#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace triptych;

class TestTokenStrip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theHeaviestTokenHasTheTopColour()
    {
        TokenStrip strip;
        strip.resize(400, 60);
        strip.setTokens({ QStringLiteral("a"), QStringLiteral("grey"), QStringLiteral("cat") }, { 0.1f, NAN, 0.9f });
        const QImage image = strip.grab().toImage();
        const auto ground = [&](int token) {
            return image.pixelColor((strip.tokenRect(token).bottomLeft() + QPointF(5, -3)).toPoint());
        };
        QCOMPARE(ground(2), QColor(ColorMap().at(1)));
        QCOMPARE(ground(0), QColor(ColorMap().at(0)));
        QCOMPARE(ground(1), strip.colors().panel);
    }

    void tokensWrapAndTheHeightFollows()
    {
        TokenStrip strip;
        QStringList tokens;
        for (int i = 0; i < 40; ++i)
            tokens << QStringLiteral("token%1").arg(i);
        strip.setTokens(tokens);
        QVERIFY(strip.heightForWidth(200) > 3 * strip.heightForWidth(2000));
        strip.resize(200, strip.heightForWidth(200));
        for (int i = 0; i < 40; ++i)
            QVERIFY(QRectF(strip.rect()).contains(strip.tokenRect(i)));
    }

    void clickAndKeysNameTheToken()
    {
        TokenStrip strip;
        strip.resize(400, 60);
        strip.setTokens({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") }, { 1, 2, 3 });
        strip.show();
        QSignalSpy clicked(&strip, &TokenStrip::tokenClicked);
        QTest::mouseMove(&strip, strip.tokenRect(1).center().toPoint());
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.tokenRect(1).center().toPoint());
        QCOMPARE(clicked.last().first().toInt(), 1);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Return);
        QCOMPARE(clicked.last().first().toInt(), 2);
        QCOMPARE(strip.tokenAt(QPointF(390, 50)), -1);
    }
};

QTEST_MAIN(TestTokenStrip)
#include "tst_tokenstrip.moc"
