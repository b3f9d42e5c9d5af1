"""Logits of torchvision's nets for weights and pictures that both sides compute by a formula.

PYTHONPATH=/usr/lib/python3/dist-packages python3 nets_golden.py > nets_golden.json

With the argument "published": the nets at their published sizes, too large for every run of the tests; the test
reads that file in place of this one when TRIPTYCH_NETS_GOLDEN names it.

Weights: number i of tensor NAME is drawn from a hash of (i, NAME), uniform in ±√(6 / fan-in) for weights of
layers; see value(). Narrow nets are torchvision's modules with every width scaled, so that its forward
functions are what is compared.
"""
import json
import sys

import numpy
import torch
from torch import nn
from torchvision import models

torch.set_num_threads(1)


def fnv(name):
    h = 2166136261
    for byte in name.encode():
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def hashed(count, name):
    """float64 in [-1, 1)."""
    x = numpy.arange(count, dtype=numpy.uint32) + numpy.uint32(fnv(name))
    x ^= x >> numpy.uint32(16)
    x *= numpy.uint32(0x7FEB352D)
    x ^= x >> numpy.uint32(15)
    x *= numpy.uint32(0x846CA68B)
    x ^= x >> numpy.uint32(16)
    return x.astype(numpy.float64) / 2147483648.0 - 1


def value(name, shape):
    count = int(numpy.prod(shape))
    u = hashed(count, name)
    if name.endswith("running_var"):
        v = 1 + 0.5 * u
    elif len(shape) >= 2 and name.endswith("weight"):
        v = u * numpy.sqrt(6 / (count / shape[0]))
    elif name.endswith("weight"):
        v = 0.75 + 0.25 * u
    elif "token" in name or "embedding" in name:
        v = 0.5 * u
    else:
        v = 0.1 * u
    return torch.from_numpy(v.astype(numpy.float32).reshape(shape))


def fill(model):
    state = model.state_dict()
    model.load_state_dict({n: t if n.endswith("num_batches_tracked") else value(n, tuple(t.shape)) for n, t in state.items()})
    return model


def picture(n, side):
    return torch.from_numpy(hashed(n * 3 * side * side, "pixels").astype(numpy.float32).reshape(n, 3, side, side) * 2)


def narrow(model, width, classes):
    """Every layer of a torchvision net at `width` times its channels; input and output stay."""
    def size(published):
        return published if published in (3, classes) else max(1, int(published * width + 0.5))

    for parent in list(model.modules()):
        for name, layer in list(parent.named_children()):
            if isinstance(layer, nn.Conv2d):
                new = nn.Conv2d(size(layer.in_channels), size(layer.out_channels), layer.kernel_size, layer.stride,
                                layer.padding, bias=layer.bias is not None)
            elif isinstance(layer, nn.BatchNorm2d):
                new = nn.BatchNorm2d(size(layer.num_features), eps=layer.eps)
            elif isinstance(layer, nn.Linear):
                new = nn.Linear(size(layer.in_features), size(layer.out_features))
            else:
                continue
            setattr(parent, name, new)
    return model


def case(net, options, model, side, n=2, training=False):
    fill(model)
    for layer in model.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = 0.0
    heads = {}  # by hooks: torchvision's tuple has the two auxiliary heads the other way round
    for name in ("aux1", "aux2"):
        if getattr(model, name, None) is not None:
            getattr(model, name).register_forward_hook(lambda m, i, o, name=name: heads.__setitem__(name, o))
    model.train(training)
    with torch.no_grad():
        out = model(picture(n, side))
    outputs = [out if torch.is_tensor(out) else out.logits] + [heads[name] for name in sorted(heads)]
    return {"net": net, "options": options, "side": side, "n": n, "training": training, "classes": outputs[0].shape[1],
            "parameters": sum(p.numel() for p in model.parameters()),
            "logits": [[round(float(v), 7) for v in o.flatten()] for o in outputs]}


torch.manual_seed(0)
C = 10


def published():
    """Made one by one, since they are large."""
    yield case("alexnet", {"width": 1}, models.AlexNet(1000), 224, 1)
    yield case("vgg", {"width": 1, "batch_norm": False}, models.vgg16(init_weights=False), 224, 1)
    yield case("googlenet", {"width": 1}, models.GoogLeNet(1000, init_weights=False), 224, 1)
    yield case("resnet", {"width": 1}, models.resnet18(), 224, 1)
    yield case("resnet", {"width": 1, "depth": "50"}, models.resnet50(), 224, 1)
    yield case("vit", {"width": 1, "patch": 16, "depth": 12, "heads": 12}, models.vit_b_16(), 224, 1)


cases = list(published()) if "published" in sys.argv else [
    case("alexnet", {"width": 0.25}, narrow(models.AlexNet(C), 0.25, C), 224),
    case("vgg", {"width": 0.25, "batch_norm": False}, narrow(models.vgg16(num_classes=C), 0.25, C), 96),
    case("vgg", {"width": 0.25, "batch_norm": True}, narrow(models.vgg16_bn(num_classes=C), 0.25, C), 96),
    case("vgg", {"width": 0.25, "batch_norm": True, "depth": "11"}, narrow(models.vgg11_bn(num_classes=C), 0.25, C), 64),
    case("googlenet", {"width": 1}, models.GoogLeNet(C, aux_logits=True, init_weights=False), 128),
    case("googlenet", {"width": 0.25, "transform_input": True, "auxiliary": 0},
         narrow(models.GoogLeNet(C, aux_logits=False, transform_input=True, init_weights=False), 0.25, C), 128),
    case("googlenet", {"width": 0.25}, narrow(models.GoogLeNet(C, aux_logits=True, init_weights=False), 0.25, C), 128, 4, True),
    case("resnet", {"width": 1}, models.resnet18(num_classes=C), 96),
    case("resnet", {"width": 0.25, "depth": "50"}, narrow(models.resnet50(num_classes=C), 0.25, C), 96),
    case("resnet", {"width": 0.25}, narrow(models.resnet18(num_classes=C), 0.25, C), 64, 4, True),
    case("vit", {"width": 0.125, "patch": 16, "depth": 12, "heads": 3},
         models.VisionTransformer(64, 16, 12, 3, 96, 384, num_classes=C), 64),
]
print("[" + ",\n".join(json.dumps(c) for c in cases) + "]")
