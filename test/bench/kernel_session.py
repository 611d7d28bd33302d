"""One running kernel, spoken to over its own sockets with as little client in between as possible."""

import subprocess
import time
from dataclasses import dataclass, field

import psutil
import zmq
from jupyter_client.manager import KernelManager

LIMIT = 120.0
"""Seconds after which a kernel that does not answer has failed the measurement."""


@dataclass
class Outcome:
    seconds: float = 0.0
    """From sending the request to having the reply, the idle status and what else was waited for."""
    messages: list = field(default_factory=list)
    reply: dict = field(default_factory=dict)

    def of_type(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    def result(self):
        found = self.of_type("execute_result")
        return found[-1]["data"].get("text/plain") if found else None


class KernelSession:
    """Starts the kernel of that name; `ready_seconds` is the time to its first kernel_info reply."""

    def __init__(self, name):
        # A connection that is refused is tried again after 2 ms, not zeromq's 100: the figure is the kernel's.
        self.context = zmq.Context()
        self.context.setsockopt(zmq.RECONNECT_IVL, 2)
        self.manager = KernelManager(kernel_name=name, context=self.context)
        self.started = time.perf_counter()
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.client(context=self.context)
        self.client.start_channels(stdin=False, hb=False)
        self.session = self.client.session
        self.shell = self.client.shell_channel.socket
        self.iopub = self.client.iopub_channel.socket
        self.control = self.client.control_channel.socket
        self.client.kernel_info()
        self._receive(self.shell, LIMIT)
        self.ready_seconds = time.perf_counter() - self.started
        self._join_iopub()

    def _join_iopub(self):
        """Asks again until a message arrives: a kernel without a welcome publishes unheard before that."""
        deadline = time.perf_counter() + LIMIT
        while not self.iopub.poll(10):
            if time.perf_counter() > deadline:
                raise RuntimeError("iopub stays silent")
            self.client.kernel_info()
            self._receive(self.shell, LIMIT)

    def alive(self):
        return self.manager.provisioner.process.poll() is None

    def _receive(self, socket, seconds):
        deadline = time.perf_counter() + seconds
        while not socket.poll(200):
            if not self.alive():
                raise RuntimeError("the kernel died")
            if time.perf_counter() > deadline:
                raise RuntimeError(f"no answer in {seconds:.0f} s")
        return self.session.recv(socket, mode=0)[1]

    def send(self, code):
        """Sends an execute request and returns its id."""
        content = dict(code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False,
                       stop_on_error=True)
        return self.session.send(self.shell, "execute_request", content)["header"]["msg_id"]

    def finish(self, request, sent, seconds=LIMIT, result=False):
        """Waits for the reply and the idle status of a request sent at `sent`.

        With `result` also for its execute_result, which some kernels publish after they say idle.
        """
        outcome = Outcome()
        deadline = time.perf_counter() + seconds
        idle = False
        while not (idle and outcome.reply and (outcome.reply["status"] != "ok" or not result or outcome.result())):
            ready = zmq.select([self.shell, self.iopub], [], [], 0.2)[0]
            if not ready and (not self.alive() or time.perf_counter() > deadline):
                raise RuntimeError("the kernel died" if not self.alive() else f"no answer in {seconds:.0f} s")
            for socket in ready:
                message = self.session.recv(socket, mode=0)[1]
                if message["parent_header"].get("msg_id") != request:
                    continue
                if socket is self.shell:
                    outcome.reply = message["content"]
                elif message["msg_type"] == "status":
                    idle = message["content"]["execution_state"] == "idle"
                else:
                    outcome.messages.append(message)
        outcome.seconds = time.perf_counter() - sent
        return outcome

    def execute(self, code, result=False):
        sent = time.perf_counter()
        return self.finish(self.send(code), sent, result=result)

    def late(self, request, silence=1.0):
        """Messages of that request that come after its idle status, each with the time it came at."""
        found = []
        while self.iopub.poll(silence * 1000):
            message = self.session.recv(self.iopub, mode=0)[1]
            if message["parent_header"].get("msg_id") == request:
                found.append((time.perf_counter(), message))
        return found

    def wait_until_busy(self, request):
        while True:
            message = self._receive(self.iopub, 10.0)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "execute_input":
                return

    def interrupt(self):
        if self.manager.kernel_spec.interrupt_mode == "message":
            self.session.send(self.control, "interrupt_request", {})
        else:
            self.manager.interrupt_kernel()

    def processes(self):
        root = psutil.Process(self.manager.provisioner.pid)
        return [root, *root.children(recursive=True)]

    def memory(self):
        """Resident and proportional set size of the whole process tree, in MiB."""
        rss = pss = 0
        for process in self.processes():
            rss += process.memory_info().rss
            try:
                with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as lines:
                    pss += next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
            except OSError:
                pss = float("nan")
        return rss / 2**20, pss / 2**20

    def close(self):
        processes = self.processes() if self.alive() else []
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=not processes)
        for process in psutil.wait_procs(processes, timeout=5)[1]:
            process.kill()
        self.context.destroy(linger=0)
