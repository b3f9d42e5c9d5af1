#include "widgets/forms/OptionForm.h"

#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace triptych;

class TestOptionForm : public QObject {
    Q_OBJECT

    static QList<OptionInfo> table()
    {
        using Type = OptionInfo::Type;
        return {
            { QStringLiteral("neighbors"), Type::Integer, 15, 2, 500, {}, QStringLiteral("Neighbours") },
            { QStringLiteral("min_dist"), Type::Real, 0.1, 0, 0.99, {}, {} },
            { QStringLiteral("quality"), Type::Boolean, false, 0, 0, {}, {} },
            { QStringLiteral("metric"), Type::Choice, QStringLiteral("cosine"), 0, 0,
                { QStringLiteral("cosine"), QStringLiteral("euclidean") }, {} },
            { QStringLiteral("k"), Type::List, QJsonArray { 1, 5, 10 }, 0, 0, {}, {} },
            { QStringLiteral("out"), Type::File, QString(), 0, 0, {}, {} },
            { QStringLiteral("target"), Type::Text, QStringLiteral("text"), 0, 0, {}, {} },
        };
    }

private Q_SLOTS:
    void anUntouchedFormHasTheDefaults()
    {
        OptionForm form;
        form.setOptions(table());
        const QJsonObject values = form.values();
        for (const OptionInfo& option : table())
            QCOMPARE(values.value(option.name), option.defaultValue);
    }

    void valuesGoInAndComeOut()
    {
        OptionForm form;
        form.setOptions(table());
        QSignalSpy changed(&form, &OptionForm::changed);
        const QJsonObject wanted { { QStringLiteral("neighbors"), 30 }, { QStringLiteral("min_dist"), 0.25 },
            { QStringLiteral("quality"), true }, { QStringLiteral("metric"), QStringLiteral("euclidean") },
            { QStringLiteral("k"), QJsonArray { 3 } }, { QStringLiteral("out"), QStringLiteral("/tmp/x") },
            { QStringLiteral("target"), QStringLiteral("audio") } };
        form.setValues(wanted);
        QCOMPARE(form.values(), wanted);
        QCOMPARE(changed.count(), 1);
        form.setValues(wanted);
        QCOMPARE(changed.count(), 1);
        form.reset();
        QCOMPARE(form.values().value(QStringLiteral("neighbors")).toInt(), 15);
    }

    void onlyTheNamedOptionsAreShown()
    {
        OptionForm form;
        form.setOptions(table(), { QStringLiteral("metric"), QStringLiteral("neighbors") });
        QCOMPARE(form.values().keys(), (QStringList { QStringLiteral("metric"), QStringLiteral("neighbors") }));
        auto* box = form.findChild<QSpinBox*>(QStringLiteral("neighbors"));
        QVERIFY(box);
        QCOMPARE(box->minimum(), 2);
        QCOMPARE(box->maximum(), 500);
        QSignalSpy changed(&form, &OptionForm::changed);
        box->setValue(7);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(form.values().value(QStringLiteral("neighbors")).toInt(), 7);
    }
};

QTEST_MAIN(TestOptionForm)
#include "tst_optionform.moc"
