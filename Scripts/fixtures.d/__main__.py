"""Writes every reference fixture into the folder given; --check compares with PyTorch as well."""

import sys
from pathlib import Path

import numpy as np
import skimage
from safetensors.numpy import save_file
from skimage import io

import article_paddle
import formula
import references

PADDLE = f"PaddlePaddle {article_paddle.VERSION}"
SKIMAGE = f"scikit-image {skimage.__version__}"


def save(folder, name, tensors, made_by):
    tensors = {key: np.ascontiguousarray(tensor) for key, tensor in tensors.items()}
    save_file(tensors, folder / name, metadata={"made_by": made_by})
    print(f"{name}: {(folder / name).stat().st_size:,} bytes")


def photographs(folder):
    """Writes the training pair and reads it back, so that the files are what is measured."""
    folder.mkdir(exist_ok=True)
    for index, picture in enumerate(formula.photographs()):
        io.imsave(folder / f"{index}.png", picture, check_contrast=False)
    return np.stack([io.imread(folder / f"{index}.png") for index in (0, 1)])


def largest(found, expected):
    """The largest difference, as a share of the largest expected value."""
    return np.abs(found - expected).max() / np.abs(expected).max()


def check_statistics(torch_found, paddle_found, before):
    """PyTorch's running variance is of a sample, n - 1; PaddlePaddle's of the batch itself, n."""
    for norm, n in references.NORMS.items():
        mean, variance = f"{norm}.running_mean", f"{norm}.running_var"
        old = (1 - formula.MOMENTUM) * before[variance]
        corrected = old + (torch_found[variance] - old) * (n - 1) / n
        above = torch_found[variance] / paddle_found[variance] - 1
        apart = np.abs(corrected / paddle_found[variance] - 1).max()
        print(f"check: {mean}: apart {largest(torch_found[mean], paddle_found[mean]):.1e}")
        print(f"check: {variance}: PyTorch's {above.min():.1e} to {above.max():.1e} larger")
        print(f"check: {variance}: with n for n - 1, apart {apart:.1e}")


def check(weights, paddle_passes, pair, paddle_losses):
    import article_torch

    torch_passes = article_torch.passes(weights, formula.lightness())
    for name, a, b in zip(("evaluation", "training"), torch_passes, paddle_passes):
        print(f"check: {name}: {b.min():.3f} to {b.max():.3f}, apart {largest(a, b):.1e}")
    check_statistics(torch_passes[2], paddle_passes[2], weights)
    torch_losses = article_torch.losses(weights, *pair, **references.STEPS)
    for step, (a, b) in enumerate(zip(torch_losses, paddle_losses), start=1):
        print(f"check: loss {step}: PyTorch {a:.3f}, PaddlePaddle {b:.3f}, {a / b - 1:+.1e}")


def main(folder, checking):
    weights, lightness = formula.weights(), formula.lightness()
    evaluation, training, statistics = passes = article_paddle.passes(weights, lightness)
    kept = {f"training.{name}": statistics[name] for name in references.STATISTICS}
    save(folder, "resnet.safetensors", kept | {
        "input": lightness, "evaluation": evaluation, "training": training}, PADDLE)

    pair = references.training_pair(photographs(folder / "training-pair"))
    losses = article_paddle.losses(weights, *pair, **references.STEPS)
    save(folder, "training-steps.safetensors", {
        "losses": np.array(losses, np.float32)}, PADDLE)

    rng = np.random.default_rng(1907)
    lab = references.grid() | references.inverse(rng)
    measured = references.differences(rng) | references.picture_metrics(rng)
    measured |= references.chroma_similarity()
    save(folder, "lab.safetensors", lab, SKIMAGE)
    save(folder, "metrics.safetensors", measured, SKIMAGE)
    if checking:
        check(weights, passes, pair, losses)


main(Path(sys.argv[1]), "--check" in sys.argv[2:])
