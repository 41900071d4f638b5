"""The quick start of the README, as a reader would paste it: only the port is another one."""

import re
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
ADDRESS = "127.0.0.1:50051"


def test_the_quick_start_runs_as_it_stands_there(server, capsys):
    block = re.search(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    code = block.group(1)
    assert code.count(ADDRESS) == 1
    exec(compile(code.replace(ADDRESS, server.address), README, "exec"), {})
    category, agent, summary = capsys.readouterr().out.strip().split(" ", 2)
    assert (category, agent) == ("returns.refund", "li.na")
    assert "li.na" in summary
