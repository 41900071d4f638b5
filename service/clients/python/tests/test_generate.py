"""The stubs that are committed are those of the contract."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent
PROTO = PACKAGE.parents[2] / "proto"

pytest.importorskip("grpc_tools", reason="needs grpcio-tools to generate stubs")


def check(folder):
    command = [sys.executable, folder / "service/clients/python/tools/generate.py", "--check"]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def copied(tmp_path):
    """The contract and this package, where they may be changed."""
    shutil.copytree(PROTO, tmp_path / "proto")
    for part in ("tools", "src"):
        shutil.copytree(PACKAGE / part, tmp_path / "service/clients/python" / part)
    return tmp_path


def test_the_stubs_are_up_to_date():
    done = check(PACKAGE.parents[2])
    assert (done.returncode, done.stderr) == (0, "")


def test_stubs_of_another_contract_are_stale(copied):
    contract = copied / "proto/switchyard/v1/server_service.proto"
    contract.write_text(contract.read_text().replace("string tenant = 7;", "string tenant = 9;"))
    done = check(copied)
    assert done.returncode == 1
    assert "server_service_pb2.py" in done.stderr


def test_a_file_too_many_is_stale(copied):
    (copied / "service/clients/python/src/switchyard/v1/old_pb2.py").touch()
    assert "old_pb2.py" in check(copied).stderr


def test_a_module_is_imported_as_protoc_names_it():
    assert importlib.util.find_spec("switchyard.v1.triage_service_pb2")
