"""How far a long command is: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def stages(total: int) -> Iterator[Callable[[str], None]]:
    """Yields what announces the next of `total` stages, the last when all is done; on stderr."""
    if not sys.stderr.isatty():
        yield lambda label: click.echo(f"{label}…", err=True)
        return
    with click.progressbar(length=total, file=sys.stderr, show_eta=False) as bar:

        def begin(label: str) -> None:
            bar.label = label
            bar.update(1)

        yield begin
