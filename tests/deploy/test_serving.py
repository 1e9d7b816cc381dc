"""The production server takes its settings; the browser modules are checked where node is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import scripts

ROOT = Path(__file__).resolve().parents[2]


def test_the_server_accepts_its_settings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gunicorn", "--check-config", "-c", "deploy/gunicorn.py"]
    environment = os.environ | {"INSTANCE_DIR": str(tmp_path), "HOME": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("*.ctl")), "the control socket is off"


def test_a_serving_process_holds_no_toolkits_of_documents(tmp_path: Path) -> None:
    """They take twenty megabytes of each process; the first document loads its own."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'journal.db'}",
        "SECRET_KEY": "of a test",
        "INSTANCE_DIR": str(tmp_path),
        "JOURNAL_COMMANDS": "0",
    }
    asked = "import sys, wsgi; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    toolkits = {"reportlab", "openpyxl", "xlsxwriter", "xlwt", "icalendar", "holidays", "PIL"}
    assert not toolkits & set(done.stdout.split())


def test_the_master_does_not_load_the_application() -> None:
    """It would hold a hundred megabytes it never uses."""
    asked = "import sys, runpy; runpy.run_path('deploy/gunicorn.py'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"journal", "flask", "sqlalchemy"} & set(done.stdout.split())


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
def test_a_broken_browser_module_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.js").write_text('import one from "./other.js";\nexport const two = one;\n')
    assert scripts.main(tmp_path) == 0
    (tmp_path / "bad.js").write_text("export const two = ;\n")
    assert scripts.main(tmp_path) == 1
    assert "bad.js" in capsys.readouterr().err


def test_without_node_one_line_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert scripts.main(tmp_path) == 0
    assert "not checked" in capsys.readouterr().out
