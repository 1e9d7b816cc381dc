"""The archive of a year: whole, signed, readable without the program, and every tampering told."""

from __future__ import annotations

import csv
import io
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from config import Settings
from journal.transfer.archive.keys import KEY_FILE, SigningKey, fingerprint
from journal.transfer.archive.verifying import verify_archive
from journal.transfer.archive.writing import SIGNATURE, SUMS
from tests.cast import Cast

CODE, YEAR = "1017", "2026-2027"


def run(app: Flask, *args: str) -> tuple[int, str, str]:
    answer = app.test_cli_runner().invoke(args=("archive", *args))
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.fixture
def archive(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    out = tmp_path / "archive.zip"
    code, said, errors = run(app, "make", "--school", CODE, "--year", YEAR, "--out", str(out))
    assert (code, said.strip()) == (0, str(out)), errors
    return out


def folder_of(app: Flask) -> Path:
    settings: Settings = app.config["SETTINGS"]
    return settings.instance_dir


def test_it_holds_every_journal_and_sheet_in_two_formats(archive: Path, cast: Cast) -> None:
    with zipfile.ZipFile(archive) as found:
        names = found.namelist()
        sheets = [name for name in names if name.startswith("summary-sheets/")]
        journals = [name for name in names if name.startswith("journals/")]
        assert len(sheets) == 4, "two classes, as PDF and CSV"
        assert len(journals) == 2 * len([c for n, c in cast.courses.items() if n != "foreign"])
        assert {f"history/{name}.csv" for name in ("lessons", "marks", "attendance")} <= set(names)
        pdf = pypdf.PdfReader(io.BytesIO(found.read(sorted(sheets)[1])))
        assert "Сводная ведомость" in pdf.pages[0].extract_text()
        text = found.read(sorted(sheets)[0]).decode("utf-8-sig")
        head = next(csv.reader(io.StringIO(text), delimiter=";"))
        assert head[1] == "Фамилия, имя"
        index = found.read("index.html").decode()
    assert all(f'href="{name}"' in index for name in (*sheets, *journals))
    assert "http" not in index.split("<pre>")[0], "nothing outside is needed to read it"


def test_the_key_is_made_once_and_kept_secret(app: Flask, archive: Path) -> None:
    path = folder_of(app) / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    pem = SigningKey.of(folder_of(app)).public_pem
    assert SigningKey.of(folder_of(app)).public_pem == pem
    assert verify_archive(archive, trusted=fingerprint(pem)).genuine
    assert not verify_archive(archive, trusted="0" * 64).genuine


def test_the_command_tells_whether_it_is_genuine(app: Flask, archive: Path) -> None:
    code, said, errors = run(app, "verify", str(archive))
    assert (code, errors) == (0, "")
    assert "Архив подлинный" in said and "ключ этой установки" in said


def test_standard_tools_agree(archive: Path, tmp_path: Path) -> None:
    if not (shutil.which("openssl") and shutil.which("sha256sum")):
        pytest.skip("openssl and sha256sum are not installed")
    place = tmp_path / "unpacked"
    with zipfile.ZipFile(archive) as found:
        found.extractall(place)
    subprocess.run(["sha256sum", "--quiet", "-c", SUMS], cwd=place, check=True)
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public_key.pem", "-rawin"]
    subprocess.run([*verify, "-in", SUMS, "-sigfile", SIGNATURE], cwd=place, check=True)


Change = Callable[[dict[str, bytes]], None]


def _changed(files: dict[str, bytes]) -> None:
    files["history/marks.csv"] += b"\n"


def _added(files: dict[str, bytes]) -> None:
    files["journals/9999.pdf"] = b"%PDF"


def _missing(files: dict[str, bytes]) -> None:
    del files["history/marks.csv"]


def _sums(files: dict[str, bytes]) -> None:
    line = next(one for one in files[SUMS].splitlines(True) if b"history/marks.csv" in one)
    del files["history/marks.csv"]
    files[SUMS] = files[SUMS].replace(line, b"")


def _unsigned(files: dict[str, bytes]) -> None:
    del files[SIGNATURE]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_changed, "history/marks.csv"),
        (_added, "journals/9999.pdf"),
        (_missing, "history/marks.csv"),
        (_sums, "Подпись"),
        (_unsigned, "повреждён"),
    ],
)
def test_every_tampering_is_told(
    app: Flask, archive: Path, tmp_path: Path, change: Change, sentence: str
) -> None:
    with zipfile.ZipFile(archive) as found:
        files = {name: found.read(name) for name in found.namelist()}
    change(files)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    code, said, errors = run(app, "verify", str(other))
    assert (code, said) == (1, "")
    assert sentence in errors


def test_one_bit_of_a_packed_file_names_the_file(app: Flask, archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as found:
        names = sorted(name for name in found.namelist() if name.startswith("journals/"))
        spoilt = found.getinfo(names[-1])
    data = bytearray(archive.read_bytes())
    data[spoilt.header_offset + 30 + len(spoilt.filename) + spoilt.compress_size // 2] ^= 1
    other = tmp_path / "other.zip"
    other.write_bytes(data)
    code, said, errors = run(app, "verify", str(other))
    assert (code, said) == (1, "")
    assert f"Изменён файл {spoilt.filename}." in errors


def test_what_is_no_archive_is_refused(app: Flask, tmp_path: Path) -> None:
    other = tmp_path / "text.zip"
    other.write_bytes(b"no archive at all")
    assert run(app, "verify", str(other))[0] == 1
    out = str(tmp_path / "a.zip")
    assert run(app, "make", "--school", CODE, "--year", "1999-2000", "--out", out)[0] == 1
    assert not Path(out).exists()
