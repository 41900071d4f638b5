"""The real server on a free port, with a store of its own, for as long as a client needs it."""

import contextlib
import pathlib
import signal
import subprocess
import sys
import tempfile


def check(claim, holds):
    print(("ok    " if holds else "FAILED ") + claim)
    if not holds:
        sys.exit(1)


@contextlib.contextmanager
def serving(binary):
    """Yields the server's address; afterwards the server must stop when told to."""
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder, "store.sqlite")
        server = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--store", store, "--set", "server.metrics_listen="],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            line = server.stdout.readline()
            check("the server starts", line)
            yield line.split()[-1]
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=20)
        check("the server stops when told to", code == 0)
