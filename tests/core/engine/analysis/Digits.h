#pragma once

#include "AnalysisSupport.h"

#include <ATen/Functions.h>
#include <QFile>

#include <zlib.h>

namespace triptych::testing {

/// The first rows of the MNIST test pictures, 0 … 1; empty when the shared data is absent.
inline std::vector<float> mnist(int rows)
{
    const QByteArray path
        = QByteArrayLiteral(TRIPTYCH_SHARED_DIR "/data/mnist-test/t10k-images-idx3-ubyte.gz");
    if (!QFile::exists(QString::fromUtf8(path)))
        return {};
    gzFile file = gzopen(path.constData(), "rb");
    std::vector<uchar> bytes(size_t(16 + rows * 784));
    const int got = gzread(file, bytes.data(), unsigned(bytes.size()));
    gzclose(file);
    if (got != int(bytes.size()))
        return {};
    std::vector<float> values;
    for (size_t i = 16; i < bytes.size(); ++i)
        values.push_back(float(bytes[i]) / 255.0F);
    return values;
}

inline at::Tensor tensor(const std::vector<float>& values, qint64 columns)
{
    return at::from_blob(const_cast<float*>(values.data()),
        {qint64(values.size()) / columns, columns}, at::TensorOptions().dtype(at::kFloat))
        .clone();
}

} // namespace triptych::testing
