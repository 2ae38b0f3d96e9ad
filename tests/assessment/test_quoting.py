"""Themes in the coach's words, and quotes in the member's: only with consent, only literal, and no trace of either."""

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError

from assessment.access import open_answers_for
from assessment.actions.holding import RoundStateError
from assessment.actions.quoting import (
    QuotingError,
    add_theme,
    change_quote,
    change_theme,
    choose_quote,
    delete_theme,
    drop_quote,
    move_theme_up,
)
from assessment.models import OpenAnswer, Quote, Theme
from tests import factories
from tests.reports.cast import close, make_result, unpublished

WORDS = "Het overleg is open.\nIedereen, ook Dieplake, komt aan het woord."


@pytest.fixture
def closed_round(open_round):
    return close(open_round)


def answer(round, text=WORDS, *, consent=True, question="O1") -> OpenAnswer:
    return OpenAnswer.objects.create(round=round, question=question, text=text, has_quote_consent=consent)


def titles(round) -> list[str]:
    return [each.title for each in round.themes.all()]


# --- Who reads the answers -------------------------------------------------------------------------------------


def test_own_words_are_for_the_coaches_of_the_forum_alone(closed_round, coach):
    written = answer(closed_round)
    other = factories.make_coach("begeleider.zuid@programma.example")
    manager = factories.make_programme_manager()

    seen = {
        user.email: list(open_answers_for(user, closed_round.snapshot)) for user in (coach, other, manager)
    }

    assert seen == {coach.email: [written], other.email: [], manager.email: []}


@pytest.mark.parametrize(
    ("result", "is_told"),
    [
        (unpublished(responses=4), False),
        (unpublished("too_few_municipalities", responses=5, delegations=2), True),
        (make_result(response={"responses": 5}), True),
    ],
)
def test_own_words_are_told_from_five_answers_on(open_round, coach, result, is_told):
    round = close(open_round, result)
    answer(round)

    assert open_answers_for(coach, round.snapshot).exists() == is_told


def test_own_words_stand_in_the_order_of_their_random_keys(closed_round, coach):
    for number in range(12):
        answer(closed_round, f"Antwoord {number}.")

    told = list(open_answers_for(coach, closed_round.snapshot))

    assert told == sorted(told, key=lambda each: each.key)
    assert told == list(open_answers_for(coach, closed_round.snapshot))


# --- Themes ----------------------------------------------------------------------------------------------------


def test_themes_keep_the_order_that_the_coach_gives_them(closed_round):
    made = [add_theme(round=closed_round, title=title) for title in ("Agenda", "Opvolging", "Openheid")]

    move_theme_up(theme=made[2])
    move_theme_up(theme=made[2])
    move_theme_up(theme=made[2])
    assert titles(closed_round) == ["Openheid", "Agenda", "Opvolging"]

    delete_theme(theme=made[0])
    add_theme(round=closed_round, title="Ritme")
    assert titles(closed_round) == ["Openheid", "Opvolging", "Ritme"]


def test_theme_changes_its_words(closed_round):
    theme = add_theme(round=closed_round, title="Agenda")

    change_theme(theme=theme, title="De agenda", summary="Te vol, zeggen drie leden.")

    assert Theme.objects.values_list("title", "summary").get() == ("De agenda", "Te vol, zeggen drie leden.")


def test_quotes_outlive_their_theme(closed_round):
    theme = add_theme(round=closed_round, title="Agenda")
    quote = choose_quote(answer=answer(closed_round), words=WORDS, theme=theme)

    delete_theme(theme=theme)

    quote.refresh_from_db()
    assert quote.theme is None


def test_round_that_is_not_closed_has_no_themes(open_round):
    with pytest.raises(RoundStateError):
        add_theme(round=open_round, title="Agenda")


# --- Quotes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (WORDS, "Het overleg is open. Iedereen, ook Dieplake, komt aan het woord."),
        ("  Het overleg is open.\r\n", "Het overleg is open."),
        ("Iedereen (…) komt aan het woord.", "Iedereen (…) komt aan het woord."),
        ("[...] komt aan het woord.", "[...] komt aan het woord."),
    ],
)
def test_quote_is_the_answer_or_stretches_of_it(closed_round, text, kept):
    assert choose_quote(answer=answer(closed_round), words=text).text == kept


