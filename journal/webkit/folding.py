"""What a template says the same way at every reading is written into it when it is compiled.

A page says fifty sentences and names thirty addresses that depend on the language and on where the
application lies, and on nothing else. Each was a call; so every language has templates of its own,
compiled at their first use, in which these are text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import has_request_context
from flask.globals import request_ctx
from flask.sansio.app import App
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup
from werkzeug.routing import BuildError

from journal.webkit.addresses import AddressedFlask
from journal.webkit.i18n import choose_locale, counted_sentence, sentence_in

Reading = tuple[str, str | None]
"""The language, and the path under which the application lies (None outside of a request)."""
_Fold = Callable[..., Any]


def present_reading() -> Reading:
    """How templates are read at this moment."""
    if not has_request_context():
        return choose_locale(), None
    return choose_locale(), request_ctx.url_adapter.script_name  # type: ignore[union-attr]


class Folding(NodeTransformer):
    """Puts text in the place of calls whose arguments stand in the template and whose answer is
    known with the reading. A template that gives one of their names to something else keeps it."""

    def __init__(self, app: App, reading: Reading) -> None:
        self._app = app
        self._locale, self._root = reading
        self._folds: dict[str, _Fold] = {
            "_": self._sentence,
            "ngettext": self._counted,
            "locale": self._own_locale,
            "url_for": self._address,
        }

    def folded(self, template: nodes.Template) -> nodes.Template:
        """The template, text in the place of what is known."""
        for name in template.find_all(nodes.Name):
            if name.ctx != "load":
                self._folds.pop(name.name, None)
        folded: nodes.Template = self.visit(template)
        return folded

    def visit_Call(self, call: nodes.Call, *given: Any, **facts: Any) -> nodes.Node:
        """A known call as a constant, any other as it is."""
        self.generic_visit(call, *given, **facts)
        fold = self._folds.get(call.node.name) if isinstance(call.node, nodes.Name) else None
        if fold is None or call.dyn_args is not None or call.dyn_kwargs is not None:
            return call
        values = [*call.args, *[one.value for one in call.kwargs]]
        if not all(type(value) is nodes.Const for value in values):
            return call
        named = {one.key: one.value.value for one in call.kwargs}  # type: ignore[attr-defined]
        found = fold(*[one.value for one in call.args], **named)  # type: ignore[attr-defined]
        return call if found is None else nodes.Const(found, lineno=call.lineno)

    def _sentence(self, key: str, **places: Any) -> Markup | None:
        return None if places else sentence_in(self._locale, key)

    def _counted(self, one: str, many: str, count: int, **places: Any) -> Markup | None:
        return None if places else counted_sentence(self._locale, one, many, count)

    def _own_locale(self) -> str:
        return self._locale

    def _address(self, endpoint: str, **values: Any) -> str | None:
        if self._root is None or not isinstance(self._app, AddressedFlask):
            return None
        try:
            return self._app.plain_address(self._root, endpoint, **values)
        except BuildError:
            return None  # said when the page is shown, as without folding
