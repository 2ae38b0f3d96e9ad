"""What the first page names as pressing: for whom, in which words, and what it never tells."""

import datetime
import re

import pytest
from django.utils import timezone

from assessment.coaching.attention import attention
from assessment.models import Action, Forum, Invitation, Member, Round, Track, User
from tests import factories


@pytest.fixture
def manager(db) -> User:
    return factories.make_programme_manager()


def keys(user: User) -> list[str]:
    return [point.key for point in attention(user)]


def submit(round: Round, number: int) -> None:
    for invitation in factories.invitations_of(round)[:number]:
        factories.fill_in(invitation)
        factories.submit(invitation)


@pytest.mark.parametrize(
    "closes_in, submitted, expected",
    [
        (0, 8, ["closes_today"]),
        (1, 8, ["closes"]),
        (2, 8, ["closes"]),
        (3, 8, []),
        (0, 4, ["threshold"]),
        (7, 4, ["threshold"]),
        (7, 5, []),
        (8, 0, []),
    ],
)
def test_a_round_presses_in_its_last_days_and_in_its_last_week_below_the_threshold(
    coach, forum, closes_in, submitted, expected
):
    submit(factories.make_open_round(forum=forum, closes_in=closes_in), submitted)

    assert keys(coach) == expected


def test_five_members_of_two_municipalities_are_below_the_threshold(coach):
    forum = factories.make_forum(coaches=[coach], municipalities=4, members_per_seat=3)
    submit(factories.make_open_round(forum=forum, closes_in=4), 6)

    assert keys(coach) == ["threshold"]


def test_who_has_begun_changes_nothing(coach, forum):
    round = factories.make_open_round(forum=forum, closes_in=4)
    before = [str(point) for point in attention(coach)]

    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation)

    assert [str(point) for point in attention(coach)] == before


def test_mails_that_failed_are_counted_without_who_declined(coach, forum):
    round = factories.make_open_round(forum=forum)
    failed = [each.pk for each in factories.invitations_of(round)[:3]]
    Invitation.objects.filter(pk__in=failed).update(mail_state="failed", mail_reason="refused")
    Invitation.objects.filter(pk=failed[0]).update(is_declined=True)

    [point] = attention(coach)

    assert str(point) == "Het Burgemeestersoverleg Noordrand: 2 mails kwamen niet aan."
    assert point.url == f"/fora/{forum.slug}/rondes/{round.pk}/#mislukt"


@pytest.mark.parametrize(
    "opens_in, municipalities, expected",
    [(7, 0, ["no_members"]), (7, 2, ["too_few"]), (7, 4, ["too_few"]), (7, 5, []), (8, 0, [])],
)
def test_a_round_that_opens_soon_needs_enough_members(coach, opens_in, municipalities, expected):
    forum = factories.make_forum(coaches=[coach], municipalities=municipalities)
    factories.make_round(forum=forum, opens_in=opens_in)

    assert keys(coach) == expected


def test_who_left_and_who_sits_for_an_organisation_make_no_result(coach):
    forum = factories.make_forum(coaches=[coach], municipalities=6, organisations=3)
    factories.make_round(forum=forum, opens_in=2)
    left = timezone.localdate() - datetime.timedelta(days=1)
    Member.objects.filter(seat__municipality__isnull=False).update(active_until=left)

    assert keys(coach) == ["no_members"]


def test_a_round_that_could_not_close_comes_first_for_coach_and_programme_manager(coach, manager, forum):
    round = factories.make_open_round(forum=forum, closes_in=0)
    Round.objects.update(close_fault="close.fault.seats")
    Invitation.objects.update(mail_state="failed", mail_reason="refused")

    assert (keys(coach), keys(manager)) == (["fault", "bounced"], ["fault"])
    assert attention(manager)[0].url == f"/fora/{forum.slug}/rondes/{round.pk}/"


@pytest.mark.parametrize("municipalities, expected", [(8, "result_ready"), (4, "no_result")])
def test_a_closed_round_leads_to_its_result_for_a_week(coach, municipalities, expected):
    forum = factories.make_forum(coaches=[coach], municipalities=municipalities)
    round = factories.make_closed_round(forum=forum)
    [point] = attention(coach)
    assert (point.key, point.url) == (expected, f"/fora/{forum.slug}/rondes/{round.pk}/resultaat/")

    Round.objects.update(closed_at=timezone.now() - datetime.timedelta(days=8))

    assert keys(coach) == []


