"""The article's ResNet in PaddlePaddle's static graph: the reference of the fixtures."""

import os

os.environ["FLAGS_enable_pir_api"] = "0"  # The article's programs predate PIR; read at import.

import numpy as np
import paddle

import formula

VERSION = paddle.__version__
paddle.enable_static()


def convolution(x, name, out, kernel, stride, transposed=False):
    make = paddle.static.nn.conv2d_transpose if transposed else paddle.static.nn.conv2d
    return make(
        x, out, filter_size=kernel, stride=stride, padding=1 if kernel > 1 else 0,
        param_attr=paddle.ParamAttr(name=f"{name}.weight"),
        bias_attr=paddle.ParamAttr(name=f"{name}.bias"),
    )


def norm(x, name, training):
    return paddle.static.nn.batch_norm(
        x, momentum=formula.MOMENTUM, epsilon=formula.EPSILON, is_test=not training,
        param_attr=paddle.ParamAttr(name=f"{name}.weight"),
        bias_attr=paddle.ParamAttr(name=f"{name}.bias"),
        moving_mean_name=f"{name}.running_mean",
        moving_variance_name=f"{name}.running_var",
    )


def block(x, name, inner, out, stride, training):
    shortcut = x
    if inner != out:
        shortcut = convolution(x, f"{name}.downsample.0", out, 1, stride)
        shortcut = norm(shortcut, f"{name}.downsample.1", training)
    x = convolution(x, f"{name}.conv1", out, 3, stride)
    x = paddle.nn.functional.relu(norm(x, f"{name}.bn1", training))
    x = norm(convolution(x, f"{name}.conv2", out, 3, 1), f"{name}.bn2", training)
    return paddle.nn.functional.relu(x + shortcut)


def network(x, training):
    for name, inner, out, stride in formula.BLOCKS:
        x = block(x, name, inner, out, stride, training)
    x = convolution(x, "deconv1", 313, 4, 2, transposed=True)
    return convolution(x, "deconv2", 2, 4, 2, transposed=True)


def article_loss(p, t):
    return paddle.mean((p - t) ** 2) + 16.7 / paddle.mean((p - paddle.mean(p)) ** 2)


class Session:
    """One program with its own variables; `build` makes the output from the data variables."""

    def __init__(self, weights, inputs, build):
        self.program, self.scope = paddle.static.Program(), paddle.static.Scope()
        startup = paddle.static.Program()
        with paddle.static.program_guard(self.program, startup), paddle.utils.unique_name.guard():
            self.output = build(
                *(paddle.static.data(name, x.shape, "float32") for name, x in inputs.items()))
        self.inputs = inputs
        self.executor = paddle.static.Executor(paddle.CPUPlace())
        with paddle.static.scope_guard(self.scope):
            self.executor.run(startup)
        self.names = set(weights)
        self._set(weights)

    def _set(self, weights):
        # Every parameter must come from the formula, and every tensor of the formula be used.
        made = {v.name: tuple(v.shape) for v in self.program.list_vars() if v.persistable}
        if foreign := {p.name for p in self.program.all_parameters()} - set(weights):
            raise SystemExit(f"PaddlePaddle has parameters the formula lacks: {sorted(foreign)}.")
        for name, array in weights.items():
            if made.get(name) != array.shape:
                found = made.get(name, "no such tensor")
                raise SystemExit(f"{name}: PaddlePaddle has {found}, the formula {array.shape}.")
            self.scope.find_var(name).get_tensor().set(array, paddle.CPUPlace())

    def run(self):
        with paddle.static.scope_guard(self.scope):
            return self.executor.run(self.program, feed=self.inputs, fetch_list=[self.output])[0]

    def tensors(self):
        return {name: np.array(self.scope.find_var(name).get_tensor()) for name in self.names}


def passes(weights, lightness):
    """Evaluation, training output, and the running statistics after that one training pass."""
    inputs = {"lightness": lightness}
    evaluation = Session(weights, inputs, lambda x: network(x, training=False)).run()
    session = Session(weights, inputs, lambda x: network(x, training=True))
    training = session.run()
    return evaluation, training, {n: t for n, t in session.tensors().items() if "running" in n}


def losses(weights, lightness, target, steps, rate, betas, epsilon):
    """The article's loss before each of `steps` steps of Adam on one batch."""

    def build(x, t):
        loss = article_loss(network(x, training=True), t)
        paddle.optimizer.Adam(rate, betas[0], betas[1], epsilon).minimize(loss)
        return loss

    session = Session(weights, {"lightness": lightness, "target": target}, build)
    return [float(session.run()) for _ in range(steps)]
