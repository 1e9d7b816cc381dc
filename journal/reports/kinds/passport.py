"""«Социальный паспорт»: by class, how many pupils belong to which category. Counts, no names."""

from __future__ import annotations

from collections.abc import Iterator

from journal.access import Permission
from journal.core.messages import N_
from journal.reports.forms import FormCell, FormColumn, FormRow, Paper, PaperForm, Told
from journal.reports.kinds.asking import READ_CLASSES, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import sum_cell
from journal.reports.stages import WHOLE_SCHOOL
from journal.school.class_names import classes_readable
from journal.school.social.queries import SocialCounts, social_counts
from journal.school.social.rules import CATEGORIES

_HEADS = (N_("Pupils"), N_("boys"), N_("girls"), N_("Get paper"))
_RULE = N_(
    "Who is in the class on the day of making is counted. A pupil may belong to several "
    "categories; of pupils without a consent nothing is kept, and their number stands in the "
    "last column."
)
_POSTS = (N_("Director"),)
_OF_A_CLASS = (N_("Class teacher"), *_POSTS)
_COUNTED = N_("Counted by the cards of the class's pupils; names are the class teacher's alone.")


def passport(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """The classes of the present year that the reader may know of: the own ones, or all."""
    keeper = _keeper(desk)
    classes = classes_readable(desk.session, desk.year(ask).id, keeper_id=keeper)
    counts = social_counts(desk.session, [id_ for id_, _ in classes], day=desk.today)
    found = [(name, counts.get(id_, SocialCounts())) for id_, name in classes]
    say = desk.say
    form = PaperForm(
        school=desk.school,
        title=say(PASSPORT.title),
        subtitle=f"{desk.today:%d.%m.%Y}",
        columns=_columns(say),
        rows=tuple(_rows(found, say)),
        notes=(say(_RULE),),
        signers=tuple((say(post), "") for post in (_POSTS if keeper is None else _OF_A_CLASS)),
        wide=True,
    )
    return (Paper(name=form.title, parts=(form,)),)


def _keeper(desk: Desk) -> int | None:
    """None for who sees the counts of all classes."""
    actor = desk.actor
    if actor.may(Permission.READ_ANY_JOURNAL) or actor.may(Permission.READ_RISK):
        return None
    return actor.current.staff_id or 0


def _columns(say: Say) -> tuple[FormColumn, ...]:
    heads = (*_HEADS, *CATEGORIES.values(), N_("Without a consent"))
    upright = tuple(FormColumn(title=say(head), upright=True) for head in heads)
    return (FormColumn(title=say(N_("Class")), share=2, kind="text"), *upright)


def _rows(found: list[tuple[str, SocialCounts]], say: Say) -> Iterator[FormRow]:
    for name, counts in found:
        pupils, *others = _figures(counts)
        cells = (_pupils(pupils, counts, say), *(_counted(one, say) for one in others))
        yield FormRow(cells=(FormCell(name), *cells), key=name)
    if len(found) > 1:
        names, whole = [name for name, _ in found], say(WHOLE_SCHOOL)
        columns = zip(*(_figures(counts) for _, counts in found), strict=True)
        sums = (sum_cell(zip(names, column, strict=True)) for column in columns)
        yield FormRow(cells=(FormCell(whole), *sums), key=whole, total=True)


def _figures(counts: SocialCounts) -> list[int]:
    kept = (counts.categories.get(code, 0) for code in CATEGORIES)
    return [counts.pupils, counts.boys, counts.girls, counts.on_paper, *kept, counts.unasked]


def _pupils(pupils: int, counts: SocialCounts, say: Say) -> FormCell:
    unknown = pupils - counts.boys - counts.girls
    parts = ((N_("boys"), counts.boys), (N_("girls"), counts.girls), (N_("sex unknown"), unknown))
    return sum_cell(((say(name), count) for name, count in parts), say(_COUNTED))


def _counted(count: int, say: Say) -> FormCell:
    return FormCell(str(count), count, told=Told(str(count), say(_COUNTED)))


PASSPORT = FormKind(
    name="passport",
    title=N_("Social passport"),
    about=N_("By class: how many pupils belong to which social category. No names."),
    permissions=READ_CLASSES | {Permission.READ_RISK},
    asks=(),
    build=passport,
)
