#include "core/session/ValueCache.h"

#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestValueCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLeastRecentlyUsedGoesFirst();
    void oneThatIsTooLargeStaysUntilTheNext();
    void theSameKeyIsCountedOnce();
};

static ValuePtr valueOf(int floats)
{
    const std::vector<float> data(size_t(floats), 1.f);
    auto value = std::make_shared<Value>();
    value->arrays[u"data"_s] = Array::of(std::span<const float>(data), { floats });
    return value;
}

void TestValueCache::theLeastRecentlyUsedGoesFirst()
{
    ValueCache cache(10000);
    cache.insert(u"a"_s, valueOf(1000));
    cache.insert(u"b"_s, valueOf(1000));
    QVERIFY(cache.find(u"a"_s));
    cache.insert(u"c"_s, valueOf(1000));
    QVERIFY(cache.find(u"a"_s));
    QVERIFY(!cache.find(u"b"_s));
    QVERIFY(cache.find(u"c"_s));
    QVERIFY(cache.byteSize() <= 10000);
}

void TestValueCache::oneThatIsTooLargeStaysUntilTheNext()
{
    ValueCache cache(1000);
    cache.insert(u"large"_s, valueOf(1000));
    QVERIFY(cache.find(u"large"_s));
    cache.insert(u"small"_s, valueOf(1));
    QVERIFY(!cache.find(u"large"_s));
    QVERIFY(cache.find(u"small"_s));
}

void TestValueCache::theSameKeyIsCountedOnce()
{
    ValueCache cache(100000);
    cache.insert(u"a"_s, valueOf(1000));
    const qint64 once = cache.byteSize();
    cache.insert(u"a"_s, valueOf(1000));
    QCOMPARE(cache.byteSize(), once);
    cache.clear();
    QCOMPARE(cache.byteSize(), 0);
}

QTEST_GUILESS_MAIN(TestValueCache)
#include "tst_valuecache.moc"
