"""The check of the catalogues finds what a reader would otherwise see in English."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from deploy import catalogue

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def template(msgid: str | tuple[str, str]) -> Catalog:
    result = Catalog()
    result.add(msgid, None, [("journal/lessons/rules.py", 7)])
    return result


def russian(entry: str) -> Catalog:
    return read_po(BytesIO((HEADER + entry).encode()), locale="ru")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "Mark"\nmsgstr "Отметка"\n', None),
        ('msgid "Topic"\nmsgstr "Тема"\n', "not translated"),
        ('msgid "Mark"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Mark"\nmsgstr "Марка"\n', "fuzzy"),
        ('msgid "Mark"\nmsgstr "Отметка %(mark)s"\n', "names a place its source does not have"),
    ],
)
def test_faults(entry: str, complaint: str | None) -> None:
    found = list(catalogue.faults(template("Mark"), russian(entry)))
    expected = [f"journal/lessons/rules.py:7: {complaint}: 'Mark'"] if complaint else []
    assert found == expected


def test_every_plural_form_is_wanted() -> None:
    plural = ("%(num)s lesson", "%(num)s lessons")
    entry = f'msgid "{plural[0]}"\nmsgid_plural "{plural[1]}"\nmsgstr[0] "%(num)s урок"\n'
    found = list(catalogue.faults(template(plural), russian(entry)))
    assert found == ["journal/lessons/rules.py:7: not translated: '%(num)s lesson'"]
    rest = 'msgstr[1] "%(num)s урока"\nmsgstr[2] "%(num)s уроков"\n'
    assert not list(catalogue.faults(template(plural), russian(entry + rest)))


def test_messages_below_the_edge_are_collected() -> None:
    """`N_("...")` is a keyword: sentences of the storeys without flask are in the template."""
    assert catalogue.extracted().get("You have no access to this page.") is not None


def test_the_catalogues_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = catalogue.check()
    assert wrong == 0, capsys.readouterr().err
