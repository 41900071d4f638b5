"""The real server on a port and a store of its own, which can be killed and started again."""

import signal
import socket
import subprocess
from pathlib import Path


class Server:
    """Listens on the same address for as long as it lives, whatever the number of starts."""

    def __init__(self, binary: Path, folder: Path, *settings: str) -> None:
        self._binary = binary
        self._store = folder / "store.sqlite"
        self._log = folder / "server.log"
        self._settings = ["server.metrics_listen=", *settings]
        self._process = None
        self.address = f"127.0.0.1:{free_port()}"

    def start(self):
        command = [self._binary, "serve", "--listen", self.address, "--store", self._store]
        for setting in self._settings:
            command += ["--set", setting]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        # It prints its address once calls are taken.
        assert self._process.stdout.readline(), self._log.read_text()
        return self

    def kill(self):
        """As a power cut would: nothing is finished."""
        self._process.kill()
        self._process.wait()

    def stop(self):
        """As it is told to stop; it must do so by itself."""
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(timeout=20) == 0


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
