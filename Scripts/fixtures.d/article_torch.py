"""The article's ResNet in PyTorch: an independent check of what PaddlePaddle gives."""

import torch
from torch import nn

import formula


def norm(channels):
    return nn.BatchNorm2d(channels, eps=formula.EPSILON, momentum=formula.MOMENTUM)


class Block(nn.Module):
    def __init__(self, inner, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inner, out, 3, stride, 1)
        self.bn1 = norm(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1)
        self.bn2 = norm(out)
        self.downsample = None
        if inner != out:
            self.downsample = nn.Sequential(nn.Conv2d(inner, out, 1, stride), norm(out))

    def forward(self, x):
        shortcut = self.downsample(x) if self.downsample else x
        x = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(x)) + shortcut)


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        blocks = {}
        for name, inner, out, stride in formula.BLOCKS:
            blocks.setdefault(name.split(".")[0], []).append(Block(inner, out, stride))
        for name, members in blocks.items():
            setattr(self, name, nn.Sequential(*members))
        self.deconv1 = nn.ConvTranspose2d(512, 313, 4, 2, 1)
        self.deconv2 = nn.ConvTranspose2d(313, 2, 4, 2, 1)

    def forward(self, x):
        return self.deconv2(self.deconv1(self.layer3(self.layer2(self.layer1(x)))))


def network(weights):
    """The network with these weights, name -> array; strict but for PyTorch's batch counters."""
    made = ResNet()
    state = {name: torch.from_numpy(array.copy()) for name, array in weights.items()}
    counters = {n: t for n, t in made.state_dict().items() if n.endswith("num_batches_tracked")}
    made.load_state_dict(state | counters)
    return made


def passes(weights, lightness):
    """Evaluation, training output, and the running statistics after that one training pass."""
    made, x = network(weights), torch.from_numpy(lightness)
    with torch.no_grad():
        evaluation = made.eval()(x).numpy()
        training = made.train()(x).numpy()
    statistics = {n: t.numpy() for n, t in made.state_dict().items() if "running" in n}
    return evaluation, training, statistics


def losses(weights, lightness, target, steps, rate, betas, epsilon):
    """The article's loss before each of `steps` steps of Adam on one batch."""
    made = network(weights).train()
    optimizer = torch.optim.Adam(made.parameters(), lr=rate, betas=betas, eps=epsilon)
    x, t, found = torch.from_numpy(lightness), torch.from_numpy(target), []
    for _ in range(steps):
        p = made(x)
        loss = ((p - t) ** 2).mean() + 16.7 / ((p - p.mean()) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return found
