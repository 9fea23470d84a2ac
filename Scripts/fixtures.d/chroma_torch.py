"""ChromaNetwork in PyTorch: golden outputs for the weights in Models/.

    python chroma_torch.py MODEL GOLDEN

reads the lightness planes `*.lightness` of GOLDEN and writes it again with what MODEL gives for
them: `*.ab`, `*.two-sizes.ab` and, where they are kept, `*.logits`.
"""

import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

# Of EfficientNet-Lite0 and Lite2: the channels and blocks of each stage.
STAGES = {
    "Lite0": [(16, 1), (24, 2), (40, 2), (80, 3), (112, 3), (192, 4), (320, 1)],
    "Lite2": [(16, 1), (24, 3), (48, 3), (88, 4), (120, 4), (208, 5), (352, 1)],
}
# The kernel and the first block's stride of each stage, and the stages that the decoder uses.
SHAPES = [(3, 1), (3, 2), (5, 2), (3, 2), (5, 1), (5, 2), (3, 1)]
KEPT = [1, 2, 4, 6]
# The decoder's channels at strides 32 to 4, and refined.
WIDTHS = {"Lite0": [192, 160, 128, 96, 128], "Lite2": [192, 160, 128, 64, 96]}
TEMPERATURE = 0.38


class Unit(nn.Module):
    """Convolution, batch norm, activation."""

    def __init__(self, inner, out, kernel, stride=1, groups=1, epsilon=1e-5, activation=None):
        super().__init__()
        # TensorFlow's SAME: the odd pixel of padding at stride 2 is on the right and below.
        before = (kernel - stride) // 2
        self.pad = nn.ZeroPad2d((before, kernel - stride - before) * 2)
        self.conv = nn.Conv2d(inner, out, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(out, epsilon)
        self.activation = activation or nn.Identity()

    def forward(self, x):
        return self.activation(self.norm(self.conv(self.pad(x))))


def encoder_unit(*sizes, active=True):
    return Unit(*sizes, epsilon=1e-3, activation=nn.ReLU6() if active else None)


class Block(nn.Module):
    def __init__(self, kernel, stride, inner, out, expansion):
        super().__init__()
        wide = inner * expansion
        self.expand = encoder_unit(inner, wide, 1) if expansion > 1 else nn.Identity()
        self.depthwise = encoder_unit(wide, wide, kernel, stride, wide)
        self.project = encoder_unit(wide, out, 1, active=False)
        self.adds = stride == 1 and inner == out

    def forward(self, x):
        y = self.project(self.depthwise(self.expand(x)))
        return x + y if self.adds else y


class Encoder(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.stem = encoder_unit(1, 32, 3, 2)
        self.blocks, self.kept, inner = nn.ModuleList(), [], 32
        for stage, ((kernel, stride), (out, count)) in enumerate(zip(SHAPES, STAGES[kind])):
            for place in range(count):
                expansion = 6 if self.blocks else 1
                self.blocks.append(Block(kernel, stride if place == 0 else 1, inner, out, expansion))
                inner = out
            self.kept += [len(self.blocks) - 1] if stage in KEPT else []

    def forward(self, x):
        x, kept = self.stem(x), []
        for place, block in enumerate(self.blocks):
            x = block(x)
            kept += [x] if place in self.kept else []
        return kept


def decoder_unit(inner, out, kernel=1):
    return Unit(inner, out, kernel, activation=nn.ReLU())


class Up(nn.Module):
    def __init__(self, inner, skip, out):
        super().__init__()
        self.lateral = decoder_unit(inner, out)
        self.skip = decoder_unit(skip, out)
        self.fuse = decoder_unit(out, out, 3)

    def forward(self, x, skip):
        x = functional.interpolate(self.lateral(x), size=skip.shape[2:], mode="bilinear")
        return self.fuse(x + self.skip(skip))


class Decoder(nn.Module):
    def __init__(self, kind):
        super().__init__()
        f4, f8, f16, f32 = (STAGES[kind][stage][0] for stage in KEPT)
        d32, d16, d8, d4, refined = WIDTHS[kind]
        self.context = decoder_unit(f32, d32)
        self.up4, self.up3 = Up(d32, f16, d16), Up(d16, f8, d8)
        self.up2, self.refine = Up(d8, f4, d4), decoder_unit(d4, refined, 3)

    def forward(self, f4, f8, f16, f32):
        x = self.context(f32)
        x = x + x.mean((2, 3), keepdim=True)
        return self.refine(self.up2(self.up3(self.up4(x, f16), f8), f4))


class ChromaNetwork(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.encoder, self.decoder = Encoder(kind), Decoder(kind)
        self.head = nn.Conv2d(WIDTHS[kind][-1], 261, 1)
        self.register_buffer("color_bins", torch.zeros(261, 2))
        self.register_buffer("color_weights", torch.zeros(261))

    def forward(self, lightness):
        return self.head(self.decoder(*self.encoder((2.55 * lightness - 127) / 128)))

    def at_two_sizes(self, lightness):
        whole = self(lightness)
        sides = [max(32, (side * 3 // 4 + 16) // 32 * 32) for side in lightness.shape[2:]]
        smaller = self(functional.interpolate(lightness, size=sides, mode="bilinear"))
        return (whole + functional.interpolate(smaller, size=whole.shape[2:], mode="bilinear")) / 2

    def ab(self, logits, vividness=0.5):
        taken = (1 - vividness) * self.color_weights.log().view(1, -1, 1, 1)
        shares = ((logits - taken) / TEMPERATURE).softmax(1)
        return torch.einsum("nchw,cd->ndhw", shares, self.color_bins)


def network(file):
    state = {name: tensor.float() for name, tensor in load_file(file).items()}
    made = ChromaNetwork("Lite2" if "encoder.blocks.16.project.conv.weight" in state else "Lite0")
    counters = {n: t for n, t in made.state_dict().items() if n.endswith("num_batches_tracked")}
    made.load_state_dict(state | counters)
    return made.eval()


def main(model, golden):
    made, kept = network(model), load_file(golden)
    with torch.no_grad():
        for name in [name for name in kept if name.endswith(".lightness")]:
            picture = name.removesuffix("lightness")
            logits = made(kept[name])
            if picture + "logits" in kept:
                kept[picture + "logits"] = logits
            kept[picture + "ab"] = made.ab(logits)
            kept[picture + "two-sizes.ab"] = made.ab(made.at_two_sizes(kept[name]))
    save_file({name: tensor.contiguous() for name, tensor in kept.items()}, golden)


if __name__ == "__main__":
    main(*sys.argv[1:])
