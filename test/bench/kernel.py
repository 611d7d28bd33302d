"""Times Jupyter kernels in turn: every repetition starts each kernel once, in a rotating order.

Prints one JSON object a session. `kernel.mjs` installs the kernels and makes the table.
"""

import argparse
import json
import math
import re
import statistics
import sys
import time

from kernel_cells import cells_of, fill
from kernel_session import KernelSession

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def number(text):
    return float(ANSI.sub("", text))


def median_ms(seconds):
    return statistics.median(seconds) * 1e3


def measure_lines(kernel, cells, n):
    """Lines may come after the idle status; a line counts as lost after a second of silence."""
    sent = time.perf_counter()
    request = kernel.send(fill(cells["lines"], n=n))
    outcome = kernel.finish(request, sent)
    late = [(at, message) for at, message in kernel.late(request) if message["msg_type"] == "stream"]
    streams = outcome.of_type("stream") + [message["content"] for _, message in late]
    received = "".join(content["text"] for content in streams if content["name"] == "stdout")
    lost = n - received.count("\n")
    if lost == 0 and received != "".join(f"line {i}\n" for i in range(n)):
        raise RuntimeError("the printed lines came out of order")
    return {
        "lines_idle_ms": outcome.seconds * 1e3,
        "lines_ms": ((late[-1][0] - sent) if late else outcome.seconds) * 1e3,
        "lines_messages": len(streams),
        "lines_lost": lost,
    }


def measure_interrupts(kernel, cells, tries):
    """Milliseconds from the interrupt of an endless loop to the result of the cell after it."""
    times = []
    for _ in range(tries):
        request = kernel.send(cells["forever"])
        kernel.wait_until_busy(request)
        time.sleep(0.1)
        sent = time.perf_counter()
        kernel.interrupt()
        stopped = kernel.finish(request, sent, 10.0)
        if stopped.reply["status"] != "error":
            raise RuntimeError(f"the interrupted loop ended with {stopped.reply['status']}")
        result = kernel.execute(cells["trivial"], result=True).result()
        if result is None or number(result) != 2:
            raise RuntimeError(f"the cell after the interrupt gave {result!r}")
        times.append((time.perf_counter() - sent) * 1e3)
        if number(kernel.execute("twice1", result=True).result() or "nan") != 2:
            raise RuntimeError(f"variables were lost at try {len(times)}, after {times[-1]:.0f} ms")
    return {"interrupt_ms": statistics.median(times), "interrupt_worst_ms": max(times)}


def attempt(record, measure, *arguments):
    """A measurement that fails leaves its reason in the record, not the others undone."""
    try:
        record.update(measure(*arguments))
    except (RuntimeError, ValueError, KeyError) as error:
        record.setdefault("problems", []).append(f"{measure.__name__.removeprefix('measure_')}: {error}")


def measure_session(name, options):
    kernel = KernelSession(name)
    try:
        cells = cells_of(kernel.manager.kernel_spec.language)
        record = {"ready_ms": kernel.ready_seconds * 1e3}
        first = kernel.execute(cells["trivial"], result=True)
        record["first_cell_ms"] = (time.perf_counter() - kernel.started) * 1e3
        if number(first.result() or "nan") != 2:
            raise RuntimeError(f"the first cell gave {first.result()!r}: {first.reply}")
        record["memory_start_rss"], record["memory_start_pss"] = kernel.memory()
        trivial = [kernel.execute(cells["trivial"], result=True).seconds for _ in range(options.cells)]
        record["trivial_ms"] = median_ms(trivial)
        declaring = [kernel.execute(fill(cells["declaring"], i=i), result=True) for i in range(options.cells)]
        if any(outcome.reply["status"] != "ok" for outcome in declaring):
            raise RuntimeError("a cell that declares names failed")
        record["declaring_ms"] = median_ms([outcome.seconds for outcome in declaring])
        loops = [number(kernel.execute(fill(cells["loop"], i=i), result=True).result()) for i in range(3)]
        record["loop_ms"] = min(loops)
        attempt(record, measure_lines, kernel, cells, options.lines)
        record["memory_rss"], record["memory_pss"] = kernel.memory()
        record["processes"] = len(kernel.processes())
        attempt(record, measure_interrupts, kernel, cells, options.interrupts)
        return record
    finally:
        kernel.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kernels", nargs="+")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--cells", type=int, default=60)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--interrupts", type=int, default=10)
    options = parser.parse_args()
    for repetition in range(options.repetitions):
        turn = repetition % len(options.kernels)
        for name in options.kernels[turn:] + options.kernels[:turn]:
            record = {"kernel": name, "repetition": repetition}
            try:
                record.update(measure_session(name, options))
            except Exception as error:  # noqa: BLE001 — one kernel's failure must not end the others' run
                record["problems"] = [f"session: {error!r}"]
            finite = {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in record.items()}
            print(json.dumps(finite), flush=True)
            print(f"repetition {repetition + 1}/{options.repetitions}: {name} done", file=sys.stderr)


if __name__ == "__main__":
    main()
