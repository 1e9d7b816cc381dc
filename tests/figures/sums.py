"""Figures of attendance and of marks, each counted anew from the rows of the files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction

from tests.figures.raw import ABSENT, CANCELLED, RELEASED, RawSchool, Seat, half_up

WEIGHTS = {"5": 100, "4": 64, "3": 36, "2": 16, "1": 7, "н/а": 7}
MARKS = ("5", "4", "3", "2", "1")


def figures(seats: Iterable[Seat]) -> dict[str, int]:
    """Days, lessons and reasons of seats; «unfilled» are those of lessons without a register."""
    found: Counter[str] = Counter()
    days = defaultdict(list)
    for seat in seats:
        if seat.state in (CANCELLED, RELEASED):
            continue
        found["due"] += 1
        found[seat.state] += 1
        found["unfilled"] += not seat.lesson.taken
        key = (seat.file, seat.place, seat.lesson.day)
        days[key].append(seat.state if seat.lesson.taken else "?")
    for codes in days.values():
        found["days"] += set(codes) <= set(ABSENT)
        found["ill_days"] += set(codes) == {"Б"}
    found["missed"] = sum(found[code] for code in ABSENT)
    return found


def counts(found: dict[str, int]) -> list[int]:
    """Lessons missed, by reason, latenesses."""
    return [found[key] for key in ("missed", "Б", "УП", "НП", "Н", "ОП")]


def attendance(found: dict[str, int]) -> Fraction | None:
    due = found["due"]
    return half_up(Fraction(100 * (due - found["missed"]), due), 1) if due else None


def unfilled_lessons(seats: Iterable[Seat]) -> int:
    """Lessons held without a register in which somebody had a seat."""
    return len({one.lesson.key for one in seats if one.state != CANCELLED and not one.lesson.taken})


def share(good: int, total: int) -> Fraction | None:
    return half_up(Fraction(100 * good, total), 1) if total else None


def mark_figures(values: Iterable[str | None]) -> dict[str, Fraction | None]:
    """успеваемость, качество, СОУ, средний балл, зачтено of some term marks."""
    found = Counter(value for value in values if value)
    total = sum(found[value] for value in WEIGHTS)
    numbers = sum(found[value] for value in MARKS)
    verdicts = found["зач"] + found["незач"] + found["н/а"]
    level = Fraction(sum(WEIGHTS[one] * found[one] for one in WEIGHTS), total) if total else None
    mean = Fraction(sum(int(one) * found[one] for one in MARKS), numbers) if numbers else None
    return {
        "attainment": share(found["5"] + found["4"] + found["3"], total),
        "quality": share(found["5"] + found["4"], total),
        "level": None if level is None else half_up(level, 1),
        "average": None if mean is None else half_up(mean, 2),
        "passed": share(found["зач"], verdicts),
    }


def standing(values: Iterable[str | None]) -> str:
    """How a pupil ends a term: by his worst mark."""
    found = {value for value in values if value}
    if found & {"2", "1", "незач"}:
        return "failing"
    if "н/а" in found:
        return "not attested"
    for value in ("3", "4", "5"):
        if value in found:
            return value
    return "unknown"


def term_marks(raw: RawSchool, file: str, courses: Iterable[str]) -> dict[str, str | None]:
    """The marks of the first quarter in these subjects."""
    return {one: raw.given.get((file, one, "четверть", 1)) for one in courses}
