"""What the coach makes of the members' own words: themes in words of the coach, and quotes that stay literal.

Every function holds the row of the round, so that an answer is quoted once and themes keep one order.
"""

import re

from django.db import transaction

from assessment.actions.holding import hold_round
from assessment.actions.refusals import RefusedError
from assessment.models import OpenAnswer, Quote, Round, Theme
from questionnaires.texts import legible

# What stands where the coach leaves words out.
_GAP = re.compile(r"[(\[](?:…|\.\.\.)[)\]]")


class QuotingError(RefusedError):
    """A quote that a member did not consent to, or did not write."""


@transaction.atomic
def add_theme(*, round: Round, title: str, summary: str = "") -> Theme:
    """A theme after the others of the round. Raises RoundStateError unless the round is closed."""
    held = hold_round(round, Round.State.CLOSED)
    last = held.themes.last()
    return Theme.objects.create(round=held, title=title, summary=summary, order=last.order + 1 if last else 0)


@transaction.atomic
def change_theme(*, theme: Theme, title: str, summary: str) -> Theme:
    """Other words for a theme. Raises RoundStateError."""
    hold_round(theme.round, Round.State.CLOSED)
    theme.title, theme.summary = title, summary
    theme.save(update_fields=["title", "summary"])
    return theme


@transaction.atomic
def move_theme_up(*, theme: Theme) -> None:
    """The theme changes places with the one before it; the first stays. Raises RoundStateError."""
    held = hold_round(theme.round, Round.State.CLOSED)
    themes = list(held.themes.all())
    place = themes.index(theme)
    if place > 0:
        themes[place - 1 : place + 1] = [themes[place], themes[place - 1]]
    for order, each in enumerate(themes):
        if each.order != order:
            each.order = order
            each.save(update_fields=["order"])


@transaction.atomic
def delete_theme(*, theme: Theme) -> None:
    """Forget a theme; its quotes stay, without a theme. Raises RoundStateError."""
    hold_round(theme.round, Round.State.CLOSED)
    theme.delete()


@transaction.atomic
def choose_quote(*, answer: OpenAnswer, words: str, theme: Theme | None = None) -> Quote:
    """Quote an answer, whole or in part; see `change_quote` for what the words may be.

    Raises QuotingError without the member's consent, below the threshold of Rule 13.8, and for an answer that is
    quoted already; RoundStateError unless the round is closed.
    """
    held = hold_round(answer.round, Round.State.CLOSED)
    if not (answer.has_quote_consent and held.snapshot.tells_open_answers):
        raise QuotingError("quote.error.no_consent")
    if Quote.objects.filter(answer=answer).exists():
        raise QuotingError("form.error.changed")
    return Quote.objects.create(
        round=held, answer=answer, text=_literal(words, answer.text), theme=_of_round(theme, held)
    )


@transaction.atomic
def change_quote(*, quote: Quote, words: str, theme: Theme | None) -> Quote:
    """Shorten a quote, or move it to another theme: the member's own words in their order, (…) where some are left out.

    Once the answer itself is erased the quote can be made shorter only. Raises QuotingError and RoundStateError.
    """
    held = hold_round(quote.round, Round.State.CLOSED)
    whole = quote.answer.text if quote.answer else quote.text
    quote.text, quote.theme = _literal(words, whole), _of_round(theme, held)
    quote.save(update_fields=["text", "theme"])
    return quote


@transaction.atomic
def drop_quote(*, quote: Quote) -> None:
    """Quote it no longer. Raises RoundStateError."""
    hold_round(quote.round, Round.State.CLOSED)
    quote.delete()


def _literal(words: str, whole: str) -> str:
    """The words on one line, every stretch of them found in the answer, one after the other."""
    quoted, rest = _one_line(words), _one_line(whole)
    stretches = [stretch.strip() for stretch in _GAP.split(quoted)]
    if not any(stretches):
        raise QuotingError("form.error.required", "words")
    for stretch in stretches:
        _, found, rest = rest.partition(stretch) if stretch else ("", "-", rest)
        if not found:
            raise QuotingError("quote.error.not_literal", "words")
    return quoted


def _one_line(words: str) -> str:
    return " ".join(legible(words).split())


def _of_round(theme: Theme | None, round_: Round) -> Theme | None:
    """The theme, which another page may have deleted meanwhile."""
    if theme is not None and not round_.themes.filter(pk=theme.pk).exists():
        raise QuotingError("form.error.changed")
    return theme
