"""The page of contents of an archive: it needs nothing but a browser, however old."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

_STYLE = """
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { font: 1rem/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
table { width: 100%; border-collapse: collapse; }
th { font-weight: 400; text-align: left; }
th, td { padding: .25rem .5rem .25rem 0; border-bottom: 1px solid #ccc; }
td { width: 1%; white-space: nowrap; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
:root { color-scheme: light dark; }
"""


class Listed(Protocol):
    """A document of the archive."""

    @property
    def path(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def title(self) -> str: ...


def index_page(*, title: str, subtitle: str, instructions: str, listed: Iterable[Listed]) -> str:
    """The documents by part, each in its formats; how to check the archive stands last."""
    parts: dict[str, dict[str, list[str]]] = {}
    for one in listed:
        parts.setdefault(one.part, {}).setdefault(one.title, []).append(one.path)
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(subtitle)}</p>"]
    for part, titles in parts.items():
        rows = "".join(_row(words, paths) for words, paths in titles.items())
        body.append(f"<h2>{escape(part)}</h2><table><tbody>{rows}</tbody></table>")
    body.append(f"<pre>{escape(instructions)}</pre>")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    return f"<!doctype html><html><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _row(title: str, paths: Iterable[str]) -> str:
    links = " ".join(_link(path, title) for path in paths)
    return f'<tr><th scope="row">{escape(title)}</th><td>{links}</td></tr>'


def _link(path: str, title: str) -> str:
    suffix = path.rpartition(".")[2].upper()
    name = escape(f"{title}, {suffix}")
    return f'<a href="{escape(path)}" aria-label="{name}">{escape(suffix)}</a>'
