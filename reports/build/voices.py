"""What the members said in their own words, as far as a report may tell it: the coach's themes and consented quotes."""

from assessment.models import Round
from reports.report import Voice


def voices(round_: Round) -> tuple[Voice, ...]:
    """Themes in the coach's order, each with its quotes; quotes of no theme come last. Two queries."""
    quotes: dict[int | None, list[str]] = {}
    for quote in round_.quotes.all():
        quotes.setdefault(quote.theme_id, []).append(quote.text)
    told = [Voice(each.title, each.summary, tuple(quotes.get(each.pk, ()))) for each in round_.themes.all()]
    loose = quotes.get(None)
    return (*told, Voice("", "", tuple(loose))) if loose else tuple(told)
