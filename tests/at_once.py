"""Two who write at the same moment, one after the other: the order is known, the waiting real."""

from __future__ import annotations

from collections.abc import Callable, Collection
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from journal.core.db import transaction
from journal.core.tenancy import acting_for


def meanwhile(
    app: Flask, schools: Collection[int], first: Callable[[Session], None], then: Any
) -> Any:
    """`first` has written and is not ended when `then` begins; the answer of `then`."""
    answers: list[Any] = []
    second = Thread(target=lambda: answers.append(then()))
    with app.app_context(), transaction() as session, acting_for(session, schools):
        first(session)
        session.flush()
        second.start()
        second.join(0.7)
        assert second.is_alive(), "it waits"
    second.join(30)
    return answers[0]
