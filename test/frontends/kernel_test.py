"""jupyter_kernel_test over the installed kernel, with every attribute set so that nothing is skipped.

Run as a program it prints one JSON object with the counts of unittest's own result.
"""

import json
import signal
import sys
import unittest

import jupyter_kernel_test

KERNEL = "descent"
LIMIT = 60
"""Seconds for one test: some wait for a message without a limit of their own."""


NUMBER = "\x1b[34m{}\x1b[39m".format
"""A number as the inspector colours it inside a structure; a result that is only a number has no colour."""


class Bounded(unittest.TestCase):
    def setUp(self):
        super().setUp()
        signal.alarm(LIMIT)
        self.addCleanup(signal.alarm, 0)


def give_up(signum, frame):
    raise TimeoutError(f"the test took longer than {LIMIT} s")


class DescentKernelTests(Bounded, jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"

    completion_samples = [
        {"text": "Number.parseF", "matches": {"parseFloat"}},
        {"text": "Math.flo", "matches": {"floor"}},
        {"text": "const text = JSON.stri", "matches": {"stringify"}},
        {"text": "parseFl", "matches": {"parseFloat"}},
    ]

    complete_code_samples = [
        "1 + 1",
        "const a: number = 1",
        "function twice(x: number): number {\n  return 2 * x;\n}",
        "await Promise.resolve(1)",
        "type Pair<T> = [T, T];",
    ]
    incomplete_code_samples = [
        "function twice(x: number) {",
        "const text = `one",
        "[1, 2,",
        "if (true) {\n  console.log(1);",
        "/* a comment",
    ]
    invalid_code_samples = ["const = 3", "1 +* 2", "function (]", "}"]

    code_page_something = "?Math.max"
    code_generate_error = "throw new Error('on purpose')"

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2, 3].map((x: number) => x * x)", "result": f"[ {NUMBER(1)}, {NUMBER(4)}, {NUMBER(9)} ]"},
        {"code": "await Promise.resolve('late')", "result": "'late'"},
        {"code": "html`<b>result</b>`", "mime": "text/html", "result": "<b>result</b>"},
    ]
    code_display_data = [
        {"code": "display(html`<b>x</b>`)", "mime": "text/html"},
        {"code": "display(md`**x**`)", "mime": "text/markdown"},
        {"code": "display(html`<i>y</i>`)", "mime": "text/plain"},
    ]

    code_history_pattern = "6*7"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Math.max"
    code_clear_output = "display.clear({ wait: false })"


class DescentIopubWelcomeTests(Bounded, jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


def main():
    signal.signal(signal.SIGALRM, give_up)
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=2).run(suite)
    counts = {
        "run": result.testsRun,
        "failed": [f"{test.id()}\n{trace}" for test, trace in result.failures + result.errors],
        "skipped": [f"{test.id()}: {reason}" for test, reason in result.skipped],
    }
    print(json.dumps(counts))
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
