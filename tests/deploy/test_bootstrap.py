"""The first start, as far as it goes before the application."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deploy import bootstrap

FILE = Path(__file__).resolve().parents[2] / "deploy" / "bootstrap.py"


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A folder that looks like a virtual environment; its python notes how it was called."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / ".ready").touch()
    python = folder / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / "calls"}\nexit ${{PIP_EXIT:-0}}\n')
    python.chmod(0o755)
    return folder


def test_an_old_python_finds_a_newer_one() -> None:
    paths = {"python3.12": "/usr/bin/python3.12", "python3.11": "/usr/bin/python3.11"}
    assert bootstrap.find_python((3, 9), paths.get) == "/usr/bin/python3.12"
    assert bootstrap.find_python((3, 11), paths.get) == sys.executable


def test_without_a_new_python_a_sentence_says_what_to_do() -> None:
    with pytest.raises(bootstrap.Refusal, match=r"Python 3\.11 or newer is needed; this is 3\.9"):
        bootstrap.find_python((3, 9), {}.get)


def test_packages_are_installed_once_for_the_same_pins(venv: Path, tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    for content, installations in (("a==1\n", 1), ("a==1\n", 1), ("a==2\n", 2)):
        pins.write_text(content)
        bootstrap.ensure_requirements(venv, [pins])
        assert len((tmp_path / "calls").read_text().splitlines()) == installations


def test_a_failed_installation_is_repeated(
    venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("a==1\n")
    monkeypatch.setenv("PIP_EXIT", "1")
    with pytest.raises(bootstrap.Refusal, match="could not be installed"):
        bootstrap.ensure_requirements(venv, [pins])
    monkeypatch.delenv("PIP_EXIT")
    bootstrap.ensure_requirements(venv, [pins])
    assert len((tmp_path / "calls").read_text().splitlines()) == 2


def test_an_environment_without_its_mark_is_made_anew(venv: Path, tmp_path: Path) -> None:
    python = str(venv / "bin" / "python")
    bootstrap.ensure_environment(venv, python)
    assert not (tmp_path / "calls").exists()
    (venv / ".ready").unlink()
    bootstrap.ensure_environment(venv, python)
    assert (tmp_path / "calls").read_text() == f"-m venv --clear {venv}\n"
    assert (venv / ".ready").exists()


def test_a_missing_school_file_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    command = [sys.executable, str(FILE), "--venv", str(tmp_path / "venv"), "run"]
    done = subprocess.run(
        [*command, "--school", "no-such.xlsx"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "There is no file no-such.xlsx. Give the path of the school workbook.\n"
    assert not (tmp_path / "venv").exists()
