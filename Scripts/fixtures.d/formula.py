"""Weights and pictures by formula, so that no weights need to be stored beside a fixture."""

import numpy as np

BLOCKS = [  # (name, channels in, channels out, stride)
    ("layer1.0", 1, 128, 2),
    ("layer2.0", 128, 256, 2),
    ("layer3.0", 256, 512, 1),
    ("layer3.1", 512, 512, 1),
    ("layer3.2", 512, 512, 1),
    ("layer3.3", 512, 512, 1),
]
MOMENTUM = 0.5
EPSILON = 1e-5


def shapes():
    """Every tensor of the article's network, in PyTorch's layout: name -> shape."""
    found = {}

    def convolution(name, out, inner, kernel):
        found[f"{name}.weight"] = (out, inner, kernel, kernel)
        found[f"{name}.bias"] = (out,)

    def norm(name, channels):
        for part in ("weight", "bias", "running_mean", "running_var"):
            found[f"{name}.{part}"] = (channels,)

    for name, inner, out, _ in BLOCKS:
        convolution(f"{name}.conv1", out, inner, 3)
        norm(f"{name}.bn1", out)
        convolution(f"{name}.conv2", out, out, 3)
        norm(f"{name}.bn2", out)
        if inner != out:
            convolution(f"{name}.downsample.0", out, inner, 1)
            norm(f"{name}.downsample.1", out)
    # A transposed convolution's weight is [in, out, kernel, kernel].
    found["deconv1.weight"], found["deconv1.bias"] = (512, 313, 4, 4), (313,)
    found["deconv2.weight"], found["deconv2.bias"] = (313, 2, 4, 4), (2,)
    return found


def is_norm(name):
    return ".bn" in name or ".downsample.1." in name


def noise(size, k):
    """Uniform in [-1, 1) from an integer hash, the same to the last bit in any language.

    A sine of the index would do but for one thing: sin(a + b) splits into two products, so every
    layer has rank 2, its sums cancel, and two right programs differ by 1e-4 of the largest output.
    """
    h = np.arange(size, dtype=np.uint32) + np.uint32(k * 0x9E3779B9 & 0xFFFFFFFF)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x7FEB352D)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x846CA68B)
    h ^= h >> np.uint32(16)
    return h.astype(np.float64) / 2**31 - 1


def value(name, shape, k):
    """The k-th tensor, by name: noise, scaled as its role asks. float32, row-major."""
    size = int(np.prod(shape))
    s = noise(size, k)
    if name.endswith("running_mean"):
        s = 0.1 * s
    elif name.endswith("running_var"):
        s = 1 + 0.5 * s * s
    elif is_norm(name):
        s = 1 + 0.1 * s if name.endswith("weight") else 0.1 * s
    elif name.endswith("bias"):
        s = 0.02 * s
    else:
        s = s / np.sqrt(size / shape[0])
    return s.reshape(shape).astype(np.float32)


def weights():
    """All tensors of the article's network; k counts the names in sorted order."""
    return {name: value(name, shape, k) for k, (name, shape) in enumerate(sorted(shapes().items()))}


def lightness():
    """Two pictures of L*, [2, 1, 64, 64], 0...100: waves, a disc, a slope and a hard edge."""
    y, x = np.mgrid[0:64, 0:64].astype(np.float64)
    disc = (x - 40) ** 2 + (y - 20) ** 2 < 150
    first = 50 + 25 * np.sin(0.21 * x + 0.07 * y) * np.cos(0.13 * y) + 20 * disc
    ripple = 12 * np.sin(0.9 * x) * np.sin(0.5 * y)
    second = 15 + 0.9 * x + 0.4 * y + ripple - 30 * (x + 2 * y > 130)
    return np.clip(np.stack([first, second])[:, None], 0, 100).astype(np.float32)


def photographs():
    """Two small coloured scenes, [2, 64, 64, 3] sRGB bytes: a shore, and fruit on a cloth.

    With the grain of film: of grains 1 to 24 this keeps the network's ReLU inputs farthest from 0
    (1.6e-6). Where rounding moves one across, gradients change by 2e-3, some of Adam's first steps
    turn round, and two right programs differ by over 1e-4 in the second loss.
    """
    scenes = np.stack([shore(), fruit()])
    grain = 8 * noise(scenes.size, 11).reshape(scenes.shape)
    return np.clip(np.round(scenes + grain), 0, 255).astype(np.uint8)


def paint(ground, mask, colour):
    """`colour` over `ground` where `mask` is above 0, fully from 1."""
    colour = np.stack(np.broadcast_arrays(*colour), -1)
    return ground + np.clip(mask, 0, 1)[..., None] * (colour - ground)


def shore():
    y, x = np.mgrid[0:64, 0:64].astype(np.float64)
    scene = np.stack([120 + 1.2 * y, 160 + 0.8 * y, 225 - 0.3 * y], -1)
    hills = (60 + 0.8 * x, 110 + 20 * np.sin(0.6 * x), 50 + 0.3 * y)
    scene = paint(scene, (y - 34 + 4 * np.sin(0.17 * x)) / 2, hills)
    sand = (205 + 12 * np.sin(1.1 * x + y), 180 - 0.4 * y, 130)
    scene = paint(scene, (y - 50 - 0.1 * x) / 3, sand)
    return paint(scene, 7 - np.hypot(x - 47, y - 13), (250, 225, 150))


def fruit():
    y, x = np.mgrid[0:64, 0:64].astype(np.float64)
    scene = np.stack([90 + 30 * np.sin(0.4 * x), 70 + 25 * np.sin(0.4 * y), 95 + 0.9 * x], -1)
    apple, orange, lime = (200, 40, 35), (235, 150, 30), (110, 160, 60)
    for cx, cy, r, colour in ((20, 26, 14, apple), (44, 40, 16, orange), (46, 14, 9, lime)):
        light = 0.6 + 0.4 * np.cos(0.09 * (x - cx + 5)) * np.cos(0.09 * (y - cy + 5))
        scene = paint(scene, r - np.hypot(x - cx, y - cy), [c * light for c in colour])
    return scene
