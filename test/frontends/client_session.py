"""One jupyter_client session with the installed kernel; prints what each step gave as one JSON object."""

import json
import re
import sys
import time

from jupyter_client.manager import start_new_kernel

LIMIT = 30
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def execute(client, code):
    """The reply's status and error name, and the plain text of the result."""
    texts = []

    def keep(message):
        if message["msg_type"] == "execute_result":
            texts.append(ANSI.sub("", message["content"]["data"]["text/plain"]))

    reply = client.execute_interactive(code, timeout=LIMIT, allow_stdin=False, output_hook=keep)
    return {
        "status": reply["content"]["status"],
        "ename": reply["content"].get("ename"),
        "count": reply["content"].get("execution_count"),
        "result": texts[-1] if texts else None,
    }


def interrupt_loop(manager, client):
    """Interrupts an endless loop half a second after it began; the reply of the loop's cell."""
    request = client.execute("for (;;) {}")
    while True:
        message = client.get_iopub_msg(timeout=LIMIT)
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "execute_input":
            break
    time.sleep(0.5)
    manager.interrupt_kernel()
    while True:
        reply = client.get_shell_msg(timeout=LIMIT)
        if reply["parent_header"].get("msg_id") == request:
            return {"status": reply["content"]["status"], "ename": reply["content"].get("ename")}


def restart(manager, client):
    manager.restart_kernel()
    client.wait_for_ready(timeout=LIMIT)


def main():
    manager, client = start_new_kernel(startup_timeout=LIMIT, kernel_name="descent")
    try:
        steps = {
            "execute": execute(client, "const kept: number = 6 * 7; kept"),
            "interrupt": interrupt_loop(manager, client),
            "kept": execute(client, "kept + 1"),
        }
        manager.interrupt_kernel()
        steps["idle_interrupt"] = execute(client, "kept + 2")
        restart(manager, client)
        steps["restarted"] = execute(client, "typeof kept")
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    print(json.dumps(steps))


if __name__ == "__main__":
    sys.exit(main())
