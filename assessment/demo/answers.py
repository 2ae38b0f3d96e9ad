"""Plausible answers: what members of one municipality say hangs together, and so do the statements of a dimension."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from assessment.actions.submitting import GivenAnswer
from assessment.models import Invitation
from assessment.models.rounds import AnswerKind
from questionnaires.questions import Question, questions_for

ROLES = {
    "burgemeester": "mayor",
    "algemeen directeur": "official",
    "schepen": "alderman",
    "coördinator": "support",
    "gedeputeerde": "partner",
    "onderzoeker": "partner",
}
# Where a forum stands at first on the scale from 1 to 5, by dimension; a later round is a little further.
LEVELS = {"VIS": 3.4, "VER": 4.2, "NET": 2.8, "LOK": 3.2, "PAR": 2.5, "MAT": 3.0, "DOE": 2.7, "LER": 2.1}
GROWTH = {"NET": 0.7, "VIS": 0.4, "LER": 0.2, "DOE": 0.1}
IMPORTANCE = {"VIS": 4.5, "VER": 4.4, "NET": 4.2, "LOK": 3.8, "PAR": 3.3, "MAT": 3.9, "DOE": 4.3, "LER": 3.0}
DIVIDED = "MAT"  # half of the municipalities is for it, half is not
SELDOM_SEEN = "PAR"  # what many cannot judge
WORDS = {
    "O1": (
        "De openheid aan tafel.",
        "We kennen elkaar en bellen elkaar.",
        "De vaste agenda met een verslag.",
    ),
    "O2": ("Te veel overleg op te korte tijd.", "Wie doet wat, blijft onduidelijk.", "Te weinig opvolging."),
    "O3": ("Mobiliteit tussen de dorpskernen.", "Betaalbaar wonen.", "Een gezamenlijke aanpak van water."),
}


class Leaning(NamedTuple):
    """How a municipality differs from the others: in everything, and in the dimension that divides."""

    overall: float
    divided: float


def role_of(invitation: Invitation) -> str:
    """The role that a member of the demo chooses."""
    return ROLES[invitation.member.function]


def answers_of(invitation: Invitation, leaning: Leaning, chance: random.Random) -> list[GivenAnswer]:
    """Everything that this member answers in the round of the invitation."""
    round_ = invitation.round
    asked = questions_for(round_.content, role=role_of(invitation), round_kind=round_.kind)
    mood = chance.gauss(0, 0.25)
    return [answer for question in asked for answer in _answer(question, round_.kind, mood, leaning, chance)]


def leanings(places: set[int | None], chance: random.Random) -> dict[int | None, Leaning]:
    """A leaning per municipality, and one for whoever sits for an organisation."""
    ordered = sorted(places, key=lambda place: place or 0)
    return {
        place: Leaning(chance.gauss(0, 0.45), 1.1 if nth % 2 else -1.1) for nth, place in enumerate(ordered)
    }


def _answer(
    question: Question, kind: str, mood: float, leaning: Leaning, chance: random.Random
) -> Iterator[GivenAnswer]:
    code = question.dimension
    if question.kind == AnswerKind.OPEN:
        if question.item in WORDS and chance.random() < 0.25:
            yield GivenAnswer(question.kind, question.item, text=chance.choice(WORDS[question.item]))
    elif question.kind == AnswerKind.IMPORTANCE:
        yield GivenAnswer(question.kind, question.item, _choice(IMPORTANCE[code] + chance.gauss(0, 0.5)))
    elif question.kind == AnswerKind.CHANGE:
        yield GivenAnswer(
            question.kind, question.item, _choice(3.3 + GROWTH.get(code, 0) + chance.gauss(0, 0.5))
        )
    elif chance.random() < (0.35 if code == SELDOM_SEEN else 0.03):
        yield GivenAnswer(question.kind, question.item, dont_know=True)
    else:
        level = LEVELS[code] + (GROWTH.get(code, 0) if kind != "baseline" else 0)
        steepness = 0.25 * (2.5 - int(question.item[-1]))  # the later statements ask for more
        place = leaning.divided if code == DIVIDED else leaning.overall
        yield GivenAnswer(
            question.kind, question.item, _choice(level + steepness + place + mood + chance.gauss(0, 0.5))
        )


def _choice(position: float) -> int:
    return max(1, min(5, round(position)))