def test_answer_of_before_with_a_control_character_can_be_quoted(closed_round):
    written = answer(closed_round, "We over\x1fleggen\x0bgraag.")

    assert choose_quote(answer=written, words="We overleggen graag.").text == "We overleggen graag."


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Het overleg is gesloten.", "quote.error.not_literal"),
        ("komt aan het woord. (…) Het overleg is open.", "quote.error.not_literal"),
        ("Iedereen komt aan het woord.", "quote.error.not_literal"),
        ("(…)", "form.error.required"),
        (" ", "form.error.required"),
    ],
)
def test_quote_puts_no_words_in_the_mouth_of_a_member(closed_round, text, key):
    with pytest.raises(QuotingError) as refused:
        choose_quote(answer=answer(closed_round), words=text)

    assert (refused.value.key, refused.value.field) == (key, "words")
    assert Quote.objects.count() == 0


def test_nobody_is_quoted_without_consent(closed_round):
    with pytest.raises(QuotingError, match="toestemming"):
        choose_quote(answer=answer(closed_round, consent=False), words=WORDS)

    assert Quote.objects.count() == 0


def test_nobody_is_quoted_below_the_threshold(open_round):
    round = close(open_round, unpublished(responses=4))

    with pytest.raises(QuotingError):
        choose_quote(answer=answer(round), words=WORDS)


def test_answer_is_quoted_once(closed_round):
    written = answer(closed_round)
    choose_quote(answer=written, words=WORDS)

    with pytest.raises(QuotingError):
        choose_quote(answer=written, words="Het overleg is open.")

    with pytest.raises(IntegrityError):
        Quote.objects.create(round=closed_round, answer=written, text="Het overleg is open.")


def test_theme_of_another_round_is_refused(closed_round):
    forum = factories.make_forum(name="Ander overleg", municipalities=0)
    other = close(factories.make_open_round(forum=forum))
    theme = add_theme(round=other, title="Elders")

    with pytest.raises(QuotingError):
        choose_quote(answer=answer(closed_round), words=WORDS, theme=theme)


def test_quote_stays_when_the_answer_is_erased_and_can_only_shrink(closed_round):
    quote = choose_quote(answer=answer(closed_round), words="Iedereen, ook Dieplake, komt aan het woord.")
    OpenAnswer.objects.all().delete()
    quote.refresh_from_db()
    assert quote.answer is None

    with pytest.raises(QuotingError):
        change_quote(quote=quote, words="Het overleg is open.", theme=None)
    change_quote(quote=quote, words="Iedereen (…) komt aan het woord.", theme=None)

    assert Quote.objects.get().text == "Iedereen (…) komt aan het woord."


def test_quote_can_be_chosen_again_after_it_was_dropped(closed_round):
    written = answer(closed_round)
    drop_quote(quote=choose_quote(answer=written, words=WORDS))

    choose_quote(answer=written, words="Het overleg is open.")

    assert Quote.objects.get().answer == written


def test_audit_trail_keeps_no_word_of_themes_and_quotes(closed_round):
    written = answer(closed_round, "Zilverreiger en kwartelei.")
    theme = add_theme(round=closed_round, title="Boomklever", summary="Kraanvogel.")
    quote = choose_quote(answer=written, words="kwartelei.", theme=theme)
    change_theme(theme=theme, title="Wielewaal", summary="Ortolaan.")
    change_quote(quote=quote, words="Zilverreiger", theme=None)
    drop_quote(quote=quote)
    delete_theme(theme=theme)

    entries = list(LogEntry.objects.filter(content_type__model__in=["theme", "quote"]))
    kept = " ".join(
        f"{each.object_repr} {each.changes} {each.additional_data}" for each in entries
    ).casefold()

    assert {each.action for each in entries} >= {LogEntry.Action.CREATE, LogEntry.Action.DELETE}
    birds = ("zilverreiger", "kwartelei", "boomklever", "kraanvogel", "wielewaal", "ortolaan")
    assert [word for word in (*birds, str(written.key), written.key.hex) if word in kept] == []
