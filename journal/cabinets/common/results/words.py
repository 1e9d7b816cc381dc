"""Codes of the rules of marks in the words of the school."""

from __future__ import annotations

from journal.core.messages import N_, Message
from journal.grading.rules import Half, Retake

RETAKES: dict[Retake, Message] = {
    Retake.REPLACES: N_("the retake replaces the mark"),
    Retake.AVERAGES: N_("the mark and its retakes share one weight"),
    Retake.BOTH: N_("both marks count"),
}
HALVES: dict[Half, Message] = {
    Half.UP: N_("a half is rounded up"),
    Half.TEACHER: N_("a half is left to the teacher"),
}
