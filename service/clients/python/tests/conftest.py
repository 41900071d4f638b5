"""The real server for tests that need one, and fakes for what a real one does not do on demand."""

import os
import shutil
from pathlib import Path

import pytest
from fakes import serving
from server import Server

from switchyard.client import Client

NO_BINARY = "needs the server: --binary=PATH or SWITCHYARD_BINARY"


def pytest_addoption(parser):
    parser.addoption("--binary", default=os.environ.get("SWITCHYARD_BINARY"), help="the switchyard command")


def pytest_configure(config):
    named = config.getoption("--binary")
    if named and not shutil.which(named):
        raise pytest.UsageError(f"expected the switchyard command, got {named}")


def pytest_terminal_summary(terminalreporter):
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if NO_BINARY in str(r.longrepr)]
    if skipped:
        warning = f"NOT TESTED against a real server: {len(skipped)} tests. They need --binary=PATH."
        terminalreporter.write_line(warning, red=True, bold=True)


@pytest.fixture
def binary(request):
    named = request.config.getoption("--binary")
    if not named:
        pytest.skip(NO_BINARY)
    return Path(shutil.which(named)).resolve()


@pytest.fixture
def server(binary, tmp_path):
    started = Server(binary, tmp_path).start()
    yield started
    started.stop()


@pytest.fixture
def client(server):
    with Client(server.address) as client:
        yield client


@pytest.fixture
def fake():
    """Starts a server with the given servicers, and gives a client of it."""
    opened = []

    def start(*servicers, **options):
        stop, address = serving(*servicers)
        client = Client(address, **options)
        opened.append((client, stop))
        return client

    yield start
    for client, stop in opened:
        client.close()
        stop()
