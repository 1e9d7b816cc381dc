"""Every route × every member × every kind of object, as the table says; refusals change nothing.

A case is named by its line and its member; the test of a member tells of all his cases at once.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from journal.webkit.security import limiter
from tests.access.bodies import body_of
from tests.access.conftest import Stage
from tests.access.lines import SIGNS, Line, address, parse, rule_of, sign_of
from tests.access.sight import readable
from tests.access.table import TABLE
from tests.access.world import EVERYBODY

LINES = parse(TABLE)
DONE = {"+", ">", "L"}
# Turned away before any object is looked at: one line of a route tells it all.
NOT_IN_YET = {"nobody", "newcomer", "former_teacher"}
# Names beyond a member's usual sight that a page is for, and why.
KNOWN_HERE = {
    ("class_teacher", "credentials.confirm"): {"Ёлкина Софья"},  # the parent's other child
    # A teacher writes to the families of whom he teaches.
    ("own_teacher", "writing.course"): {"Ёлкина"},
    ("other_teacher", "writing.course"): {"Чайка Нина", "Мостовой", "Ёлкина Вера"},
}

# Reading that is itself logged.
LOGGED = {
    "cards.card": {"audit_entry", "audit_head"},
    "class_teacher.passport_pupils": {"audit_entry", "audit_head"},
}


def tried(stage: Stage, line: Line, member: str) -> list[str]:
    """What is wrong with one case."""
    url, given = address(stage.app, stage.world, line)
    body = body_of(line.endpoint, given, stage.world.cast) if line.method == "POST" else {}
    answer = stage.ask(member, line.method, url, **body)
    sign, expected = sign_of(answer), line.signs[member]
    text = readable(answer)
    answer.close()
    faults = []
    if sign != expected:
        faults.append(f"answered «{sign}» ({SIGNS.get(sign, '')}), the table says «{expected}»")
    leaked = {found[0] for found in stage.unseen[member].finditer(text)}
    leaked -= KNOWN_HERE.get((member, line.endpoint), set())
    if leaked:
        faults.append(f"names «{'», «'.join(leaked)}»")
    written_to = stage.watch.changed()
    unlogged = [one for one in written_to if one not in LOGGED.get(line.endpoint, ())]
    if unlogged and (line.method == "GET" or sign not in DONE):
        faults.append(f"wrote to {', '.join(unlogged)}")
    if written_to:
        stage.watch.renew(written_to)
    return [f"{member}: {line.title} ({url}): {fault}" for fault in faults]


def lines_for(stage: Stage, member: str) -> Iterable[Line]:
    """The lines a member is tried on; that every line has a route is the table's own test."""
    lines = [line for line in LINES if rule_of(stage.app, line)]
    if member not in NOT_IN_YET:
        return lines
    return {(line.method, line.endpoint): line for line in reversed(lines)}.values()


@pytest.mark.parametrize("member", EVERYBODY)
def test_everybody_gets_what_the_table_says(stage: Stage, member: str) -> None:
    limiter.reset()
    faults = [fault for line in lines_for(stage, member) for fault in tried(stage, line, member)]
    assert not faults, "\n".join(faults)
