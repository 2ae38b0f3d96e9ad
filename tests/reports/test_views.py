"""Who sees a result, and what page and file carry."""

import datetime
import re
from html import unescape

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessment.models import Action, Round, Snapshot, Theme
from tests import factories
from tests.browser.fixtures import DESKTOP, PHONE
from tests.reports.cast import (
    CLOSED_AT,
    chosen,
    close,
    hidden,
    large_result,
    make_result,
    measured,
    unpublished,
)
from tests.reports.tagged import TaggedPdf


@pytest.fixture
def closed_round(forum) -> Round:
    return close(factories.make_open_round(forum=forum))


def address(name: str, round: Round) -> str:
    return reverse(name, args=[round.forum.slug, round.pk])


def test_round_is_found_under_its_own_forum_only(closed_round, coach, coach_client):
    other = factories.make_forum(name="Burgemeestersoverleg Zuidrand", coaches=[coach])

    page = coach_client.get(reverse("reports:result", args=[other.slug, closed_round.pk]))

    assert page.status_code == 404


def test_page_and_file_tell_the_same_numbers(forum, coach_client):
    round_ = close(factories.make_open_round(forum=forum), make_result(VER=measured(71, 9)))

    page = coach_client.get(address("reports:result", round_)).content.decode()
    tagged = TaggedPdf(coach_client.post(address("reports:forum_pdf", round_)).content)

    sentence = "De leden beoordelen vertrouwen en engagement het hoogst: 71 op 100 (marge\u00a09)."
    assert sentence in page
    assert sentence.replace("\u00a0", " ") in tagged.texts("P")


def test_report_speaks_the_language_of_the_interface(closed_round, coach_client):
    coach_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = coach_client.get(address("reports:result", closed_round)).content.decode()
    response = coach_client.post(address("reports:forum_pdf", closed_round))

    assert "At a glance" in page
    assert TaggedPdf(response.content).texts("H1") == ["Where does our forum stand?"]
    assert "-baseline-2026-03-03.pdf" in response["Content-Disposition"]


def test_page_below_the_threshold_has_counts_and_reason_only(forum, coach_client):
    round_ = close(factories.make_open_round(forum=forum), unpublished())

    page = coach_client.get(address("reports:result", round_)).content.decode()

    assert "Er zijn te weinig antwoorden om een resultaat te tonen." in page
    assert ("<svg" in page, "<table" in page) == (False, False)


def test_suppressed_numbers_stand_nowhere_on_the_page(forum, coach_client):
    forbidden = measured(91, 37, n_responses=93, n_delegations=97) | {"published": False}
    round_ = close(factories.make_open_round(forum=forum), make_result(VIS=forbidden))
    clean = close(
        factories.make_open_round(
            forum=factories.make_forum(name="Ander overleg", coaches=forum.coaches.all())
        ),
        make_result(VIS=hidden(importance=forbidden["importance"])),  # whose threshold is its own
    )

    pages = [coach_client.get(address("reports:result", each)) for each in (round_, clean)]

    told = [response.context["report"].result for response in pages]
    assert told[0] == told[1]
    assert pages[0].context["charts"] == pages[1].context["charts"]


def test_page_has_the_chapters_of_the_file_in_the_same_order(forum, coach_client):
    round_ = close(factories.make_open_round(forum=forum), large_result())
    Theme.objects.create(round=round_, title="Vertrouwen groeit", summary="Leden kennen elkaar beter.")

    page = coach_client.get(address("reports:result", round_)).content.decode()
    tagged = TaggedPdf(coach_client.post(address("reports:forum_pdf", round_)).content)

    titles = [unescape(title) for title in re.findall(r'<h2 id="\w+">([^<]+)</h2>', page)]
    assert titles == ["Inhoud", *tagged.texts("H2")]
    assert "Stemmen uit het forum" in titles
    ways = [way for way in re.findall(r'<a href="#(\w+)">', page) if way != "contents"]
    assert ways == re.findall(r'<h2 id="(\w+)">', page)[1:]


def test_second_round_of_a_track_tells_what_changed(forum, coach_client):
    first = close(factories.make_open_round(forum=forum), make_result())
    second = close(factories.make_open_round(forum=forum, kind="interim"), make_result())
    Snapshot.objects.filter(round=first).update(closed_at=CLOSED_AT - datetime.timedelta(days=90))

    pages = [coach_client.get(address("reports:result", each)).content.decode() for each in (first, second)]

    assert ["Sinds de nulmeting" in page for page in pages] == [False, True]


