"""Check the syntax of the browser modules with node, where there is one: `scripts.py FOLDER`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def broken(node: str, folder: Path) -> list[str]:
    """What node says about each module that it cannot parse."""
    complaints = []
    for script in sorted(folder.rglob("*.js")):
        with script.open() as source:
            command = [node, "--check", "--input-type=module", "-"]
            done = subprocess.run(command, stdin=source, capture_output=True, text=True)
        if done.returncode:
            complaints.append(f"{script}: {done.stderr.strip()}")
    return complaints


def main(folder: Path) -> int:
    node = shutil.which("node")
    if node is None:
        print("There is no node here: the syntax of the browser modules is not checked.")
        return 0
    complaints = broken(node, folder)
    print("\n".join(complaints), end="\n" if complaints else "", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
