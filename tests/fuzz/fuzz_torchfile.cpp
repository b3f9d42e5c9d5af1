// The pickle reader, inside the containers that torch.save writes (zip and the older form): the first
// byte says which, so that the fuzzer need not find the zip's directory by itself.

#include "core/engine/models/files/Pickle.h"
#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/PickleFixtures.h"
#include "tests/fuzz/FuzzFile.h"

#include <ATen/Functions.h>

namespace {

QByteArray contained(const uint8_t* data, size_t size)
{
    const QByteArray pickle(reinterpret_cast<const char*>(data) + 1, qsizetype(size - 1));
    const QByteArray storage(64, 1);
    switch (data[0] % 4) {
    case 0:
        return pickle; // a whole file
    case 1:
        return storedZip({ { "archive/data.pkl", pickle }, { "archive/data/0", storage } });
    case 2: // a program
        return storedZip({ { "a/data.pkl", pickle }, { "a/constants.pkl", {} }, { "a/data/0", storage } });
    default: {
        const QByteArray magic("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.", 15);
        return magic + QByteArray("\x80\x02M\xe9\x03.\x80\x02}.", 10) + pickle;
    }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    if (size < 2)
        return 0;
    static const FuzzFolder folder;
    const QByteArray bytes = contained(data, size);
    folder.write("weights.bin", bytes.constData(), size_t(bytes.size()));
    try {
        for (const auto& [name, tensor] : triptych::readTorchFile(folder.path("weights.bin")).tensors) {
            if (tensor.numel() > 0)
                tensor.to(at::kFloat).sum().item<float>();
        }
    } catch (const triptych::Error&) {
        return 0; // a clear refusal
    }
    return 0;
}
