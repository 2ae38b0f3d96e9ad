"""Who has not submitted and the mails of a round: found by words and state, in an order; nothing depends on a draft."""

import datetime

import pytest
from django.utils import timezone

from assessment.models import Invitation, Member
from tests import factories
from tests.assessment.coaching.test_follow_up import path_of
from tests.assessment.coaching.test_forums import page_of, submit

NOW = datetime.datetime(2026, 3, 3, 14, 30, tzinfo=datetime.UTC)


@pytest.fixture
def invitations(open_round) -> list[Invitation]:
    """Eight: one failed, one left again, one does not take part; the rest were sent an hour after each other."""
    found = factories.invitations_of(open_round)
    for hours, each in enumerate(found):
        each.mail_state, each.mailed_at, each.times_mailed = "sent", NOW + datetime.timedelta(hours=hours), 1
    found[1].mail_state, found[1].mail_reason = "failed", "refused"
    found[2].times_mailed = 2
    found[3].is_declined = True
    Invitation.objects.bulk_update(
        found, ["mail_state", "mail_reason", "mailed_at", "times_mailed", "is_declined"]
    )
    return found


def shown(client, path: str, name: str, **asked: str) -> list[int]:
    return [each.pk for each in client.get(path, asked).context[name]]


def keys(*invitations: Invitation) -> list[int]:
    return [each.pk for each in invitations]


@pytest.mark.parametrize("page, name", [("", "not_submitted"), ("mails/", "invitations")])
def test_found_by_name_and_by_seat(coach_client, open_round, invitations, page, name):
    Member.objects.filter(pk=invitations[4].member_id).update(name="Mia Peeters")
    seat = str(invitations[5].member.seat)
    path = path_of(open_round, page)

    assert shown(coach_client, path, name, zoek="peeters MIA") == keys(invitations[4])
    assert shown(coach_client, path, name, zoek=seat) == keys(invitations[5])
    assert shown(coach_client, path, name, zoek="niemand") == []


@pytest.mark.parametrize(
    "page, name, state, expected",
    [
        ("", "not_submitted", "failed", [1]),
        ("", "not_submitted", "declined", [3]),
        ("", "not_submitted", "sent", [0, 2, 4, 5, 6, 7]),
        ("mails/", "invitations", "failed", [1]),
        ("mails/", "invitations", "again", [2]),
        ("mails/", "invitations", "waiting", []),
        ("mails/", "invitations", "nonsense", [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_filtered_by_what_became_of_the_mail(
    coach_client, open_round, invitations, page, name, state, expected
):
    found = shown(coach_client, path_of(open_round, page), name, toestand=state)

    assert found == keys(*(invitations[number] for number in expected))


def test_a_mail_to_somebody_who_does_not_take_part_is_found_in_the_log_by_its_own_state(
    coach_client, open_round, invitations
):
    assert invitations[3].pk in shown(
        coach_client, path_of(open_round, "mails/"), "invitations", toestand="sent"
    )


@pytest.mark.parametrize("page, name", [("", "not_submitted"), ("mails/", "invitations")])
def test_in_order_of_the_last_mail(coach_client, open_round, invitations, page, name):
    found = shown(coach_client, path_of(open_round, page), name, volgorde="verstuurd")

    assert found == keys(*reversed(invitations))


def test_the_heading_keeps_the_total_and_a_line_tells_how_many_are_shown(
    coach_client, open_round, invitations
):
    page = page_of(coach_client, path_of(open_round) + "?toestand=failed")

    assert "Nog niet ingediend 8 leden" in page
    assert "1 van 8 getoond." in page


def test_nothing_found_leads_back_to_all(coach_client, open_round, invitations):
    for path in (path_of(open_round), path_of(open_round, "mails/")):
        page = coach_client.get(path, {"zoek": "niemand"}).content.decode()
        assert "Geen leden gevonden." in page
        assert f'<a href="{path}#' in page


def test_few_need_no_search(coach_client, open_round):
    submit(open_round, 6)

    assert 'role="search"' not in coach_client.get(path_of(open_round)).content.decode()
    assert 'role="search"' in coach_client.get(path_of(open_round, "mails/")).content.decode()


def test_who_submitted_is_not_found_and_who_began_looks_like_who_did_not(
    coach_client, open_round, invitations
):
    submit(open_round, 2)
    factories.fill_in(invitations[6])
    asked = {"volgorde": "verstuurd", "toestand": "sent"}

    found = shown(coach_client, path_of(open_round), "not_submitted", **asked)

    assert found == keys(*(invitations[number] for number in (7, 6, 5, 4, 2)))


def test_after_a_job_the_list_is_what_was_looked_for(coach_client, open_round, invitations):
    page = coach_client.get(path_of(open_round), {"toestand": "sent", "zoek": "van"}).content.decode()
    assert page.count('name="found" value="toestand=sent&amp;zoek=van"') == 6
    job = path_of(open_round, f"uitnodigingen/{invitations[0].pk}/neemt-niet-deel/")

    done = coach_client.post(job, {"found": "toestand=sent&zoek=van&next=//elsewhere.example"})

    assert done["Location"] == path_of(open_round) + "?zoek=van&toestand=sent"
    assert coach_client.post(job)["Location"] == path_of(open_round)


def test_a_programme_manager_finds_nobody_by_looking(manager_client, open_round):
    for page in ("", "mails/"):
        content = manager_client.get(path_of(open_round, page), {"zoek": "burgemeester"}).content.decode()
        assert 'role="search"' not in content
        assert "burgemeester van" not in content


def test_moment_of_the_cast_is_in_the_past():
    assert timezone.now() > NOW


@pytest.mark.parametrize("page, queries", [("", 14), ("mails/", 7)])
@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_one_and_for_three(
    coach, coach_client, django_assert_num_queries, page, queries, number
):
    forum = factories.make_forum(coaches=[coach], municipalities=number)
    path = path_of(factories.make_open_round(forum=forum), page)
    coach_client.get(path)

    with django_assert_num_queries(queries):
        coach_client.get(path, {"zoek": "burgemeester", "volgorde": "zetel"})
