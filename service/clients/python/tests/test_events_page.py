"""The page of all events shows what a real server sends."""

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).resolve().parent.parent / "tools" / "events.py"


def test_the_page_of_all_events_is_up_to_date(binary):
    done = subprocess.run([sys.executable, TOOL, binary, "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
