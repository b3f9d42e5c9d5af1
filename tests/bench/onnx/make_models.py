"""ONNX files of the shapes that the encoder benchmarks run, with random weights: CLIP ViT-B/32 (both
towers), BERT-base, ResNet-50. Needs python3-torch and python3-torchvision. Run: make_models.py FOLDER"""
import sys

import torch
import torchvision
from torch import nn


class Layer(nn.Module):
    def __init__(self, width, heads, after, activation):
        super().__init__()
        self.heads, self.after, self.activation = heads, after, activation
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.first, self.second = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def attend(self, x, mask):
        n, t, w = x.shape
        q, k, v = self.qkv(x).view(n, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (w // self.heads) ** -0.5
        if mask is not None:
            scores = scores + mask
        return self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, t, w))

    def forward(self, x, mask=None):
        if self.after:
            x = self.norm1(x + self.attend(x, mask))
            return self.norm2(x + self.second(self.activation(self.first(x))))
        x = x + self.attend(self.norm1(x), mask)
        return x + self.second(self.activation(self.first(self.norm2(x))))


def quick(x):
    return x * torch.sigmoid(1.702 * x)


class Picture(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(3, 768, 32, 32, bias=False)
        self.cls, self.positions = nn.Parameter(torch.randn(768)), nn.Parameter(torch.randn(50, 768))
        self.before, self.after = nn.LayerNorm(768), nn.LayerNorm(768)
        self.layers = nn.ModuleList(Layer(768, 12, False, quick) for _ in range(12))
        self.project = nn.Linear(768, 512, bias=False)

    def forward(self, pixels):
        x = self.patch(pixels).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], 1, 768), x], 1) + self.positions
        x = self.before(x)
        for layer in self.layers:
            x = layer(x)
        return self.project(self.after(x[:, 0]))


class Text(nn.Module):
    """CLIP's text tower, or BERT-base: layers, width and order differ."""

    def __init__(self, width, heads, vocabulary, positions, clip):
        super().__init__()
        self.clip = clip
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Parameter(torch.randn(positions, width))
        activation = quick if clip else nn.functional.gelu
        self.layers = nn.ModuleList(Layer(width, heads, not clip, activation) for _ in range(12))
        self.norm, self.project = nn.LayerNorm(width), nn.Linear(width, 512, bias=False)

    def forward(self, ids):
        t = ids.shape[1]
        x = self.tokens(ids) + self.positions[:t]
        mask = torch.full((t, t), -1e9).triu(1) if self.clip else None
        if not self.clip:
            x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return self.project(self.norm(x)[:, -1]) if self.clip else x


def export(folder, name, net, example):
    torch.onnx.export(net.eval(), example, f"{folder}/{name}.onnx", input_names=["x"], output_names=["y"],
                      opset_version=15, dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})


torch.manual_seed(0)
folder = sys.argv[1]
export(folder, "VitB32Image", Picture(), torch.randn(2, 3, 224, 224))
export(folder, "VitB32Text", Text(512, 8, 49408, 77, True), torch.ones(2, 77, dtype=torch.long))
export(folder, "BertBase32", Text(768, 12, 30522, 512, False), torch.ones(2, 32, dtype=torch.long))
export(folder, "ResNet50", torchvision.models.resnet50(), torch.randn(2, 3, 224, 224))
