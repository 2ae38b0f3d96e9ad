"""Before the first step members read what the forum agreed since the round before."""

import datetime
import re

import pytest
from django.utils import timezone

from assessment.filling.since import agreed_since
from assessment.models import Action, ActionMove, Round, Track
from tests import factories

pytestmark = pytest.mark.django_db


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def interim(forum) -> Round:
    """Open, after a baseline that closed sixty days ago."""
    baseline = factories.make_round(forum=forum, opens_in=-80, closes_in=-60)
    Round.objects.filter(pk=baseline.pk).update(state="closed", closed_at=ago(60))
    return factories.make_open_round(forum=forum, kind=Round.Kind.INTERIM)


def make_action(track: Track, what: str, status: str, *, moved: int = 10) -> Action:
    fields = {"dimension": "NET", "block": "network", "what": what, "status": status}
    action = Action.objects.create(track=track, **fields)
    ActionMove.objects.create(action=action, after="todo", moved_at=ago(moved + 90))
    if status != "todo":
        ActionMove.objects.create(action=action, before="todo", after=status, moved_at=ago(moved))
    return action


def told(round: Round) -> list[tuple[str, list[str]]]:
    return [tuple(each) for each in agreed_since(round)]


def test_what_was_done_what_runs_and_what_stopped_is_told_in_this_order(interim):
    for status in ("todo", "doing", "stopped", "done"):
        make_action(interim.track, f"Actie {status}", status)

    assert told(interim) == [
        ("done", ["Actie done"]),
        ("doing", ["Actie doing"]),
        ("stopped", ["Actie stopped"]),
    ]


def test_what_ended_before_the_last_round_was_told_then(interim):
    make_action(interim.track, "Lang gedaan", "done", moved=61)
    make_action(interim.track, "Pas gedaan", "done", moved=59)
    make_action(interim.track, "Loopt al lang", "doing", moved=200)

    assert told(interim) == [("done", ["Pas gedaan"]), ("doing", ["Loopt al lang"])]


def test_the_first_round_of_a_forum_tells_nothing(open_round):
    make_action(open_round.track, "Loopt", "doing")

    assert told(open_round) == []


def test_the_first_round_of_a_new_year_tells_of_the_year_before_and_not_of_older_ones(interim):
    forum, year = interim.forum, datetime.timedelta(days=364)
    first = timezone.localdate() - datetime.timedelta(days=800)
    older = Track.objects.create(forum=forum, starts_on=first, ends_on=first + year)
    make_action(older, "Van lang geleden", "doing")
    make_action(interim.track, "Van vorig jaar", "doing")
    begins = interim.track.ends_on + datetime.timedelta(days=1)
    new = Track.objects.create(forum=forum, starts_on=begins, ends_on=begins + year)
    Round.objects.filter(pk=interim.pk).update(state="closed", closed_at=ago(30))
    opens_in = (begins - timezone.localdate()).days
    opened = factories.make_round(forum=forum, opens_in=opens_in, closes_in=opens_in + 9)

    assert opened.track == new
    assert told(opened) == [("doing", ["Van vorig jaar"])]


def test_actions_of_another_forum_are_not_told(interim):
    other = factories.make_forum(name="Zuidoverleg", municipalities=0)
    make_action(factories.make_open_round(forum=other).track, "Van een ander", "doing")

    assert told(interim) == []


def test_the_welcome_opens_with_it(client, interim):
    make_action(interim.track, "<b>Kies</b> een voorzitter", "done")
    invitation = factories.invitations_of(interim)[0]

    page = client.get(f"/vragenlijst/{invitation.token}/").text

    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "afsprak sinds de vorige ronde Gedaan &lt;b&gt;Kies&lt;/b&gt; een voorzitter" in words
    assert page.index("sinds de vorige ronde") < page.index(f'href="/vragenlijst/{invitation.token}/rol/"')


def test_it_costs_one_query_for_any_number_of_actions_and_none_on_a_step(
    client, interim, django_assert_num_queries
):
    for number in range(3):
        make_action(interim.track, f"Actie {number}", "doing")
    link = f"/vragenlijst/{factories.invitations_of(interim)[0].token}/"
    client.get(f"{link}rol/")

    with django_assert_num_queries(1):
        agreed_since(interim)
    with django_assert_num_queries(1):  # the invitation with its draft
        client.get(f"{link}rol/")
