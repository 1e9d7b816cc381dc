"""What the categories are called. Pure."""

from __future__ import annotations

from journal.core.messages import N_, Message

CATEGORIES: dict[str, Message] = {
    "many_children": N_("family with many children"),
    "one_parent": N_("family with one parent"),
    "low_income": N_("family with a low income"),
    "guardianship": N_("under guardianship, in a foster family"),
    "disability": N_("child with a disability"),
    "special_needs": N_("special educational needs"),
    "veterans": N_("family of a veteran of combat"),
    "migrants": N_("family of migrants"),
    "at_risk": N_("family in a socially dangerous position"),
    "school_watch": N_("on the school's own register"),
    "police_watch": N_("on the register of the commission or the police"),
}
