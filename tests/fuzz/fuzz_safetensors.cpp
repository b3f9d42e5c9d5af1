// The header of a safetensors file, and that every tensor lies in the file.

#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"
#include "tests/fuzz/FuzzFile.h"

#include <ATen/Functions.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const FuzzFolder folder;
    folder.write("model.safetensors", reinterpret_cast<const char*>(data), size);
    try {
        for (const auto& [name, tensor] : triptych::readSafetensorsFile(folder.path("model.safetensors")).tensors) {
            if (tensor.numel() > 0)
                tensor.to(at::kFloat).sum().item<float>();
        }
    } catch (const triptych::Error&) {
        return 0; // a clear refusal
    }
    return 0;
}
