"""The Python client of README.md, run as a reader would: only the port is another one."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from server import check, serving

ROOT = pathlib.Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1:50051"


def main(binary):
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE).group(1)
    install = re.search(r"^pip install (\S+)$", readme, re.MULTILINE).group(1)
    check("it names the address of a server once", block.count(ADDRESS) == 1)
    with tempfile.TemporaryDirectory() as folder, serving(binary) as address:
        packages = pathlib.Path(folder, "packages")
        pip = ["python", "-m", "pip", "install", "--quiet", "--no-deps", "--target", packages, ROOT / install]
        run("its package is installed", pip, folder)
        pathlib.Path(folder, "client.py").write_text(block.replace(ADDRESS, address))
        printed = run("it runs", ["python", "client.py"], folder, PYTHONPATH=str(packages))
    print("      " + printed.strip())
    category, agent, summary = printed.strip().split(" ", 2)
    check("it prints the category", category == "returns.refund")
    check("it prints the agent", agent == "li.na")
    check("it prints a summary that names the agent", "li.na" in summary)


def run(claim, command, folder, **environment):
    """Runs with this very Python first on the path, and gives what was printed."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path} | environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    check(claim, done.returncode == 0)
    return done.stdout


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()))
