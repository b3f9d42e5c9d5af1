#pragma once

#include <QByteArray>
#include <QString>
#include <memory>
#include <unordered_map>
#include <vector>

namespace triptych {

/// A pickled value. Nodes live in the reader: a hostile file may nest or loop as it likes.
struct PickleNode {
    enum class Kind {
        None, Boolean, Integer, Real, Text, Tuple, List, Dict, Global, Storage, Tensor, Object
    };
    Kind kind = Kind::None;
    qint64 integer = 0;               ///< Storage: elements; Tensor: offset in elements
    double real = 0;
    QByteArray text;                  ///< Global: "module name"; Storage: its key
    QByteArray type;                  ///< Storage: "FloatStorage" …
    /// Dict: key, value, key, value …; Object: the dict of its attributes; Tensor: storage, sizes, strides.
    std::vector<PickleNode*> items;
};

/// Reads a pickle as data, and nothing but data: tensors, parameters, OrderedDict, plain containers
/// and numbers. Nothing is ever called; anything else is an Error that names what the file asks for.
class PickleReader {
public:
    /// Program: classes that a TorchScript archive itself defines ("__torch__…") are read as inert
    /// objects with attributes; their code stays where it is.
    enum class For { Weights, Program };
    /// `file` names the file in errors. The bytes must outlive the reader.
    PickleReader(const uchar* data, qint64 size, QString file, For what = For::Weights);
    ~PickleReader();
    /// The next pickle in the bytes.
    const PickleNode& read();
    qint64 position() const { return m_at; }
    /// Every storage that the pickles so far point to.
    std::vector<const PickleNode*> storages() const;

private:
    using Node = PickleNode;
    using Kind = PickleNode::Kind;

    [[noreturn]] void fail(const QString& what) const;
    void step(uchar code);
    bool stepNumber(uchar code);
    bool stepText(uchar code);
    bool stepContainer(uchar code);
    bool stepMemo(uchar code);
    bool stepLine(uchar code);
    void get(quint64 index);
    void global(const QByteArray& module, const QByteArray& name);
    void reduce();
    bool reducePlain(const QByteArray& function, const std::vector<Node*>& given);
    void reduceTensor(const std::vector<Node*>& given);
    void fillDict(Node* dict, const std::vector<Node*>& pairs);
    void persistent();
    void build();

    Node* make(Kind kind);
    Node* push(Node* node);
    Node* pop();
    Node* top() const;
    std::vector<Node*> popToMark();
    quint64 number(int bytes);
    qint64 bigInteger(qint64 bytes);
    QByteArray bytes(quint64 count);
    QByteArray line();

    const uchar* m_data;
    qint64 m_size;
    qint64 m_at = 0;
    QString m_file;
    For m_for;
    std::vector<std::unique_ptr<Node>> m_nodes;
    std::vector<Node*> m_stack;
    std::vector<size_t> m_marks;
    std::unordered_map<quint64, Node*> m_memo;
    size_t m_copied = 0;
};

} // namespace triptych
