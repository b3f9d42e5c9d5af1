#include "core/jobs/Error.h"
#include "core/session/Engine.h"
#include "core/session/LaunchEnvironment.h"
#include "core/session/Recipe.h"

#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestRecipe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalRecipesHaveEqualKeysWhateverTheOrder();
    void anythingDifferentGivesAnotherKey();
    void aRecipeSurvivesJson();
    void defaultsAreFilledIn();
    void aWrongOptionIsNamed_data();
    void aWrongOptionIsNamed();
    void aMissingInputIsNamed();
    void whatThePersonSetStays();
    void theProcessorChoosesTheKernel();
};

static MethodInfo method()
{
    using Type = OptionInfo::Type;
    MethodInfo info;
    info.id = u"project.umap"_s;
    info.options = { { u"dims"_s, Type::Integer, 2, 2, 3, {}, {} },
        { u"min_dist"_s, Type::Real, 0.1, 0, 1, {}, {} },
        { u"normalize"_s, Type::Boolean, true, 0, 0, {}, {} },
        { u"metric"_s, Type::Choice, u"cosine"_s, 0, 0, { u"cosine"_s, u"euclidean"_s }, {} },
        { u"model"_s, Type::Text, u""_s, 0, 0, {}, {} },
        { u"labels"_s, Type::List, QJsonArray(), 0, 0, {}, {} },
        { u"seed"_s, Type::Integer, 0, 0, 0, {}, {} } };
    return info;
}

void TestRecipe::equalRecipesHaveEqualKeysWhateverTheOrder()
{
    Recipe a { u"m"_s, {}, {} };
    a.options[u"x"_s] = 1;
    a.options[u"a"_s] = 2;
    Recipe b { u"m"_s, {}, {} };
    b.options[u"a"_s] = 2.0;
    b.options[u"x"_s] = 1.0;
    QCOMPARE(a.key(), b.key());
    QCOMPARE(a.key().size(), 64);
}

void TestRecipe::anythingDifferentGivesAnotherKey()
{
    const Recipe base { u"m"_s, { { u"a"_s, 1 } }, { { u"samples"_s, u"x"_s } } };
    Recipe other = base;
    other.method = u"n"_s;
    QVERIFY(other.key() != base.key());
    other = base;
    other.options[u"a"_s] = 2;
    QVERIFY(other.key() != base.key());
    other = base;
    other.inputs[u"samples"_s] = u"y"_s;
    QVERIFY(other.key() != base.key());
}

void TestRecipe::aRecipeSurvivesJson()
{
    const Recipe recipe { u"attend.raw"_s, { { u"layer"_s, -1 } }, { { u"samples"_s, QJsonArray { u"猫"_s } } } };
    QCOMPARE(Recipe::fromJson(recipe.toJson()), recipe);
    QCOMPARE(Recipe::fromJson(recipe.toJson()).key(), recipe.key());
}

void TestRecipe::defaultsAreFilledIn()
{
    const QJsonObject complete = completeOptions(method(), { { u"dims"_s, 3 } });
    QCOMPARE(complete.size(), 7);
    QCOMPARE(complete[u"dims"_s].toInt(), 3);
    QCOMPARE(complete[u"metric"_s].toString(), u"cosine"_s);
    QCOMPARE(complete[u"min_dist"_s].toDouble(), 0.1);
}

void TestRecipe::aWrongOptionIsNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("no such option") << u"colour"_s << QJsonValue(1);
    QTest::newRow("not whole") << u"dims"_s << QJsonValue(2.5);
    QTest::newRow("too large") << u"dims"_s << QJsonValue(4);
    QTest::newRow("text for a number") << u"min_dist"_s << QJsonValue(u"0.1"_s);
    QTest::newRow("number for a switch") << u"normalize"_s << QJsonValue(1);
    QTest::newRow("no such choice") << u"metric"_s << QJsonValue(u"manhattan"_s);
    QTest::newRow("number for a text") << u"model"_s << QJsonValue(5);
    QTest::newRow("text for a list") << u"labels"_s << QJsonValue(u"cat"_s);
}

void TestRecipe::aWrongOptionIsNamed()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    try {
        completeOptions(method(), { { name, value } });
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(name));
        QVERIFY(error.message().contains(u"project.umap"_s));
    }
}

void TestRecipe::aMissingInputIsNamed()
{
    Inputs inputs;
    inputs.values[u"empty"_s] = nullptr;
    QVERIFY_EXCEPTION_THROWN(inputs.value(u"empty"_s), Error);
    QVERIFY_EXCEPTION_THROWN(inputs.value(u"embeddings"_s), Error);
}

void TestRecipe::whatThePersonSetStays()
{
    qputenv("OPENBLAS_CORETYPE", "Nehalem");
    qputenv("GOMP_SPINCOUNT", "7");
    prepareProcess();
    QCOMPARE(qgetenv("OPENBLAS_CORETYPE"), QByteArray("Nehalem"));
    QCOMPARE(qgetenv("GOMP_SPINCOUNT"), QByteArray("7"));
}

void TestRecipe::theProcessorChoosesTheKernel()
{
    qunsetenv("OPENBLAS_CORETYPE");
    qunsetenv("GOMP_SPINCOUNT");
    qunsetenv("OMP_WAIT_POLICY");
    prepareProcess();
    QCOMPARE(qgetenv("GOMP_SPINCOUNT"), QByteArray("1000"));
#if defined(__x86_64__)
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    const bool middle = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    QCOMPARE(qgetenv("OPENBLAS_CORETYPE"), QByteArray(wide ? "SkylakeX" : middle ? "Haswell" : ""));
#endif
}

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
