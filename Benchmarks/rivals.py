"""Times the article's ResNet in PyTorch and PaddlePaddle: one photograph through the network.

    .deps/bench/bin/python Benchmarks/rivals.py [--size 512] [--runs 7]

Prints CSV, one line a figure: figure,value,unit. A figure is the median of the runs after two
to warm up. Every rival runs in a process of its own, on all cores that this process may use.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

# Stages of basic blocks: channels in, channels out, blocks, stride of the first.
STAGES = [(1, 128, 1, 2), (128, 256, 1, 2), (256, 512, 4, 1)]
COLOR_BINS = 313
PARAMETERS = 21_483_739


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def median(forward, runs):
    """The median time of `forward`, in seconds."""
    for _ in range(2):
        forward()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        forward()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(figure, seconds):
    print(f"{figure},{seconds:.4f},s", flush=True)


def resnet(nn, conv, transposed, batch_norm):
    """The network written with the layers of `nn`; both rivals name `Layer` their base class."""

    class Block(nn.Layer):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            self.conv1 = conv(inputs, outputs, 3, stride=stride, padding=1)
            self.bn1 = batch_norm(outputs)
            self.conv2 = conv(outputs, outputs, 3, stride=1, padding=1)
            self.bn2 = batch_norm(outputs)
            self.relu = nn.ReLU()
            self.downsample = None
            if inputs != outputs:
                shortcut = conv(inputs, outputs, 1, stride=stride)
                self.downsample = nn.Sequential(shortcut, batch_norm(outputs))

        def forward(self, x):
            shortcut = x if self.downsample is None else self.downsample(x)
            x = self.relu(self.bn1(self.conv1(x)))
            return self.relu(self.bn2(self.conv2(x)) + shortcut)

    layers = []
    for inputs, outputs, blocks, stride in STAGES:
        layers.append(Block(inputs, outputs, stride))
        layers += [Block(outputs, outputs, 1) for _ in range(blocks - 1)]
    layers.append(transposed(STAGES[-1][1], COLOR_BINS, 4, stride=2, padding=1))
    layers.append(transposed(COLOR_BINS, 2, 4, stride=2, padding=1))
    return nn.Sequential(*layers)


def pytorch(size, runs):
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(cores())
    torch.nn.Layer = torch.nn.Module
    network = resnet(
        torch.nn, torch.nn.Conv2d, torch.nn.ConvTranspose2d, torch.nn.BatchNorm2d
    ).eval()
    assert sum(p.numel() for p in network.parameters()) == PARAMETERS
    lightness = torch.rand(1, 1, size, size) * 100
    version = torch.__version__.split("+")[0]
    with torch.inference_mode():
        for name, layout in [
            ("NCHW", torch.contiguous_format),
            ("channels last", torch.channels_last),
        ]:
            laid_out = network.to(memory_format=layout)
            picture = lightness.contiguous(memory_format=layout)
            seconds = median(lambda: laid_out(picture), runs)
            report(f"ResNet {size}x{size} PyTorch {version} {name}", seconds)


def paddle_program(size):
    """The network as PaddlePaddle's static program: main program, input, output, executor."""
    import paddle

    paddle.enable_static()
    paddle.seed(0)
    main, startup = paddle.static.Program(), paddle.static.Program()
    with paddle.static.program_guard(main, startup):
        lightness = paddle.static.data("lightness", [1, 1, size, size], "float32")
        network = resnet(
            paddle.nn, paddle.nn.Conv2D, paddle.nn.Conv2DTranspose, paddle.nn.BatchNorm2D
        )
        trained = [p for p in network.parameters() if not p.stop_gradient]
        assert sum(math.prod(p.shape) for p in trained) == PARAMETERS
        network.eval()
        chroma = network(lightness)
    executor = paddle.static.Executor(paddle.CPUPlace())
    executor.run(startup)
    return main.clone(for_test=True), lightness, chroma, executor


def paddlepaddle(size, runs):
    import numpy
    import paddle

    program, lightness, chroma, executor = paddle_program(size)
    feed = numpy.random.default_rng(0).random((1, 1, size, size), dtype=numpy.float32) * 100

    def forward():
        return executor.run(program, feed={"lightness": feed}, fetch_list=[chroma])

    expected = forward()[0]
    assert expected.shape == (1, 2, size, size)
    name = f"ResNet {size}x{size} PaddlePaddle {paddle.__version__}"
    report(f"{name} executor", median(forward, runs))
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/network"
        paddle.static.save_inference_model(path, [lightness], [chroma], executor, program=program)
        predictor = Predictor(path)
    tolerance = 1e-4 * abs(expected).max()
    numpy.testing.assert_allclose(predictor.run([feed])[0], expected, rtol=0, atol=tolerance)
    report(f"{name} predictor", median(lambda: predictor.run([feed]), runs))


class Predictor:
    """PaddlePaddle's deployed form of a saved program, with oneDNN and fused layers."""

    def __init__(self, path):
        from paddle import inference

        config = inference.Config(path + ".pdmodel", path + ".pdiparams")
        config.disable_gpu()
        config.enable_mkldnn()
        config.set_cpu_math_library_num_threads(cores())
        config.disable_glog_info()
        self.predictor = inference.create_predictor(config)

    def run(self, pictures):
        for name, picture in zip(self.predictor.get_input_names(), pictures):
            self.predictor.get_input_handle(name).copy_from_cpu(picture)
        self.predictor.run()
        names = self.predictor.get_output_names()
        return [self.predictor.get_output_handle(name).copy_to_cpu() for name in names]


RIVALS = {"pytorch": pytorch, "paddlepaddle": paddlepaddle}


def environment():
    """All cores for every library, and PaddlePaddle's program form that runs on the CPU."""
    settings = dict.fromkeys(
        ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "FLAGS_paddle_num_threads"], str(cores())
    )
    return os.environ | settings | {"FLAGS_enable_pir_api": "0", "GLOG_minloglevel": "2"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=512, help="side of the picture (512)")
    parser.add_argument("--runs", type=int, default=7, help="runs to take the median of (7)")
    parser.add_argument("--rival", choices=RIVALS, help="this one only, in this process")
    options = parser.parse_args()
    if options.rival:
        RIVALS[options.rival](options.size, options.runs)
        return
    print("figure,value,unit", flush=True)
    command = [sys.executable, "-W", "ignore", __file__]
    command += ["--size", str(options.size), "--runs", str(options.runs)]
    for rival in RIVALS:
        subprocess.run(command + ["--rival", rival], check=True, env=environment())


if __name__ == "__main__":
    main()
