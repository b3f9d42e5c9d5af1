#pragma once

#include "core/engine/representation/text/WordCorpus.h"
#include "tests/core/engine/representation/TextTesting.h"

namespace triptych::texts {

inline const QStringList kinds { QStringLiteral("skipgram"), QStringLiteral("cbow"), QStringLiteral("glove") };

/// Texts of eight words, each of one of two topics with 20 words of its own.
inline Inputs plantedTexts(int count, quint64 seed)
{
    std::mt19937_64 random(seed);
    QStringList texts;
    for (int i = 0; i < count; ++i) {
        QStringList words;
        for (int j = 0; j < 8; ++j)
            words.append((i % 2 ? QStringLiteral("sea%1") : QStringLiteral("hill%1")).arg(words::below(random, 20)));
        texts.append(words.join(u' '));
    }
    return inputsOf(texts);
}

/// Without subsampling, which is made for corpora in which a word is one of thousands.
inline QJsonObject plantedOptions(const QString& kind)
{
    QJsonObject options { { QStringLiteral("width"), 16 }, { QStringLiteral("epochs"), kind == u"cbow" ? 30 : 20 } };
    if (kind != u"glove")
        options[QStringLiteral("sample")] = 0;
    return options;
}

} // namespace triptych::texts
