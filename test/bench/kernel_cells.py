"""The cells that are timed, one set a language."""

TYPESCRIPT = {
    "trivial": "1 + 1",
    "declaring": "let value{i}: number = {i}; const twice{i} = value{i} * 2; twice{i}",
    "lines": "for (let i = 0; i < {n}; i++) console.log('line ' + i)",
    "forever": "for (;;) {}",
    "loop": "const begin{i} = performance.now(); let sum{i} = 0; "
    "for (let i = 0; i < 1e7; i++) sum{i} += i; performance.now() - begin{i}",
}

PYTHON = {
    "trivial": "1 + 1",
    "declaring": "value{i} = {i}; twice{i} = value{i} * 2; twice{i}",
    "lines": "for i in range({n}): print('line', i)",
    "forever": "while True: pass",
    "loop": "import time\nbegin = time.perf_counter()\nsum{i} = 0\n"
    "for i in range(10**7): sum{i} += i\n(time.perf_counter() - begin) * 1000",
}


def cells_of(language):
    return PYTHON if language == "python" else TYPESCRIPT


def fill(template, **values):
    """Replaces `{name}` only, so that the braces of TypeScript stay."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template
