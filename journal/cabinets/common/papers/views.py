"""The pages of the forms: the list, a form with its choices, its files, a figure explained."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.papers.blueprint import blueprint
from journal.cabinets.common.papers.choices import Choices, asked, choices_of
from journal.cabinets.common.papers.explaining import address_of
from journal.core.db import db
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.reports.forms import FormCell, Paper, written_papers
from journal.reports.forms.writing import FORMATS, Making
from journal.reports.kinds.asking import Desk, FormKind
from journal.reports.kinds.registry import KINDS, form_kind
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import download
from journal.webkit.i18n import say
from journal.webkit.moment import now

ROWS_SHOWN = 400


@blueprint.get("/")
@requires(Permission.OPEN_FORMS)
def index() -> ResponseReturnValue:
    """The forms the actor may have."""
    actor = current_actor()
    return render_template("forms/index.html", kinds=[one for one in KINDS if one.is_for(actor)])


@blueprint.get("/<name>")
@requires(Permission.OPEN_FORMS)
def form(name: str) -> ResponseReturnValue:
    """A form for what the address chooses (?class=, ?pupil=, ?course=, ?at=, ?from=, …)."""
    kind, desk = chosen_kind(name), desk_of_request()
    choices = choices_of(desk, kind)
    papers, refused = _built(desk, kind, choices)
    page = render_template(
        "forms/form.html",
        kind=kind,
        choices=choices,
        papers=papers,
        refused=refused,
        most=ROWS_SHOWN,
        explanation=_links(kind, choices),
        formats=FORMATS,
    )
    return page, 422 if refused else 200


def _built(
    desk: Desk, kind: FormKind, choices: Choices
) -> tuple[tuple[Paper, ...], Message | None]:
    """The papers, or why there are none for this choice: another is to be made in its place."""
    if choices.wide or _nothing(kind, choices):
        return (), None
    try:
        return kind.build(desk, choices.ask), None
    except RuleViolation as refusal:
        return (), refusal.message


def _nothing(kind: FormKind, choices: Choices) -> bool:
    """Nobody and nothing to make the form of: a class teacher without a class."""
    ask = choices.ask
    if "course" in kind.asks:
        return ask.course_id is None
    return "class" in kind.asks and ask.class_id is None and ask.pupil_id is None


def _links(kind: FormKind, choices: Choices) -> Any:
    args: dict[str, Any] = dict(choices.args())
    told = url_for("papers.why", name=kind.name, **args)
    told += "&cell=" if args else "?cell="

    def link(cell: FormCell, part: int, row: int, column: int) -> str:
        if cell.told is not None:
            return f"{told}{part}.{row}.{column}"
        return address_of(cell.why, choices.ask.class_id)

    return link


@blueprint.get("/<name>.<suffix>")
@requires(Permission.OPEN_FORMS)
def form_file(name: str, suffix: str) -> ResponseReturnValue:
    """The same as PDF, xlsx or csv; with ?pupil=all of the whole class."""
    kind = chosen_kind(name)
    if suffix not in FORMATS:
        abort(404)
    desk = desk_of_request()
    choices = choices_of(desk, kind)
    if choices.wide or _nothing(kind, choices):
        raise NotFound(N_("Choose one class or course; all of them are made as a job."))
    papers = kind.build(desk, choices.ask)
    making = Making(at=now(), time_zone=current_actor().current.time_zone)
    content = written_papers(papers, making, suffix, say)
    return download(content, name=file_name(kind, papers, suffix), mimetype=FORMATS[suffix])


def file_name(kind: FormKind, papers: tuple[Paper, ...], suffix: str) -> str:
    """«Сводная ведомость. Класс 5А, … .pdf»."""
    title = say(kind.title)
    alone = papers[0].parts[0].subtitle if len(papers) == 1 else papers[0].parts[0].title
    return f"{title}. {alone}"[:150].rstrip(". ") + f".{suffix}"


@blueprint.get("/<name>/why")
@requires(Permission.OPEN_FORMS)
def why(name: str) -> ResponseReturnValue:
    """How the figure of ?cell= (table, row, column) came about: for a popover, or a page."""
    kind, desk = chosen_kind(name), desk_of_request()
    papers = kind.build(desk, asked())
    parts = [part for paper in papers for part in paper.parts]
    numbers = [int(one) for one in request.args.get("cell", "").split(".") if one.isdecimal()]
    try:
        part, row, column = numbers
        form = parts[part]
        line, head = form.rows[row], form.columns[column]
        told = line.cells[column].told
    except (ValueError, IndexError):
        raise NotFound() from None
    if told is None:
        raise NotFound()
    fragment = request.headers.get("X-Fragment") == "1"
    template = "forms/_why.html" if fragment else "forms/why.html"
    return render_template(
        template, kind=kind, form=form, line=line, column=head, told=told, fragment=fragment
    )


def chosen_kind(name: str) -> FormKind:
    """The form of an address; NotFound for no form, Forbidden for one that is not his."""
    kind = form_kind(name)
    if not kind.is_for(current_actor()):
        raise Forbidden(N_("This form is made by others: the list of forms shows yours."))
    return kind


def desk_of_request() -> Desk:
    """Who asks, now, in the language he reads."""
    return Desk(session=db.session(), actor=current_actor(), now=now(), say=say)
