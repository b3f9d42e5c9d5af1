// A SentencePiece model, and texts through what was read.

#include "core/engine/models/Tokenizer.h"
#include "core/jobs/Error.h"
#include "tests/fuzz/FuzzFile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    static const FuzzFolder folder;
    static const QByteArray config(R"({"tokenizer_class":"T5Tokenizer","eos_token":"</s>","pad_token":"<pad>","unk_token":"<unk>"})");
    folder.write("tokenizer_config.json", config.constData(), size_t(config.size()));
    folder.write("spiece.model", reinterpret_cast<const char*>(data), size);
    static const QStringList texts { QStringLiteral("a red fox, 1 x"), QStringLiteral("Äpfel 狐"), QString() };
    try {
        const auto tokenizer = triptych::Tokenizer::open(folder.folder());
        for (const triptych::Tokens& tokens : tokenizer->encode(texts))
            tokenizer->decode(tokens.ids);
    } catch (const triptych::Error&) {
        return 0; // a clear refusal
    }
    return 0;
}
