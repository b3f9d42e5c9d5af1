#include "core/engine/training/MiniData.h"
#include "core/engine/training/TextTeacher.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QTest>

using namespace triptych;

namespace {

MiniConcept conceptOf(const QString& english, const QString& french, const QStringList& keywords, const QString& fold)
{
    MiniConcept item;
    item.id = english;
    item.captions = { { QStringLiteral("en"), english }, { QStringLiteral("fr"), french } };
    item.keywords = { { QStringLiteral("en"), keywords } };
    item.fold = fold;
    return item;
}

std::vector<MiniConcept> concepts()
{
    const auto text = [](const char* given) { return QString::fromUtf8(given); };
    return {
        conceptOf(text("brown bear"), text("ours brun"), { text("animal"), text("fur") }, text("animals")),
        conceptOf(text("polar bear"), text("ours polaire"), { text("animal"), text("ice") }, text("animals")),
        conceptOf(text("red fox"), text("renard roux"), { text("animal"), text("fur") }, text("animals")),
        conceptOf(text("fire engine"), text("camion de pompiers"), { text("truck"), text("car") }, text("traffic")),
        conceptOf(text("delivery truck"), text("camion de livraison"), { text("truck"), text("car") }, text("traffic")),
        conceptOf(text("racing car"), text("voiture de course"), { text("car"), text("fast") }, text("traffic")),
    };
}

std::vector<const MiniConcept*> pointers(const std::vector<MiniConcept>& items)
{
    std::vector<const MiniConcept*> seen;
    for (const MiniConcept& item : items)
        seen.push_back(&item);
    return seen;
}

} // namespace

class TstTextTeacher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAreUnitAndPaddedToTheDimension();
    void relatedConceptsLieTogether();
    void aTextLiesAtItsConcept();
    void anUnknownTextIsNowhere();
    void twoTeachersOfTheSameConceptsAgree();
    void theSpaceIsThatOfTheSimilarities();
};

void TstTextTeacher::rowsAreUnitAndPaddedToTheDimension()
{
    const auto items = concepts();
    const TextTeacher teacher(pointers(items), 16);
    QCOMPARE(teacher.centres().sizes(), at::IntArrayRef({ 6, 16 }));
    QVERIFY(at::allclose(teacher.centres().norm(2, { 1 }), at::ones({ 6 }), 1e-5, 1e-5));
    QVERIFY(teacher.centres().narrow(1, 6, 10).eq(0).all().item<bool>()); // six concepts have six axes
    QCOMPARE(TextTeacher(pointers(items), 3).centres().size(1), int64_t(3));
}

void TstTextTeacher::relatedConceptsLieTogether()
{
    const auto items = concepts();
    const TextTeacher teacher(pointers(items), 4);
    const at::Tensor near = at::matmul(teacher.centres(), teacher.centres().t());
    const auto cosine = [&](int a, int b) { return near[a][b].item<double>(); };
    QVERIFY(cosine(0, 1) > cosine(0, 4)); // bears, and a truck
    QVERIFY(cosine(3, 4) > cosine(3, 1)); // camion de …
}

void TstTextTeacher::aTextLiesAtItsConcept()
{
    const auto items = concepts();
    const TextTeacher teacher(pointers(items), 16);
    for (const QString& text : { QStringLiteral("polar bear"), QStringLiteral("An OURS polaire!") }) {
        const at::Tensor scores = at::matmul(teacher.centres(), teacher.place({ text })[0]);
        QCOMPARE(scores.argmax().item<int64_t>(), int64_t(1));
    }
    // A word of no seen text, by the parts it shares.
    const at::Tensor scores = at::matmul(teacher.centres(), teacher.place({ QStringLiteral("trucker") })[0]);
    QVERIFY(scores.argmax().item<int64_t>() == 3 || scores.argmax().item<int64_t>() == 4);
}

void TstTextTeacher::anUnknownTextIsNowhere()
{
    const auto items = concepts();
    const TextTeacher teacher(pointers(items), 8);
    const at::Tensor places = teacher.place({ QStringLiteral("zzz"), QStringLiteral("bear") });
    QVERIFY(places[0].eq(0).all().item<bool>());
    QVERIFY(std::abs(places[1].norm().item<double>() - 1) < 1e-5);
    QCOMPARE(teacher.place({}).size(0), int64_t(0));
}

void TstTextTeacher::twoTeachersOfTheSameConceptsAgree()
{
    const auto items = concepts();
    const TextTeacher one(pointers(items), 8);
    const TextTeacher two(pointers(items), 8);
    QVERIFY(at::equal(one.centres(), two.centres()));
    QVERIFY(at::equal(one.place({ QStringLiteral("car") }), two.place({ QStringLiteral("car") })));
}

void TstTextTeacher::theSpaceIsThatOfTheSimilarities()
{
    // Two concepts that share every part, and two that share none but with their double: whatever the
    // turn of the axes, equal ones are at the same place and the two pairs opposite, as the mean is off.
    std::vector<MiniConcept> items;
    for (const char* name : { "kiwi", "kiwi", "zebra", "zebra" })
        items.push_back(conceptOf(QLatin1String(name), {}, {}, QLatin1String(name)));
    const TextTeacher teacher(pointers(items), 4);
    const at::Tensor near = at::matmul(teacher.centres(), teacher.centres().t());
    const at::Tensor expected = at::tensor({ 1.f, 1.f, -1.f, -1.f, 1.f, 1.f, -1.f, -1.f, -1.f, -1.f, 1.f, 1.f, -1.f, -1.f, 1.f, 1.f }).view({ 4, 4 });
    QVERIFY2(at::allclose(near, expected, 1e-4, 1e-4), "the Gram matrix of the centres");
}

QTEST_GUILESS_MAIN(TstTextTeacher)
#include "tst_textteacher.moc"