def test_forums_of_others_and_archived_ones_do_not_press(coach, manager, forum):
    factories.make_open_round(forum=forum, closes_in=0)
    assert keys(factories.make_coach("begeleider.zuid@programma.example")) == []
    assert keys(manager) == []

    Forum.objects.update(is_archived=True)

    assert keys(coach) == []


def test_a_programme_manager_hears_of_forums_without_coach_and_of_accounts_without_mail(
    coach, manager, forum
):
    User.objects.filter(pk=coach.pk).update(is_active=False)
    newcomer = User.objects.create_user("begeleider.oost@programma.example", name="Begeleider Oost")
    User.objects.filter(pk=newcomer.pk).update(mail_fault="refused")

    assert [(str(point), point.url) for point in attention(manager)] == [
        (
            "De uitnodiging voor het account van Begeleider Oost kwam niet aan.",
            f"/beheer/gebruikers/{newcomer.pk}/",
        ),
        (
            "Het Burgemeestersoverleg Noordrand heeft geen begeleider met toegang.",
            f"/fora/{forum.slug}/gegevens/",
        ),
    ]


def test_the_page_says_when_nothing_presses(coach_client, forum):
    assert "Niets dringends." in coach_client.get("/fora/").content.decode()


def test_every_point_is_a_sentence_with_a_link_that_works(coach_client, forum):
    factories.make_open_round(forum=forum, closes_in=0)

    page = coach_client.get("/fora/").content.decode().partition('class="points"')[2].partition("</ul>")[0]

    [url] = re.findall(r'href="([^"]+)"', page)
    assert coach_client.get(url).status_code == 200
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Nog minder dan vijf leden uit drie gemeenten dienden in: zo komt er geen resultaat." in words


def test_of_many_points_the_rest_is_shown_when_asked(coach, coach_client):
    for number in range(10):
        forum = factories.make_forum(name=f"Forum {number}", coaches=[coach], municipalities=0)
        factories.make_round(forum=forum, opens_in=3)

    def shown(query: str) -> int:
        return len(coach_client.get(f"/fora/{query}").context["points"])

    assert (shown(""), shown("?alles"), shown("?zoek=forum")) == (8, 10, 0)


def make_late(forum: Forum, *words: str) -> None:
    """Actions of the forum whose date was yesterday."""
    first = timezone.localdate() - datetime.timedelta(days=100)
    last = first + datetime.timedelta(days=364)
    track = forum.tracks.first() or Track.objects.create(forum=forum, starts_on=first, ends_on=last)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for what in words:
        Action.objects.create(track=track, dimension="NET", block="network", what=what, due_on=yesterday)


def test_an_action_whose_date_has_passed_presses_until_it_is_done(coach, forum):
    make_late(forum, "Kies een voorzitter")
    [point] = attention(coach)

    assert (
        str(point)
        == 'Het Burgemeestersoverleg Noordrand: de streefdatum van "Kies een voorzitter" is voorbij.'
    )
    assert point.url == f"/fora/{forum.slug}/traject/"

    Action.objects.update(status="done")

    assert keys(coach) == []


def test_late_actions_of_a_forum_are_told_in_one_sentence(coach, forum):
    make_late(forum, "Eén", "Twee", "Drie")
    make_late(factories.make_forum(name="Zuidoverleg", municipalities=0, coaches=[coach]), "Vier")

    assert [str(point) for point in attention(coach)] == [
        'Het Zuidoverleg: de streefdatum van "Vier" is voorbij.',
        "Het Burgemeestersoverleg Noordrand: de streefdatum van 3 acties is voorbij.",
    ]


def test_late_actions_of_another_or_an_archived_forum_do_not_press(coach, forum, manager):
    make_late(forum, "Kies een voorzitter")
    assert keys(manager) == []

    Forum.objects.update(is_archived=True)

    assert keys(coach) == []


def test_late_actions_stand_on_the_card_and_the_page_of_the_forum(coach_client, open_round):
    make_late(open_round.forum, "Eén", "Twee")

    for path in ("/fora/", f"/fora/{open_round.forum.slug}/"):
        assert "Van 2 acties is de streefdatum voorbij." in coach_client.get(path).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_late_actions_cost_one_query(coach, forum, number, django_assert_num_queries):
    make_late(forum, *["Kies een voorzitter"] * number)

    with django_assert_num_queries(2):  # rounds, actions
        attention(coach)