def test_priority_tells_how_the_actions_of_the_forum_stand(forum, coach_client):
    round_ = close(factories.make_open_round(forum=forum), make_result(priorities=[chosen("VER")]))
    facts = {
        "block": "network",
        "due_on": datetime.date(2026, 6, 1),
        "owner": "Secretariaat",
        "status": "doing",
    }
    Action.objects.create(track=round_.track, dimension="VER", what="Afspraken overlopen", **facts)
    Action.objects.create(track=round_.track, dimension="VIS", what="Visie herschrijven", **facts)

    response = coach_client.get(address("reports:result", round_))

    (agreed,) = response.context["report"].result.track.priorities[0].agreed
    assert (agreed.what, agreed.owner, agreed.due_on) == (
        "Afspraken overlopen",
        "Secretariaat",
        "1 juni 2026",
    )
    assert f"<strong>Afspraken overlopen</strong>: {agreed.status}" in response.content.decode()


@pytest.mark.parametrize("total", [None, measured(60, 4)])
def test_year_is_drawn_from_one_total_on(forum, coach_client, total):
    earlier = close(factories.make_round(forum=forum, opens_in=-100, closes_in=-80), make_result())
    Snapshot.objects.filter(round=earlier).update(closed_at=CLOSED_AT - datetime.timedelta(days=90))
    round_ = close(factories.make_open_round(forum=forum, kind="interim"), make_result(total=total))

    page = coach_client.get(address("reports:result", round_)).content.decode()
    file = TaggedPdf(coach_client.post(address("reports:forum_pdf", round_)).content)

    title = "De score over de acht dimensies samen, in de loop van het traject"
    figures = [each.entry["/Alt"] for each in file.nodes("Figure")]
    assert "Sinds de nulmeting" in page
    assert (title in page, any(title in each for each in figures)) == (bool(total), bool(total))


def test_page_and_charts_have_ids_of_their_own(forum, coach_client):
    round_ = close(factories.make_open_round(forum=forum), large_result())

    page = coach_client.get(address("reports:result", round_)).content.decode()

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert page.count("<svg") == 2 * 12


def test_page_asks_the_database_as_often_for_a_large_result(
    forum, coach_client, django_assert_max_num_queries
):
    round_ = close(factories.make_open_round(forum=forum), large_result())

    with django_assert_max_num_queries(13):  # the last one: whether it is shared
        coach_client.get(address("reports:result", round_))


# --- On the command line ---------------------------------------------------------------------------------------


def test_command_writes_the_same_file_as_the_desk(closed_round, coach_client, tmp_path, capsys):
    call_command("report", closed_round.pk, output=tmp_path / "rapport.pdf")

    assert (tmp_path / "rapport.pdf").read_bytes() == coach_client.post(
        address("reports:forum_pdf", closed_round)
    ).content
    assert capsys.readouterr().out == f"{tmp_path / 'rapport.pdf'}\n"


def test_command_writes_english_when_asked(closed_round, tmp_path):
    call_command("report", closed_round.pk, output=tmp_path / "report.pdf", language="en")

    assert TaggedPdf((tmp_path / "report.pdf").read_bytes()).catalog["/Lang"] == "en"


def test_command_refuses_a_round_without_result(open_round, tmp_path):
    for number in (open_round.pk, open_round.pk + 1000):
        with pytest.raises(CommandError, match=f"Round {number} has no result"):
            call_command("report", number, output=tmp_path / "rapport.pdf")


def test_command_says_where_it_cannot_write(closed_round, tmp_path):
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("report", closed_round.pk, output=tmp_path / "nergens" / "rapport.pdf")


# --- In the browser --------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("result", [large_result, unpublished], ids=["large", "nothing"])
def test_result_page_bars_nobody_and_shows_each_chart_once(
    result, visitors, barriers, coach, coach_client, live_server
):
    round_ = close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])), result())
    session = coach_client.cookies[settings.SESSION_COOKIE_NAME].value
    seen = {}
    for size in (PHONE, DESKTOP):
        for language in ("nl", "en"):
            page = visitors.arrive(size=size, language=language)
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
            page.goto(address("reports:result", round_))
            charts = page.locator("svg[role=img]:visible").count()
            seen[size["width"], language] = (page.locator("h1").count(), charts, barriers(page))

    charts = 12 if result is large_result else 0
    assert set(map(str, seen.values())) == {str((1, charts, []))}
