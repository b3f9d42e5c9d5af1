"""Golden logits of torchvision 0.14.1 (Debian: python3-torchvision) on weights and a picture made by a
formula; tst_convnets makes the same ones. Run: python3 torchvision_golden.py > torchvision_golden.json"""
import json
import math
import re

import torch
import torchvision.models as models
from torch import nn
from torchvision.models.convnext import CNBlockConfig, ConvNeXt


def noise(count, phase):
    value = torch.sin((torch.arange(count, dtype=torch.float64) + 1) * 12.9898 + phase * 0.61) * 43758.5453
    return (value - torch.floor(value) - 0.5) * math.sqrt(12)


def formula(name, tensor):
    value = noise(tensor.numel(), len(name))
    if name.endswith("running_var"):
        value = 1 + 0.3 * value * value
    elif name.endswith("running_mean"):
        value = 0.1 * value
    elif name.endswith("layer_scale_parameter"):
        value = 0.5 + 0.1 * value
    elif tensor.dim() >= 2:
        value = math.sqrt(2.0 * tensor.shape[0] / tensor.numel()) * value
    elif name.endswith("weight"):
        value = 1 + 0.1 * value
    else:
        value = 0.1 * value
    return value.reshape(tensor.shape).float()


def with_small_classifier(net, inputs):
    linear = [i for i, layer in enumerate(net.classifier) if isinstance(layer, nn.Linear)]
    for place, (a, b) in zip(linear, ((inputs, 40), (40, 32), (32, 10))):
        net.classifier[place] = nn.Linear(a, b)
    return net


def vgg(norm):
    layers = models.vgg.make_layers([8, "M", 16, "M", 24, 24, "M", 32, 32, "M", 48, 48, "M"], batch_norm=norm)
    return with_small_classifier(models.vgg.VGG(layers), 48 * 49)


def convnext():
    settings = [CNBlockConfig(16, 24, 2), CNBlockConfig(24, 32, 1), CNBlockConfig(32, None, 2)]
    net = ConvNeXt(settings, stochastic_depth_prob=0.0, num_classes=7)
    for layer in net.modules():
        if isinstance(layer, nn.LayerNorm):
            layer.eps = 1e-6
    return net


def hub_name(name):
    """Hugging Face's name of a tensor of torchvision's ConvNeXt."""
    name = re.sub(r"^features\.0\.0\.", "embeddings.patch_embeddings.", name)
    name = re.sub(r"^features\.0\.1\.", "embeddings.layernorm.", name)
    found = re.match(r"^features\.(\d+)\.(\d+)\.(.*)$", name)
    if not found:
        return name.replace("classifier.0.", "layernorm.").replace("classifier.2.", "classifier.")
    stage, place, rest = int(found[1]), found[2], found[3]
    if stage % 2 == 0:
        return f"encoder.stages.{stage // 2}.downsampling_layer.{place}.{rest}"
    for a, b in (("block.0.", "dwconv."), ("block.2.", "layernorm."), ("block.3.", "pwconv1."),
                 ("block.5.", "pwconv2."), ("layer_scale", "layer_scale_parameter")):
        rest = rest.replace(a, b)
    return f"encoder.stages.{stage // 2}.layers.{place}.{rest}"


torch.set_num_threads(1)
picture = noise(3 * 96 * 80, 1).reshape(1, 3, 96, 80).float()
nets = {
    "resnet18": models.resnet18,
    "resnext50_32x4d": models.resnext50_32x4d,
    "alexnet": lambda: with_small_classifier(models.alexnet(), 256 * 36),
    "vgg11": lambda: vgg(False),
    "vgg11_bn": lambda: vgg(True),
    "googlenet": lambda: models.googlenet(transform_input=True, aux_logits=False, init_weights=False),
    "convnext": convnext,
}
golden = {}
for title, make in nets.items():
    net = make().eval()
    named = hub_name if title == "convnext" else str
    tensors = {k: v for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    net.load_state_dict({k: formula(named(k), v) for k, v in tensors.items()}, strict=False)
    with torch.no_grad():
        logits = net(picture)[0]
    golden[title] = {
        "parameters": sum(p.numel() for p in net.parameters()),
        "logits": [float("%.8g" % v) for v in logits[:8]],
        "scale": float(logits.abs().max()),
        # Hugging Face keeps LayerScale as a plain row.
        "shapes": {named(k): [v.numel()] if k.endswith("layer_scale") else list(v.shape) for k, v in tensors.items()},
    }
print(json.dumps(golden, separators=(",", ":")))
