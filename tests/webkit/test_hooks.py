"""Hooks of libraries that do nothing here are taken out: by their library, not by their place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect

from journal.webkit import security


def libraries(hooks: list[Any]) -> list[str]:
    return [getattr(hook, "func", hook).__module__.partition(".")[0] for hook in hooks]


def test_only_the_check_of_tokens_is_left_of_the_libraries(app: Flask) -> None:
    assert "flask_wtf" in libraries(app.before_request_funcs[None])
    assert "flask_limiter" not in libraries(app.before_request_funcs[None])
    assert "flask_limiter" not in libraries(app.after_request_funcs[None])
    assert "flask_wtf" not in libraries(app.template_context_processors[None])
    assert "flask" in libraries(app.template_context_processors[None])


def nothing(library: str, _self: Any, app: Flask) -> None:
    """An upgrade that hooks in no more."""


def twice(library: str, _self: Any, app: Flask) -> None:
    """An upgrade that hooks in once more, in an order of its own."""

    def hook() -> None: ...

    hook.__module__ = library
    for _ in range(2):
        app.context_processor(partial(hook))  # type: ignore[arg-type]
        app.before_request(partial(hook))
        app.after_request(partial(hook))  # type: ignore[arg-type]


@pytest.mark.parametrize("moved", [nothing, twice])
@pytest.mark.parametrize(
    ("extension", "library"), [(CSRFProtect, "flask_wtf"), (Limiter, "flask_limiter")]
)
def test_a_library_that_hooks_in_otherwise_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, extension: type, library: str, moved: Callable[..., None]
) -> None:
    monkeypatch.setattr(extension, "init_app", lambda self, app: moved(library, self, app))
    app = Flask("apart")
    app.before_request_funcs[None], app.after_request_funcs[None] = [], []
    with pytest.raises(RuntimeError, match=f"{library} hooks into requests"):
        security.init_app(app)
