"""The message catalogues: `catalogue.py check | update | compile`.

English sentences stand in the code and the templates; every other language is a catalogue under
`translations/`. Compiled catalogues are built where they are used and are not kept in the tree.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "N_": None, "_l": None, "lazy_gettext": None}
PLACE = re.compile(r"%\((\w+)\)[sd]")


def catalogue_files() -> list[Path]:
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def load(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parent.parent.name)


def mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """Which extractor reads which files, and how, by `babel.cfg`."""
    config = ConfigParser()
    config.read(ROOT / "babel.cfg", encoding="utf-8")
    methods = []
    options = {}
    for section in config.sections():
        method, _, pattern = (part.strip() for part in section.partition(":"))
        methods.append((pattern, method))
        options[pattern] = dict(config.items(section))
    return methods, options


def extracted() -> Catalog:
    """Every message of the code and the templates, with the places it stands at."""
    methods, options = mapping()
    template = Catalog(project="school-journal", fuzzy=False)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    for filename, line, message, comments, context in found:
        template.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    return template


def strings(message: Message | None) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    if message is None:
        return ()
    value = message.string
    return (value,) if isinstance(value, str) else tuple(value)


def places(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACE.findall(text)}


def fault(source: Message, translation: Message | None) -> str | None:
    """What is wrong with a translation, in a word, or None."""
    texts = strings(translation)
    if translation is None or not texts or not all(texts):
        return "not translated"
    if translation.fuzzy:
        return "fuzzy"
    ids = (source.id,) if isinstance(source.id, str) else tuple(source.id)
    if places(texts) - places(ids):
        return "names a place its source does not have"
    return None


def faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """One line for every message of the code that the catalogue does not serve."""
    for source in template:
        if not source.id:
            continue
        wrong = fault(source, catalogue.get(source.id, source.context))
        if wrong:
            filename, line = source.locations[0]
            name = source.id if isinstance(source.id, str) else source.id[0]
            yield f"{filename}:{line}: {wrong}: {name!r}"


def check() -> int:
    template = extracted()
    found = [
        f"{file.parent.parent.name}: {line}"
        for file in catalogue_files()
        for line in faults(template, load(file))
    ]
    print("\n".join(found), end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


def update() -> int:
    """Bring every catalogue to the messages of the code: sorted, each once, no places."""
    template = extracted()
    for file in catalogue_files():
        catalogue = load(file)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        for message in catalogue:
            message.locations = []
        catalogue.revision_date = catalogue.creation_date
        with file.open("wb") as out:
            write_po(out, catalogue, no_location=True, sort_output=True, width=100)
    return compile_all()


def compile_all() -> int:
    """Compile the catalogues that changed since they were last compiled."""
    for file in catalogue_files():
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        draft = compiled.with_suffix(".mo.new")
        with draft.open("wb") as out:
            write_mo(out, load(file))
        draft.replace(compiled)
    return 0


COMMANDS = {"check": check, "update": update, "compile": compile_all}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]]())
