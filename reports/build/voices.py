"""What the members said in their own words, as far as a report may tell it: the coach's themes and consented quotes."""

from collections.abc import Iterable

from assessment.actions.beside import Gathered
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


def voices_in(themes: Iterable[Gathered], round_: Round) -> tuple[Voice, ...]:
    """The same of themes as they were kept, with the quotes that are still there, in the words that they have now."""
    texts = dict(round_.quotes.values_list("pk", "text"))
    told = [
        Voice(each.title, each.summary, tuple(texts[pk] for pk in each.quotes if pk in texts))
        for each in themes
    ]
    return tuple(each for each in told if each.title or each.quotes)
