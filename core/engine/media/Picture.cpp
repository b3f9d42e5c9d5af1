#include "core/engine/media/Media.h"
#include "core/engine/media/PictureDecoder.h"
#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <QCoreApplication>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace triptych {

namespace {

cv::Size scaledSize(const cv::Mat& mat, int maxSide)
{
    const int longer = std::max(mat.cols, mat.rows);
    if (maxSide <= 0 || longer <= maxSide)
        return mat.size();
    const double factor = double(maxSide) / longer;
    return {std::max(1, cvRound(mat.cols * factor)), std::max(1, cvRound(mat.rows * factor))};
}

cv::Mat scaled(const cv::Mat& mat, int maxSide)
{
    const cv::Size size = scaledSize(mat, maxSide);
    if (size == mat.size())
        return mat;
    cv::Mat out;
    cv::resize(mat, out, size, 0, 0, cv::INTER_AREA);
    return out;
}

/// Colours weigh by their alpha, or clear pixels would bleed into the edges.
cv::Mat scaledWithAlpha(const cv::Mat& bgra, int maxSide)
{
    const cv::Size size = scaledSize(bgra, maxSide);
    if (size == bgra.size())
        return bgra;
    cv::Mat weighted(bgra.rows, bgra.cols, CV_16UC4);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* in = bgra.ptr<uchar>(y);
        auto* out = weighted.ptr<uint16_t>(y);
        for (int x = 0; x < bgra.cols * 4; x += 4) {
            for (int c = 0; c < 3; ++c)
                out[x + c] = uint16_t(in[x + c] * in[x + 3]);
            out[x + 3] = uint16_t(in[x + 3] * 255);
        }
    }
    cv::Mat small;
    cv::resize(weighted, small, size, 0, 0, cv::INTER_AREA);
    cv::Mat straight(size, CV_8UC4);
    for (int y = 0; y < size.height; ++y) {
        const auto* in = small.ptr<uint16_t>(y);
        auto* out = straight.ptr<uchar>(y);
        for (int x = 0; x < size.width * 4; x += 4) {
            const unsigned alpha = in[x + 3];
            for (int c = 0; c < 3; ++c)
                out[x + c] = alpha == 0
                    ? uchar(0)
                    : uchar(std::min(255U, (in[x + c] * 255U + alpha / 2) / alpha));
            out[x + 3] = uchar((alpha + 127) / 255);
        }
    }
    return straight;
}

cv::Mat laidOver(const cv::Mat& bgra, const std::vector<uchar>& rgb)
{
    cv::Mat out(bgra.rows, bgra.cols, CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* in = bgra.ptr<uchar>(y);
        auto* target = out.ptr<uchar>(y);
        for (int x = 0; x < bgra.cols; ++x, in += 4, target += 3) {
            const int alpha = in[3];
            for (int c = 0; c < 3; ++c)
                target[c] = uchar((in[c] * alpha + rgb[size_t(2 - c)] * (255 - alpha) + 127) / 255);
        }
    }
    return out;
}

/// OpenCV's order of channels to ours, straight into the tensor's memory.
at::Tensor toTensor(const cv::Mat& mat, int channels, int conversion)
{
    at::Tensor out = at::empty({mat.rows, mat.cols, channels}, at::kByte);
    cv::Mat view(mat.rows, mat.cols, CV_8UC(channels), out.data_ptr<uint8_t>());
    cv::cvtColor(mat, view, conversion);
    return out;
}

} // namespace

at::Tensor readPicture(const Source& source, const PictureOptions& options)
{
    cv::Mat mat = decodePicture(source, options);
    if (mat.channels() == 4 && options.background.size() == 3)
        mat = laidOver(mat, options.background);
    else if (mat.channels() == 4)
        cv::cvtColor(mat, mat, cv::COLOR_BGRA2BGR);
    mat = scaled(mat, options.maxSide);
    return toTensor(mat, 3, mat.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
}

at::Tensor readPictureAlpha(const Source& source, const PictureOptions& options)
{
    const cv::Mat mat = decodePicture(source, options);
    if (mat.channels() == 4)
        return toTensor(scaledWithAlpha(mat, options.maxSide), 4, cv::COLOR_BGRA2RGBA);
    const cv::Mat small = scaled(mat, options.maxSide);
    return toTensor(small, 4, mat.channels() == 1 ? cv::COLOR_GRAY2RGBA : cv::COLOR_BGR2RGBA);
}

QByteArray encodePng(const at::Tensor& picture)
{
    const auto wrong = [] {
        return Error(QCoreApplication::translate("media",
            "A picture to write as PNG must be bytes [height, width, 3 or 4] and not empty"));
    };
    if (picture.scalar_type() != at::kByte || picture.dim() != 3 || picture.numel() == 0
        || (picture.size(2) != 3 && picture.size(2) != 4))
        throw wrong();
    const at::Tensor plain = picture.contiguous();
    const int channels = int(plain.size(2));
    const cv::Mat view(
        int(plain.size(0)), int(plain.size(1)), CV_8UC(channels), plain.data_ptr<uint8_t>());
    cv::Mat ordered;
    cv::cvtColor(view, ordered, channels == 3 ? cv::COLOR_RGB2BGR : cv::COLOR_RGBA2BGRA);
    std::vector<uchar> bytes;
    if (!cv::imencode(".png", ordered, bytes))
        throw wrong();
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

} // namespace triptych
