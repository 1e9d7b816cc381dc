"""From a bare machine to a running journal, with the standard library alone.

This file runs before anything is installed, possibly on an interpreter that is too old: it finds
a newer one itself, and keeps to a syntax that Python 3.6 can at least read.
What is inside the application (copy, migration, school, logins) is `flask --app wsgi start`.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
CANDIDATES = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = Path(__file__).resolve().parent.parent


class Refusal(Exception):
    """Something the person at the keyboard can put right; its text says how."""


def find_python(version=sys.version_info[:2], which=shutil.which):
    """The interpreter to build the environment with: this one, else the newest on the PATH."""
    if version >= OLDEST:
        return sys.executable
    found = next((path for path in map(which, CANDIDATES) if path), None)
    if found is None:
        raise Refusal(
            "Python 3.11 or newer is needed; this is {}.{}. Install it, or name it: "
            "make run PYTHON=/path/to/python3.11".format(*version)
        )
    return found


def ensure_environment(venv, python):
    """Make the virtual environment, or make it anew when an interrupted start left half of it."""
    ready = venv / ".ready"
    if ready.exists() and (venv / "bin" / "python").exists():
        return
    print(f"Making the virtual environment in {venv.name}", flush=True)
    done = subprocess.run([python, "-m", "venv", "--clear", str(venv)], stdout=subprocess.DEVNULL)
    if done.returncode:
        raise Refusal(
            "The virtual environment could not be made (see above). "
            "On Debian and Ubuntu: apt-get install python3-venv, then try again."
        )
    ready.touch()


def fingerprint(files):
    """A hash of the requirement files: the same pins need no second installation."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def ensure_requirements(venv, files):
    """Install the pinned packages unless the stamp says that exactly these are installed."""
    stamp = venv / f".installed-{files[-1].stem}"
    wanted = fingerprint(files)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {files[-1].name} (minutes, once)", flush=True)
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "--requirement", str(files[-1])]
    if subprocess.run(command).returncode:
        raise Refusal(
            "The packages could not be installed (see above). Check the network and repeat."
        )
    stamp.write_text(wanted)


def install(venv, dev):
    """Environment and packages; `dev` adds those of the tests and checks."""
    ensure_environment(venv, find_python())
    files = [ROOT / "requirements.txt"] + ([ROOT / "requirements-dev.txt"] if dev else [])
    ensure_requirements(venv, files)


def run(venv, port, school, empty):
    """Prepare what is outside the application, then become `flask start`."""
    if school and not Path(school).is_file():
        raise Refusal(f"There is no file {school}. Give the path of the school workbook.")
    install(venv, dev=False)
    python = str(venv / "bin" / "python")
    subprocess.run([python, str(ROOT / "deploy" / "catalogue.py"), "compile"], check=True)
    command = [python, "-m", "flask", "--app", str(ROOT / "wsgi"), "start", "--port", str(port)]
    command += ["--empty", empty] if empty else []
    os.execv(python, command + (["--school", school] if school else []))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    commands = parser.add_subparsers(dest="command")
    commands.required = True
    installing = commands.add_parser("install")
    installing.add_argument("--dev", action="store_true")
    running = commands.add_parser("run")
    running.add_argument("--port", type=int, default=8000)
    running.add_argument("--school", default="")
    running.add_argument("--empty", default="")
    options = parser.parse_args(arguments)
    venv = options.venv.resolve()
    try:
        if options.command == "install":
            install(venv, options.dev)
        else:
            run(venv, options.port, options.school, options.empty)
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped. The next start goes on from here.")


if __name__ == "__main__":
    main()
