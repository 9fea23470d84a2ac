"""What each fixture file holds; PaddlePaddle's part is in article_paddle."""

import warnings

import numpy as np
from scipy import ndimage
from skimage import color, metrics

import formula

STEPS = {"steps": 5, "rate": 1e-3, "betas": (0.8, 0.999), "epsilon": 1e-8}
# Norms whose running statistics are kept, with the values a channel has in a batch.
NORMS = {"layer1.0.bn1": 2048, "layer2.0.downsample.1": 512, "layer3.3.bn2": 512}
STATISTICS = [f"{norm}.{part}" for norm in NORMS for part in ("running_mean", "running_var")]
QUANTUM = 4096  # Steps of the grid are in 1/4096: an error of 1.2e-4 at most, and they fit 16 bits.


def training_pair(photographs):
    """L* [2, 1, 64, 64] and a*b* [2, 2, 64, 64] of the photographs, float32."""
    planes = color.rgb2lab(photographs).astype(np.float32).transpose(0, 3, 1, 2)
    return np.ascontiguousarray(planes[:, :1]), np.ascontiguousarray(planes[:, 1:])


def grid():
    """Lab of all sRGB colours in steps of 5, as steps along red: half the size of float32."""
    levels = np.arange(0, 256, 5, dtype=np.uint8)
    rgb = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1)  # [red, green, blue, 3]
    lab = color.rgb2lab(rgb)
    whole = np.round(lab * QUANTUM).astype(np.int64)
    steps = np.diff(whole, axis=0)
    start = (whole[0] / QUANTUM).astype(np.float32)
    packed = {"grid.start": start, "grid.steps": steps.astype(np.int16)}
    back = start + np.cumsum(packed["grid.steps"], axis=0, dtype=np.int64) / QUANTUM
    assert np.abs(back - lab[1:]).max() < 0.51 / QUANTUM
    return packed


