"""Golden numbers of tst_textfamilies: RoBERTa, DistilBERT and MPNet worked out in float64 from their
definitions (Liu et al. 2019, Sanh et al. 2019, Song et al. 2020), with none of this project's code.
Run: /usr/bin/python3 text_families.py > text_families.json  (python3-torch)"""
import json
import math

import torch

W, HEADS, INNER, LAYERS, VOCAB, PLACES = 8, 2, 12, 2, 20, 14
IDS = torch.tensor([[0, 5, 9, 13, 7, 2], [0, 17, 4, 2, 1, 1]])
MASK = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])


def tensor(name, *shape):
    """The same waves as the test makes."""
    start = sum(map(ord, name)) % 97
    wave = [0.4 * math.sin(0.37 * i + start) for i in range(math.prod(shape))]
    values = torch.tensor(wave, dtype=torch.float64).reshape(shape)
    is_norm = name.endswith("orm.weight")
    return 1 + 0.2 * values if is_norm else values


def linear(x, name, inputs, outputs):
    return x @ tensor(name + ".weight", outputs, inputs).T + tensor(name + ".bias", outputs)


def norm(x, name, eps):
    x = x - x.mean(-1, keepdim=True)
    x = x / torch.sqrt((x * x).mean(-1, keepdim=True) + eps)
    return x * tensor(name + ".weight", W) + tensor(name + ".bias", W)


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def attend(x, names, bias):
    q, k, v = (linear(x, n, W, W).reshape(2, 6, HEADS, W // HEADS).transpose(1, 2) for n in names)
    scores = q @ k.transpose(2, 3) / math.sqrt(W // HEADS) + bias
    scores = scores.masked_fill(MASK[:, None, None, :] == 0, float("-inf"))
    shares = torch.softmax(scores, -1)
    return (shares @ v).transpose(1, 2).reshape(2, 6, W), shares


def places_past_padding(padding):
    there = (IDS != padding).long()
    return torch.cumsum(there, 1) * there + padding


def embed(prefix, places, eps, types):
    x = tensor(prefix + "word_embeddings.weight", VOCAB, W)[IDS]
    x = x + tensor(prefix + "position_embeddings.weight", PLACES, W)[places]
    if types:
        x = x + tensor(prefix + "token_type_embeddings.weight", 1, W)[0]
    return norm(x, prefix + "LayerNorm", eps)


def bucket(distance, buckets=32, farthest=128):
    """Of key minus query."""
    n, half = -distance, buckets // 2
    start = half if n < 0 else 0
    n, exact = abs(n), half // 2
    if n < exact:
        return start + n
    far = exact + int(math.log(n / exact) / math.log(farthest / exact) * (half - exact))
    return start + min(far, half - 1)


def run(names, x, eps, bias=0.0):
    shares = None
    for layer in range(LAYERS):
        at = f"{names['layer']}.{layer}."
        made, shares = attend(x, [at + n for n in names["qkv"]], bias)
        x = norm(x + linear(made, at + names["out"], W, W), at + names["norm1"], eps)
        inner = gelu(linear(x, at + names["first"], W, INNER))
        x = norm(x + linear(inner, at + names["second"], INNER, W), at + names["norm2"], eps)
    return {"last": x.flatten().tolist(), "attention": shares.flatten().tolist()}


BERT = {"layer": "encoder.layer", "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "first": "intermediate.dense", "second": "output.dense", "norm2": "output.LayerNorm",
        "qkv": ["attention.self.query", "attention.self.key", "attention.self.value"]}
DISTIL = {"layer": "transformer.layer", "out": "attention.out_lin", "norm1": "sa_layer_norm",
          "first": "ffn.lin1", "second": "ffn.lin2", "norm2": "output_layer_norm",
          "qkv": ["attention.q_lin", "attention.k_lin", "attention.v_lin"]}
MPNET = dict(BERT, out="attention.attn.o", norm1="attention.LayerNorm",
             qkv=["attention.attn.q", "attention.attn.k", "attention.attn.v"])

table = tensor("encoder.relative_attention_bias.weight", 32, HEADS)
relative = torch.stack([torch.stack([table[bucket(k - q)] for k in range(6)]) for q in range(6)])
print(json.dumps({
    "roberta": run(BERT, embed("embeddings.", places_past_padding(1), 1e-5, True), 1e-5),
    "distilbert": run(DISTIL, embed("embeddings.", torch.arange(6)[None], 1e-12, False), 1e-12),
    "mpnet": run(MPNET, embed("embeddings.", places_past_padding(1), 1e-12, False), 1e-12,
                 relative.permute(2, 0, 1)[None]),
    "buckets": [bucket(d) for d in range(-200, 201, 7)],
}))
