#pragma once

#include "core/engine/models/Tokenizer.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

/// Tokenizers of files that a test writes itself.
namespace tokenizerof {

inline void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// Of a folder with this tokenizer.json alone. Throws Error.
inline std::shared_ptr<const triptych::Tokenizer> json(const QByteArray& text)
{
    QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("tokenizer.json")), text);
    return triptych::Tokenizer::open(folder.path());
}

inline std::vector<qint64> idsOf(const triptych::Tokenizer& tokenizer, const QString& text)
{
    return tokenizer.encode({ text }).front().ids;
}

} // namespace tokenizerof
