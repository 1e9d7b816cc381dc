"""The table, on the screen and in docs/performance.md."""

from __future__ import annotations

import os
from pathlib import Path

from bench.measure import ROUNDS, STARTS, Figures, Measured

FILE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
GROWTH_LIMIT, MEMORY_LIMIT = 1.2, 350
HEAD = """# Performance

Made by `make bench`; do not edit. Every page comes over a keep-alive connection from the production
server with one worker, by turns with a bare Flask page served by the same process. The server is
started {starts} times over the same database, since one start differs from another by a tenth;
figures are medians of the times of all starts together, {rounds} of a page from each. «Times» is
the ratio to the bare page of the same starts: it hardly depends on the machine.
The database is SQLite in a file, fully synchronous, with sign-in, permissions, CSRF and audit as in
production. The small school has {small} pupils, the large one ten times as many; every course has a
full journal of 60 lessons.
"""


def machine() -> str:
    """Cores and memory, nothing else."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cores, {round(pages / 1024**3)} GB of memory"


def report(
    small: Measured, large: Measured, memory: tuple[float, float], felt: str, *, pupils: int
) -> str:
    """The whole document."""
    lines = [
        HEAD.format(small=pupils, starts=STARTS, rounds=ROUNDS),
        f"Machine: {machine()}. Bare page: {small.bare:.2f} ms.\n",
    ]
    lines += ["| Page | Median | Times | Limit | Queries | Limit | Compressed | Large school |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    for one, other in zip(small.figures, large.figures, strict=True):
        lines.append(_row(one, other, small.bare, large.bare))
    lines += ["", _memory(memory), "", felt, ""]
    return "\n".join(lines)


def _row(one: Figures, other: Figures, bare: float, other_bare: float) -> str:
    times = one.milliseconds / bare
    growth = (other.milliseconds / other_bare) / times
    same = "same queries" if one.queries == other.queries else f"{other.queries} queries"
    size = f"{one.bytes / 1024:.1f} KB"
    if one.page.kilobytes:
        size += _verdict(one.bytes / 1024, one.page.kilobytes) + f" of {one.page.kilobytes}"
    cells = [
        one.page.name,
        f"{one.milliseconds:.2f} ms",
        f"{times:.1f} ×{_verdict(times, one.page.times)}",
        f"{one.page.times:g} ×",
        f"{one.queries}{_verdict(one.queries, one.page.queries)}",
        f"{one.page.queries or '–'}",
        size,
        f"{growth:.2f} × the time{_verdict(growth, GROWTH_LIMIT)}, {same}",
    ]
    return "| " + " | ".join(cells) + " |"


def _memory(memory: tuple[float, float]) -> str:
    resident, proportional = memory
    return (
        f"Server with two workers, every page served, on the large school: {resident:.0f} MB "
        f"resident{_verdict(resident, MEMORY_LIMIT)} (limit {MEMORY_LIMIT} MB), "
        f"{proportional:.0f} MB with shared pages counted once."
    )


def _verdict(value: float, limit: float | None) -> str:
    return " **over**" if limit is not None and value > limit else ""