def inverse(rng):
    """2,000 Lab colours and their sRGB, 0...1, clipped: anywhere, near black, and in gamut.

    Colours with Z < 0, which no light has, are left out: scikit-image sets Z to 0 there.
    """
    def draw(count, low, high):
        return rng.uniform(low, high, (count, 3))

    lab = np.concatenate([
        draw(2000, (0, -110, -110), (100, 110, 110)),
        draw(700, (0, -12, -12), (9, 12, 12)),
        color.rgb2lab(draw(400, 0, 1)),
    ]).astype(np.float32)
    lightness = (lab[:, 0].astype(np.float64) + 16) / 116
    lab = lab[lightness - lab[:, 2] / 200 > 16 / 116 + 1e-6]
    ends = np.array([[0, 0, 0], [100, 0, 0]], np.float32)
    lab = np.concatenate([ends, lab[rng.permutation(len(lab))[:1998]]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # scikit-image warns of a negative Z; none is left.
        rgb = color.lab2rgb(lab.astype(np.float64))
    return {"inverse.lab": lab, "inverse.rgb": rgb.astype(np.float32)}


def hue_gap(first, second):
    """Difference of the CIELAB hues, 0...180 degrees."""
    h = [np.degrees(np.arctan2(p[:, 2], p[:, 1])) for p in (first, second)]
    return np.abs((h[0] - h[1] + 180) % 360 - 180)


def differences(rng):
    """500 pairs of Lab colours and their CIEDE2000: far apart, close, nearly grey, blue, grey.

    Pairs of almost opposite hues are left out: the formula jumps at 180 degrees.
    """
    def far(count, low=(0, -100, -100), high=(100, 100, 100)):
        return rng.uniform(low, high, (count, 3))

    greyish = far(100, (0, -3, -3), (100, 3, 3))
    blue = far(60, (10, 5, -90), (70, 60, -30))
    first = np.concatenate([far(600), greyish, blue])
    second = np.concatenate([far(300), first[300:] + rng.normal(0, 2, (460, 3))])
    second[:, 0] = np.clip(second[:, 0], 0, 100)
    kept = np.flatnonzero(hue_gap(first, second) < 175)
    kept = rng.permutation(kept)[:496]
    greys = np.array([[0, 0, 0], [50, 0, 0], [100, 0, 0], [50, 0, 0]], np.float64)
    others = np.array([[100, 0, 0], [50, 2.5, 0], [98, 0, 0], [50, 0, 0]], np.float64)
    first = np.concatenate([greys, first[kept]]).astype(np.float32)
    second = np.concatenate([others, second[kept]]).astype(np.float32)
    measured = color.deltaE_ciede2000(first.astype(np.float64), second.astype(np.float64))
    return {"ciede2000.first": first, "ciede2000.second": second,
            "ciede2000": measured.astype(np.float32)}


def picture_pairs(rng):
    """Six pairs of 64 x 64 pictures: noise, blur, faded, shifted, tinted, inverted."""
    one, two = formula.photographs()
    grey = two.mean(-1, keepdims=True)
    changed = [
        one + rng.normal(0, 12, one.shape),
        ndimage.gaussian_filter(two.astype(np.float64), (1.5, 1.5, 0)),
        grey + 0.3 * (two - grey),
        np.roll(one, 2, axis=1),
        two * (1.1, 0.95, 0.8) + 6,
        255.0 - one,
    ]
    first = np.stack([one, two, two, one, two, one])
    return first, np.clip(np.round(np.stack(changed)), 0, 255).astype(np.uint8)


def pattern(width, height, k):
    """Waves, coarse and fine, [height, width], float32."""
    x, y = np.arange(width, dtype=np.float64)[None], np.arange(height, dtype=np.float64)[:, None]
    coarse = 40 * np.sin(x / (9 + k % 2)) * np.cos(y / 7)
    return (coarse + 10 * np.sin(x * y * (k + 1) / 50)).astype(np.float32)


def multiscale_similarity(first, second):
    """MS-SSIM of two planes around 0 with a range of 255, scale by scale by scikit-image.

    With an endless K1 the means' part is 1, and what is left is contrast and structure.
    """
    exponents = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])
    scales = [s for s in range(5) if min(first.shape) >> s >= 11]
    exponents = exponents[:len(scales)] / exponents[:len(scales)].sum()
    result = 1.0
    for scale in scales:
        found = metrics.structural_similarity(
            first + 128.0, second + 128.0, data_range=255, gaussian_weights=True, sigma=1.5,
            use_sample_covariance=False, K1=0.01 if scale == scales[-1] else 1e6)
        result *= max(found, 0) ** exponents[scale]
        first, second = [p[:p.shape[0] // 2 * 2, :p.shape[1] // 2 * 2].reshape(
            p.shape[0] // 2, 2, p.shape[1] // 2, 2).mean((1, 3)) for p in (first, second)]
    return result


def chroma_similarity():
    """Mean MS-SSIM of two channels, for three sizes: of five scales, of four and of two."""
    found = []
    for index, (width, height) in enumerate([(208, 176), (96, 88), (44, 24)]):
        planes = [pattern(width, height, 4 * index + k).astype(np.float64) for k in range(4)]
        found.append((multiscale_similarity(planes[0], planes[2])
                      + multiscale_similarity(planes[1], planes[3])) / 2)
    return {"chroma.similarity": np.array(found, np.float32)}


def picture_metrics(rng):
    """PSNR, SSIM and mean CIEDE2000 of the six pairs, with scikit-image's defaults."""
    first, second = picture_pairs(rng)
    pairs = list(zip(first, second))
    psnr = [metrics.peak_signal_noise_ratio(a, b, data_range=255) for a, b in pairs]
    ssim = [metrics.structural_similarity(a, b, channel_axis=-1, data_range=255) for a, b in pairs]
    far = [color.deltaE_ciede2000(color.rgb2lab(a), color.rgb2lab(b)).mean() for a, b in pairs]
    return {"pictures.first": first, "pictures.second": second,
            "psnr": np.array(psnr, np.float32), "ssim": np.array(ssim, np.float32),
            "pictures.ciede2000": np.array(far, np.float32)}
