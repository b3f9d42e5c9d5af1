#include "core/engine/media/Media.h"

#include <ATen/Functions.h>
#include <QTest>
#include <future>

using namespace triptych;

/// Texts of an SVG need fonts, and those a QGuiApplication: so this stands apart from tst_picture.
class tst_SvgText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textsAreDrawnOnSeveralWorkerThreadsAtOnce();
};

void tst_SvgText::textsAreDrawnOnSeveralWorkerThreadsAtOnce()
{
    Source source;
    source.bytes = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" "
                   "viewBox=\"0 0 40 20\"><text x=\"2\" y=\"18\" font-size=\"20\">MW</text></svg>";
    std::vector<std::future<at::Tensor>> drawings;
    for (int i = 0; i < 8; ++i)
        drawings.push_back(
            std::async(std::launch::async, [&source] { return readPicture(source); }));
    const at::Tensor first = drawings.front().get();
    QVERIFY(first.min().item<int>() < 64); // black letters on white
    QVERIFY(first.max().item<int>() == 255);
    for (size_t i = 1; i < drawings.size(); ++i)
        QVERIFY(at::equal(drawings[i].get(), first));
}

QTEST_MAIN(tst_SvgText)
#include "tst_svgtext.moc"
