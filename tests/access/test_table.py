"""The table is whole: every route is in it, with every kind of object its address names."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.routing import IntegerConverter, Rule

from tests.access.bodies import body_of
from tests.access.conftest import Stage
from tests.access.lines import (
    Line,
    address,
    argument_of,
    asked_of,
    parse,
    rule_of,
    sign_of,
    written,
)
from tests.access.table import TABLE
from tests.access.world import EVERYBODY

LINES = parse(TABLE)
# The objects every route about such a thing is tried on.
WANTED: dict[str, tuple[str, ...]] = {
    "course": ("own", "other_class", "foreign", "missing"),
    "class": ("own", "other", "foreign", "missing"),
    "pupil": ("pupil", "classmate", "stranger_pupil", "foreign_pupil", "missing"),
    "person": ("pupil", "own_teacher", "foreign_pupil", "missing"),
    "lesson": ("own", "other_class", "foreign", "missing"),
    "subject": ("maths", "foreign", "missing"),
    "job": ("own", "foreign", "missing"),
    "unlock": ("own", "foreign", "missing"),
    "letter_template": ("own", "foreign", "missing"),
    "note": ("own", "other", "foreign", "missing"),
    "threshold": ("own", "foreign", "missing"),
    "excuse": ("own", "other", "foreign", "missing"),
    "organisation": ("own", "foreign", "missing"),
    "term": ("1", "foreign_1", "missing"),
    # The matrix has no regional centre: see tests/cabinets/centre.
    "enrolment": ("missing",),
    "school": ("missing",),
    "sending": ("missing",),
}
# Routes with a second id: the first already says whose it is.
ENOUGH = {
    ("register.average", "pupil", "classmate"),
    ("results.proposal", "pupil", "classmate"),
}
ADVICE = """
tests/access/table.py does not know:
{unknown}
Add these lines there after checking every sign with the roles of the domain. Today's answers:
{today}
"""


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def kinds(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(key of the table, objects to try) for every id in the address."""
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            key = name.removesuffix("_id").replace("class_group", "class")
            yield key, WANTED.get(key, ("own", "foreign", "missing"))


def lacking(stage: Stage) -> Iterator[tuple[str, str, list[str]]]:
    """(method, endpoint, objects) of lines that are not in the table."""
    rules = [(line, rule_of(stage.app, line)) for line in LINES]
    for rule in stage.app.url_map.iter_rules():
        for method in methods(rule):
            here = [line for line, found in rules if found is rule and line.method == method]
            wanted = list(kinds(rule))
            if not here and not wanted:
                values = [f"{name}=?" for name in rule.arguments - set(rule.defaults or ())]
                yield method, rule.endpoint, values
            tried = {(argument_of(rule, k), name) for line in here for k, name in line.asked}
            for key, names in wanted:
                others = [f"{other}={found[0]}" for other, found in wanted if other != key]
                for name in names:
                    known = (argument_of(rule, key), name) in tried
                    if not known and (rule.endpoint, key, name) not in ENOUGH:
                        yield method, rule.endpoint, [f"{key}={name}", *others]


def suggested(stage: Stage, method: str, endpoint: str, objects: list[str]) -> str:
    """The line as the application answers it today."""
    line = Line(method, endpoint, asked_of(objects), {})
    if any(name.endswith("=?") for name in objects):
        return f"… {line.title}"
    signs = {}
    for member in EVERYBODY:
        url, given = address(stage.app, stage.world, line)
        body = body_of(endpoint, given, stage.world.cast) if method == "POST" else {}
        signs[member] = sign_of(stage.ask(member, method, url, **body))
        stage.watch.renew(stage.watch.changed())
    return written(Line(method, endpoint, line.asked, signs))


def test_every_route_is_in_the_table(stage: Stage) -> None:
    found = list(lacking(stage))
    if found:
        unknown = "\n".join(f"{m} {endpoint} {' '.join(names)}" for m, endpoint, names in found)
        today = "\n".join(suggested(stage, *one) for one in found)
        raise AssertionError(ADVICE.format(unknown=unknown, today=today))


def test_the_table_knows_nothing_else(stage: Stage) -> None:
    strange = [line.title for line in LINES if rule_of(stage.app, line) is None]
    assert not strange, f"tests/access/table.py: there is no such route: {', '.join(strange)}"


def test_no_line_stands_twice() -> None:
    titles = [line.title for line in LINES]
    assert not {title for title in titles if titles.count(title) > 1}


def test_every_object_of_the_table_exists(stage: Stage) -> None:
    """A misspelt name would be tried as a word and prove nothing."""
    known = stage.world.objects
    strange = [
        f"{line.title}: {name}"
        for line in LINES
        for key, name in line.asked
        if key.lstrip("?") in known and name not in (*known[key.lstrip("?")], "missing", "huge")
    ]
    assert not strange, "\n".join(strange)
