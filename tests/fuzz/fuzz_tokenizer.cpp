// tokenizer.json, and texts through what was read.

#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"
#include "tests/fuzz/FuzzFile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const FuzzFolder folder;
    folder.write("tokenizer.json", reinterpret_cast<const char*>(data), size);
    static const QStringList texts { QStringLiteral("A red fox, 1 [MASK] x"), QStringLiteral("Äpfel 狐 <s>"), QString() };
    try {
        const auto tokenizer = triptych::Tokenizer::open(folder.folder());
        triptych::TokenizeOptions options;
        options.maxLength = 12;
        for (const triptych::Tokens& tokens : tokenizer->encode(texts, texts, options))
            tokenizer->decode(tokens.ids);
    } catch (const triptych::Error&) {
        return 0; // a clear refusal
    }
    return 0;
}
