"""The session after a closed round of the demo: levels that the group gave itself, two themes and a quote."""

import datetime

from django.db import transaction

from assessment.actions.quoting import add_theme, choose_quote
from assessment.actions.recording import Placement, record_group_levels
from assessment.models import OpenAnswer, Round

# By kind of round, so that the second session shows what moved; MAT divides the members.
PLACEMENTS = {
    "baseline": {
        "VIS": Placement(
            3, "De agenda van het voorjaar verwijst drie keer naar de lijst van gedeelde thema's."
        ),
        "NET": Placement(2, "Er is één coördinator, maar de taken van het netwerkteam staan nergens."),
        "MAT": Placement(None, "Er is nog geen gedeelde lijst van samenwerkingsverbanden."),
    },
    "interim": {
        "VIS": Placement(3, "De agenda voor het najaar is goedgekeurd in twaalf colleges."),
        "NET": Placement(3, "Het netwerkteam kwam vier keer samen en legde zijn taken vast."),
        "LER": Placement(2, "Na elke bijeenkomst is er een korte terugblik in het verslag."),
    },
}
THEMES = (
    (
        "Openheid aan tafel",
        "Leden waarderen dat ze elkaar kennen en dat moeilijke punten besproken worden.",
        "O1",
    ),
    (
        "Opvolging van afspraken",
        "Wie wat doet na een bijeenkomst, is volgens verschillende leden niet duidelijk.",
        "O2",
    ),
)


@transaction.atomic
def hold_session(round_: Round, day: datetime.date) -> None:
    """Record what the group said of itself on `day` and sum up its own words; what is there already stays."""
    if round_.group_levels.exists() or round_.themes.exists():
        return
    record_group_levels(round=round_, placements=PLACEMENTS[round_.kind])
    round_.group_levels.update(recorded_on=day)
    for title, summary, question in THEMES:
        theme = add_theme(round=round_, title=title, summary=summary)
        answer = _quotable(round_, question)
        if question == "O1" and answer is not None:
            choose_quote(answer=answer, words=answer.text, theme=theme)


def _quotable(round_: Round, question: str) -> OpenAnswer | None:
    """By its words, since keys are random and the demo is the same every time."""
    return round_.open_answers.filter(question=question, has_quote_consent=True).order_by("text").first()
