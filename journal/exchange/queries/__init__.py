"""Reads of regional monitoring. A school sees its own participation, the centre all of them."""

from journal.exchange.queries.participation import (
    ParticipationCard,
    participation,
    participations,
)
from journal.exchange.queries.procedures import (
    ProcedureCard,
    own_procedure,
    procedure_card,
    procedure_cards,
)
from journal.exchange.queries.region import (
    Participant,
    SchoolData,
    centre_procedures,
    participants,
    public_participants,
    school_data,
    statistics_of,
    waiting_requests,
)
from journal.exchange.queries.sent import (
    AttemptView,
    DraftView,
    SubmissionView,
    attempts,
    draft_of,
    submissions,
)

__all__ = [
    "AttemptView",
    "DraftView",
    "Participant",
    "ParticipationCard",
    "ProcedureCard",
    "SchoolData",
    "SubmissionView",
    "attempts",
    "centre_procedures",
    "draft_of",
    "own_procedure",
    "participants",
    "participation",
    "participations",
    "procedure_card",
    "procedure_cards",
    "public_participants",
    "school_data",
    "statistics_of",
    "submissions",
    "waiting_requests",
]
