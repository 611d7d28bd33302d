"""Steps of PyTorch's optimizers for `npm run bench updates`; it talks as Node's child processes do, in lines of JSON."""

import json
import os
import sys
import time

import torch

# With more, a busy machine lets one wait for the other at every operation.
torch.set_num_threads(1)
channel = os.fdopen(int(os.environ["NODE_CHANNEL_FD"]), "r+b", buffering=0)
MAKE = {
    "sgd": lambda w: torch.optim.SGD(w, lr=0.01),
    "momentum": lambda w: torch.optim.SGD(w, lr=0.01, momentum=0.9),
    "adam": lambda w: torch.optim.Adam(w, lr=0.001),
    "rmsprop": lambda w: torch.optim.RMSprop(w, lr=0.001, alpha=0.9, momentum=0.9),
    "adadelta": lambda w: torch.optim.Adadelta(w, lr=0.001),
}
made = {}


def step_of(rule):
    if rule not in made:
        weights = [torch.nn.Parameter(torch.randn(50_000)) for _ in range(20)]
        for weight in weights:
            weight.grad = torch.randn(50_000)
        made[rule] = MAKE[rule](weights).step
    return made[rule]


def send(message):
    channel.write((json.dumps(message) + "\n").encode())


send(list(MAKE))
buffer = b""
while True:
    more = channel.read(65536)
    if not more:
        sys.exit()
    buffer += more
    while b"\n" in buffer:
        line, buffer = buffer.split(b"\n", 1)
        question = json.loads(line)
        step, times = step_of(question["rule"]), []
        end = time.perf_counter() + question["milliseconds"] / 1000
        while time.perf_counter() < end:
            begin = time.perf_counter()
            step()
            times.append(1000 * (time.perf_counter() - begin))
        send(times)
