"""How templates are compiled and written out: values as text, not as a Markup object each.

Jinja escapes every value into a Markup, joins it as text and throws it away; a page writes a
thousand of them, and making the objects took a fifth of its time.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.nodes import Template as Parsed
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

from journal.webkit.folding import Folding, Reading, present_reading

_PLAIN_CALLS = (FunctionType, MethodType, BuiltinMethodType)


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


class PageContext(Context):
    """Calls functions and macros without asking thrice whether they want to be given the context:
    a page calls a hundred."""

    def call(self, called: Callable[..., Any], /, *args: Any, **facts: Any) -> Any:
        """What Jinja's own does of what is called most; of everything else that itself."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN_CALLS or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **facts)
        if facts:
            facts.pop("_block_vars", None)
            facts.pop("_loop_vars", None)
        return called(*args, **facts)


class PageEnvironment(Environment):
    """The environment of the pages, and, overlaid, the one of a reading (`webkit.folding`)."""

    code_generator_class = TextOutput
    context_class = PageContext
    written = staticmethod(written)
    reading: Reading | None = None

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._of_readings: dict[Reading, PageEnvironment] = {}
        self._known: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The template for the present reader, the same for whatever template names it."""
        if self.reading is None:
            return self.of_reader().get_template(name, parent, globals)
        found = self._known.get(name) if isinstance(name, str) and not self.auto_reload else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str):
                self._known[name] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Templates share the globals: a chain of mappings of its own for each is searched, name
        by name, at every import of a macro."""
        return super().make_globals(d) if d else self.globals

    def of_reader(self) -> PageEnvironment:
        """The environment whose templates are compiled for the present reading."""
        reading = present_reading()
        found = self._of_readings.get(reading)
        if found is None:
            found = self.overlay()
            found.reading, found._known = reading, {}
            self._of_readings[reading] = found
        return found

    def _generate(
        self, source: Parsed, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if self.reading is not None:
            source = Folding(self.app, self.reading).folded(source)
        return super()._generate(source, name, filename, defer_init)


def init_app(app: Flask) -> None:
    """Before the environment is made, at its first use."""
    app.jinja_environment = PageEnvironment
