"""A page as its reader's browser gets it, and what may be wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

# Words of the Latin alphabet that belong on a Russian page.
LATIN = {"PDF", "xlsx", "xls", "ods", "csv", "zip", "CSV", "Enter", "Tab", "Esc", "English"}
LATIN |= {"aSc", "Timetables", "XML", "xml", "Delete"}
LATIN |= {"Excel", "Word"}
LOGIN = re.compile(r"\b[a-z]+\.[a-z]{1,2}\d*\b")
ROMAN = re.compile(r"\b[IVX]+\b")
WORD = re.compile(r"[A-Za-z]{3,}")
SHOWN = ("title", "aria-label", "placeholder", "alt")
MUTE = {"script", "style", "template", "code", "kbd", "samp", "svg"}
FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Page:
    """An answer that is HTML, with the policy it came under."""

    url: str
    text: str
    policy: str

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        tree = parser.parse(self.text)
        return tree, [f"{place}: {code} {facts}" for place, code, facts in parser.errors]

    @property
    def tree(self) -> Element:
        return self._parsed[0]

    def all(self, *tags: str) -> list[Element]:
        """Elements with one of the tags, in their order."""
        return [one for one in self.tree.iter() if one.tag in tags]

    @property
    def title(self) -> str:
        return "".join(words(self.all("title")[0])).strip() if self.all("title") else ""

    def links(self) -> Iterator[str]:
        """Where its links lead inside the application."""
        for one in self.all("a"):
            found = urlsplit(urljoin(self.url, one.get("href", "")))
            if not found.netloc and found.path.startswith("/"):
                yield found.path + (f"?{found.query}" if found.query else "")

    def faults(self) -> list[str]:
        """Everything that is wrong with the page by itself."""
        checks = (
            self.wrong_markup,
            self.wrong_heads,
            self.unsafe,
            self.without_token,
            self.without_label,
            self.untranslated,
        )
        return [f"{self.url}: {fault}" for check in checks for fault in check()]

    def wrong_markup(self) -> Iterator[str]:
        yield from self._parsed[1]
        inert = {id(one) for template in self.all("template") for one in template.iter()}
        live = (one for one in self.tree.iter() if id(one) not in inert)
        ids = Counter(one.get("id") for one in live if one.get("id"))
        yield from (f"id «{name}» stands {n} times" for name, n in ids.items() if n > 1)

    def wrong_heads(self) -> Iterator[str]:
        if len(self.all("h1")) != 1:
            yield f"{len(self.all('h1'))} first headings"
        if not self.title:
            yield "no title"
        if self.all("html")[0].get("lang") != "ru":
            yield "the language is not named"

    def unsafe(self) -> Iterator[str]:
        nonce = re.search(r"'nonce-([^']+)'", self.policy)
        for one in self.tree.iter():
            inline = [name for name in one.attrib if name == "style" or name.startswith("on")]
            if inline:
                yield f"<{one.tag}> has {', '.join(inline)}"
            for name in ("src", "href", "action"):
                if urlsplit(one.get(name, "")).netloc:
                    yield f"<{one.tag}> leads to {one.get(name)}"
        if self.all("style"):
            yield "an inline style sheet"
        for script in self.all("script"):
            if script.get("type") == "application/json":
                continue
            if not (nonce and script.get("nonce") == nonce[1]) or not script.get("src"):
                yield f"a script without the nonce or inline: {script.attrib}"

    def without_token(self) -> Iterator[str]:
        for form in self.all("form"):
            if form.get("method", "get").lower() == "post":
                fields = {one.get("name", ""): one.get("value") for one in form.iter("input")}
                if not any(fields[name] for name in fields if name.endswith("csrf_token")):
                    yield f"a form without a token: {form.get('action')}"

    def without_label(self) -> Iterator[str]:
        ids = {one.get("id") for one in self.tree.iter() if one.get("id")}
        labelled = set()
        for label in self.all("label"):
            inside = [one for one in label.iter() if one.tag in FIELDS]
            labelled |= {id(one) for one in inside}
            if label.get("for") not in ids and not inside:
                yield f"a label of nothing: {''.join(words(label)).strip()}"
        named = {label.get("for") for label in self.all("label")}
        for one in self.all(*FIELDS):
            known = one.get("id") in named or id(one) in labelled
            spoken = one.get("aria-label") or one.get("aria-labelledby")
            if one.get("type") not in UNLABELLED and not known and not spoken:
                yield f"a field without a label: {one.get('name') or one.get('id')}"

    def untranslated(self) -> Iterator[str]:
        shown = list(words(self.tree))
        shown += [one.get(name, "") for one in self.tree.iter() for name in SHOWN]
        for text in shown:
            found = set(WORD.findall(ROMAN.sub("", LOGIN.sub("", text)))) - LATIN
            if found:
                yield f"not translated: «{' '.join(text.split())[:80]}»"


def words(element: Element) -> Iterator[str]:
    """The texts a person reads, in their order."""
    if element.tag in MUTE or element.get("lang") == "en" or element.get("translate") == "no":
        return
    yield element.text or ""
    for child in element:
        yield from words(child)
        yield child.tail or ""
