"""How templates are written out: values as text, not as a Markup object each.

Jinja escapes every value into a Markup, joins it as text and throws it away; a page writes a
thousand of them, and making the objects took a fifth of its time.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]


def written(value: object) -> str:
    """The value as it stands in the page, escaped unless it is markup: what `escape` says."""
    if type(value) is str:
        return escaped(value)  # what `escape` makes its Markup of
    if type(value) is Markup:
        return value
    if type(value) is int:
        return str(value)
    return escape(value)


class TextOutput(CodeGenerator):
    """Calls `written` where Jinja would call `escape`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.written(")
        if finalize.src is not None:
            self.write(finalize.src)


class PageEnvironment(Environment):
    """The environment of the pages."""

    code_generator_class = TextOutput
    written = staticmethod(written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Templates share the globals: a chain of mappings of its own for each is searched, name
        by name, at every import of a macro."""
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Before the environment is made, at its first use."""
    app.jinja_environment = PageEnvironment
