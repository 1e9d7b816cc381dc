"""Where the keys of a form's figures lead."""

from __future__ import annotations

from typing import Any

from flask import url_for


def address_of(why: str, class_id: int | None) -> str:
    """The address of an explanation: «average/course/pupil/term», «mark/place/course/pupil»,
    «missed/class/place/pupil», «late/class/place/pupil», those of the summary sheet
    («place.figure.subject»), and those of attendance («attendance/what/first/last?figure=…»)."""
    if why.startswith("attendance/"):
        return _of_attendance(*why.split("?", 1))
    if "." in why:
        return _of_sheet(why.split("."), class_id or 0)
    what, *ids = why.split("/")
    if what == "average":
        course, pupil, term = ids
        return url_for("register.average", course_id=course, pupil_id=pupil, term=term)
    if what == "mark":
        place, course, pupil = ids
        return url_for("results.proposal", course_id=course, pupil_id=pupil, at=place)
    own, place, pupil = ids
    return url_for("results.summary_why", class_id=own, at=place, figure=what, pupil=pupil)


def _of_attendance(where: str, asked: str) -> str:
    what, *rest = where.removeprefix("attendance/").split("/")
    args: dict[str, Any] = {"from": rest[-2], "to": rest[-1]}
    args |= dict(part.split("=", 1) for part in asked.split("&"))
    class_id = args.pop("class", rest[0] if what == "class" else None)
    if class_id is None:
        return url_for("attendance.school_why", **args)
    return url_for("attendance.class_why", class_id=int(class_id), **args)


def _of_sheet(parts: list[str], class_id: int) -> str:
    place, figure, *ids = parts
    if figure == "mark":
        return url_for("results.proposal", course_id=ids[0], pupil_id=ids[1], at=place)
    about: dict[str, Any] = {"pupil" if figure == "missed" else "subject": ids[0]}
    return url_for("results.summary_why", class_id=class_id, at=place, figure=figure, **about)
