"""Both walks against the real server, as a reader would start them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("walk", ["first_integration", "one_ticket"])
def test_every_step_of_a_walk_is_so(walk, server, binary):
    environment = os.environ | {"PYTHONPATH": str(PACKAGE / "src"), "SWITCHYARD_BINARY": str(binary)}
    command = [sys.executable, PACKAGE / "examples" / f"{walk}.py", "--address", server.address]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300
    )
    print(done.stdout)
    assert done.returncode == 0
