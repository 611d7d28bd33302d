"""The tasks of tasks.mjs in PyTorch: reads one question a line, answers with the milliseconds of each step."""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))


def product(transposed):
    a, b = torch.randn(512, 512), torch.randn(512, 512)
    a, b = (a.T if transposed[0] == "t" else a), (b.T if transposed[1] == "t" else b)
    return lambda: a @ b


def training(model, shape):
    optimizer = torch.optim.Adam(model.parameters())
    x, y = torch.randn(shape), torch.arange(shape[0]) % 10
    loss = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()

    return step


def mlp(batch=32, width=64):
    layers = [nn.Linear(784, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 10)]
    return training(nn.Sequential(*layers), (batch, 784))


def cnn(batch=32):
    def convolution(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]

    layers = [*convolution(3, 32), nn.MaxPool2d(2), *convolution(32, 64), nn.MaxPool2d(2), *convolution(64, 64)]
    layers += [nn.Flatten(), nn.Linear(4096, 64), nn.ReLU(), nn.Linear(64, 10)]
    return training(nn.Sequential(*layers), (batch, 3, 32, 32))


def normalized(batch=32):
    def block(inputs, filters, stride):
        parts = [nn.Conv2d(inputs, filters, 1, stride=stride, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]
        depthwise = nn.Conv2d(filters, filters, 3, padding=1, groups=filters, bias=False)
        return [*parts, depthwise, nn.BatchNorm2d(filters), nn.ReLU()]

    layers = [*block(3, 32, 1), *block(32, 64, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]
    return training(nn.Sequential(*layers), (batch, 3, 32, 32))


class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(32, 64, batch_first=True)

    def forward(self, x):
        return self.lstm(x)[0][:, -1]


def lstm(batch=32):
    return training(nn.Sequential(Last(), nn.Linear(64, 10)), (batch, 50, 32))


def adam():
    parameters = [nn.Parameter(torch.randn(50_000)) for _ in range(20)]
    for parameter in parameters:
        parameter.grad = torch.randn(50_000)
    return torch.optim.Adam(parameters).step


tasks = {f"matmul-{name}": (lambda name=name: product(name)) for name in ("nn", "nt", "tn", "tt")}
tasks |= {"mlp": mlp, "cnn": cnn, "normalized": normalized, "lstm": lstm, "adam": adam}
steps = {}


def measure(task, options, milliseconds, clock):
    now = time.process_time if clock == "processor" else time.perf_counter
    key = json.dumps([task, options])
    if key not in steps:
        steps[key] = tasks[task](**options)
        steps[key]()
    times = []
    end = time.perf_counter() + milliseconds / 1000
    while not times or time.perf_counter() < end:
        begin = now()
        steps[key]()
        times.append((now() - begin) * 1000)
    return times


print(json.dumps({"started": torch.__version__}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    try:
        print(json.dumps({"times": measure(**question)}), flush=True)
    except Exception as error:  # The table says that it failed.
        print(json.dumps({"failure": str(error)}), flush=True)
