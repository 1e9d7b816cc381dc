"""What every page keeps: valid HTML, a title, one h1, unique ids, references to something."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib

_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")


def check_page(text: str) -> None:
    """Fail with what is wrong. `text` is a whole document."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    errors = [f"{place}: {code} {data}" for place, code, data in parser.errors]
    assert not errors, "\n".join(errors)
    title = root.findtext("head/title") or ""
    assert title.strip(" —"), "a page without a title"
    assert len(root.findall(".//h1")) == 1, "not exactly one h1"
    ids = [one.get("id", "") for one in root.iter() if one.get("id") is not None]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    lost = {
        part
        for one in root.iter()
        for name in _REFERENCES
        for part in one.get(name, "").split()
        if part not in ids
    }
    lost |= {
        href[1:]
        for one in root.iter("a")
        if (href := one.get("href", "")).startswith("#") and href[1:] not in ids
    }
    assert not lost, f"references to nothing: {lost}"
