"""Static files: another content has another address, the same content the same one."""

from __future__ import annotations

from pathlib import Path

from journal.webkit.assets import static_path
from tests.conftest import Client


def test_the_address_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "app.js").write_text("1")
    first = static_path(tmp_path)
    assert first == static_path(tmp_path)
    (tmp_path / "js" / "app.js").write_text("2")
    assert static_path(tmp_path) != first


def test_pages_name_the_address_that_is_served(client: Client) -> None:
    page = client.get("/login").text
    address = next(part for part in page.split('"') if part.endswith("js/app.js"))
    with client.get(address) as answer:
        assert answer.status_code == 200
    assert client.get("/static/js/app.js").status_code == 404
