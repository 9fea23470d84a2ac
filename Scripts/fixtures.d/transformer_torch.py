"""ChromaTransformer in PyTorch, on weights by formula: Tests' transformer.safetensors.

    python transformer_torch.py FIXTURE

N batch, h w = H/4 W/4, C = 261 cells.
"""

import sys

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

import formula
from chroma_torch import TEMPERATURE, WIDTHS, Decoder, Encoder

HEADS, EACH = 5, 32


def distances(like):
    """Between all places of [N, C, h, w], in places: [h w, h w]."""
    height, width = like.shape[2:]
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    places = torch.stack([y.flatten(), x.flatten()], 1).float()
    return (places[:, None] - places[None]).square().sum(2).sqrt()


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.position = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.slope = nn.Parameter(torch.zeros(HEADS))

    def forward(self, x):
        x = x + self.position(x)
        n, width, height, columns = x.shape
        t = x.flatten(2).transpose(1, 2)
        parts = self.qkv(self.norm1(t)).view(n, -1, 3, HEADS, width // HEADS)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        far = distances(x) * functional.softplus(self.slope).view(1, -1, 1, 1)
        shares = (q @ k.transpose(2, 3) * (width // HEADS) ** -0.5 - far).softmax(3)
        t = t + self.output((shares @ v).transpose(1, 2).flatten(2))
        t = t + self.contract(functional.gelu(self.expand(self.norm2(t))))
        return t.transpose(1, 2).reshape(x.shape)


class HintAttention(nn.Module):
    def __init__(self, width, hint, heads=4):
        super().__init__()
        self.heads = heads
        self.query, self.key = (nn.Conv2d(width, heads * EACH, 1) for _ in range(2))
        self.value, self.output = nn.Conv2d(hint, heads * EACH, 1), nn.Conv2d(heads * EACH, width, 1)
        self.slope, self.null = (nn.Parameter(torch.zeros(heads)) for _ in range(2))

    def forward(self, x, hint, on):
        q, k, v = (t.flatten(2).unflatten(1, (self.heads, EACH))
                   for t in (self.query(x), self.key(x), self.value(hint)))
        far = distances(x) * functional.softplus(self.slope).view(1, -1, 1, 1)
        logits = q.transpose(2, 3) @ k * EACH ** -0.5 - far
        logits = logits.masked_fill((on <= 0).flatten(1)[:, None, None], -1e4)
        null = self.null.view(1, -1, 1, 1).expand(len(x), -1, logits.shape[2], 1)
        shares = torch.cat([logits, null], 3).softmax(3)[..., :-1]
        return self.output((v @ shares.transpose(2, 3)).flatten(1, 2).unflatten(2, x.shape[2:]))


class Hints(nn.Module):
    def __init__(self, d16, d8, d4):
        super().__init__()
        self.stride4 = nn.Conv2d(3, 64, 5, 1, 2)
        self.stride8, self.stride16 = nn.Conv2d(64, 96, 3, 2, 1), nn.Conv2d(96, 128, 3, 2, 1)
        self.add4, self.add8, self.add16 = (
            nn.Conv2d(a, b, 1) for a, b in ((64, d4), (96, d8), (128, d16)))
        self.attention = HintAttention(d8, 96)


class ChromaTransformer(nn.Module):
    def __init__(self, kind):
        super().__init__()
        _, d16, d8, d4, refined = WIDTHS[kind]
        self.encoder, self.decoder = Encoder(kind), Decoder(kind)
        self.neck = nn.ModuleList([Block(d16) for _ in range(3)])
        self.hints, self.palette = Hints(d16, d8, d4), nn.Linear(262, d16, bias=False)
        self.head = nn.Conv2d(refined, 261, 1)
        self.register_buffer("color_bins", torch.zeros(261, 2))
        self.register_buffer("color_weights", torch.zeros(261))
        self.register_buffer("gains", torch.zeros(2))

    def forward(self, lightness, hints, palette):
        """hints [N, 3, h, w], palette [N, 262] -> [N, 261, h, w]"""
        d, kept = self.decoder, self.hints
        f4, f8, f16, f32 = self.encoder((2.55 * lightness - 127) / 128)
        a4 = kept.stride4(hints).relu()
        a8 = kept.stride8(a4).relu()
        a16 = kept.stride16(a8).relu()
        given = (hints[:, 2:].amax((1, 2, 3), keepdim=True) > 0).float()
        x = d.context(f32)
        x = d.up4(x + x.mean((2, 3), keepdim=True), f16) + self.palette(palette)[:, :, None, None]
        x = x + kept.add16(a16) * given
        for block in self.neck:
            x = block(x)
        x = d.up3(x, f8)
        x = x + kept.add8(a8) * given
        x = x + kept.attention(x, a8, functional.max_pool2d(hints[:, 2:], 2)) * given
        x = d.up2(x, f4) + kept.add4(a4) * given
        return self.head(d.refine(x))

    def ab(self, logits, vividness):
        taken = (1 - vividness) * self.color_weights.log().view(1, -1, 1, 1)
        shares = ((logits - taken) / TEMPERATURE).softmax(1)
        mean = torch.einsum("nchw,cd->ndhw", shares, self.color_bins)
        square = torch.einsum("nchw,c->nhw", shares, self.color_bins.square().sum(1))[:, None]
        torn = (square - mean.square().sum(1, keepdim=True)) / (square + 64)
        gain, vivid = self.gains
        boost = 1 + (vivid - 1) * max(0, 2 * vividness - 1)
        return mean * (1 + (gain - 1) * min(1, 2 * vividness) * torn) * boost


def is_norm(name):
    return ".norm" in name


def value(name, shape, k):
    """As `formula.value`, with the tables of the read-out besides."""
    s = torch.from_numpy(formula.noise(max(1, int(torch.tensor(shape).prod())), k)).view(shape)
    if name.endswith("running_mean"):
        s = 0.1 * s
    elif name.endswith("running_var"):
        s = 1 + 0.5 * s * s
    elif is_norm(name):
        s = 1 + 0.1 * s if name.endswith("weight") else 0.1 * s
    elif name == "color_bins":
        s = 50 * s
    elif name == "color_weights":
        s = 1 + 0.5 * s
    elif name == "gains":
        s = 2 + s
    elif name.endswith((".slope", ".null")):
        s = s
    elif name.endswith("bias"):
        s = 0.02 * s
    else:
        s = s * (3 * shape[0] / s.numel()) ** 0.5
    return s.float()


def hints(n, height, width):
    """A point, an area and a picture without."""
    plane = torch.zeros(n, 3, height, width)
    plane[0, :, 3, 4] = torch.tensor([0.4, -0.2, 0.5])
    plane[0, :, 5:7, 9:12] = torch.tensor([-0.3, 0.5, 1.0]).view(3, 1, 1)
    return plane


def main(path):
    torch.manual_seed(0)
    network = ChromaTransformer("Lite0").eval()
    shapes = {n: t.shape for n, t in network.state_dict().items() if "num_batches" not in n}
    state = {name: value(name, shapes[name], k) for k, name in enumerate(sorted(shapes))}
    network.load_state_dict(state, strict=False)
    lightness = torch.from_numpy(formula.lightness())
    palette = torch.zeros(2, 262)
    palette[1] = torch.from_numpy(formula.noise(262, 7)).abs().float() / 100
    given = hints(2, 16, 16)
    with torch.no_grad():
        logits = network(lightness, given, palette)
        # A slice of the logits tells as much as all.
        kept = {"hints": given, "palette": palette, "logits": logits[:, ::20]}
        for vividness in (0.0, 0.5, 1.0):
            kept[f"ab.{vividness}"] = network.ab(logits, vividness)
        kept["plain"] = network(lightness, 0 * given, 0 * palette)[:, ::20]
    save_file({name: tensor.contiguous() for name, tensor in kept.items()}, path)
    print({name: tensor.abs().max().item() for name, tensor in kept.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
