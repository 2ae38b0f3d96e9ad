"""A round on the coach's pages: planning it, opening it, moving its end, closing it."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format

from assessment.models import Invitation, Member, Round, Snapshot
from assessment.models.rounds import token_hash
from tests import factories
from tests.assessment.coaching.test_forums import page_of, submit
from tests.factories import TODAY

pytestmark = pytest.mark.usefixtures("day")
NOT_A_DATE = "Schrijf de datum als dag/maand/jaar. Voorbeeld: 03/03/2026."
IN_THE_PAST = "De ronde kan niet in het verleden openen. Kies vandaag of een latere datum."


def day(number: int) -> str:
    return f"{TODAY + datetime.timedelta(days=number):%d/%m/%Y}"


def plan_path(forum) -> str:
    return f"/fora/{forum.slug}/rondes/plannen/"


def path_of(round: Round, page: str = "") -> str:
    return f"/fora/{round.forum.slug}/rondes/{round.pk}/{page}"


def plan_of(forum, **fields) -> dict[str, object]:
    """What the form sends when every member stays ticked."""
    members = list(forum.members.values_list("pk", flat=True))
    return {"kind": "baseline", "opens_on": day(7), "closes_on": day(28), "members": members} | fields


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.fixture(autouse=True)
def published(version):
    """Every round needs a published questionnaire."""


@pytest.fixture
def planned(forum) -> Round:
    return factories.make_round(forum=forum)


# --- planning ---------------------------------------------------------------------------------------------------


def test_a_round_is_planned(coach_client, forum):
    response = coach_client.post(plan_path(forum), plan_of(forum, message="Graag uw kijk."))

    round = Round.objects.get()
    assert (response.status_code, response["Location"]) == (302, path_of(round))
    assert (round.kind, round.state, round.message) == ("baseline", "planned", "Graag uw kijk.")
    assert f"{round.opens_on:%d/%m/%Y} {round.closes_on:%d/%m/%Y}" == f"{day(7)} {day(28)}"


def test_all_ticked_means_everybody_who_sits_at_the_opening(coach_client, forum):
    coach_client.post(plan_path(forum), plan_of(forum))

    assert Round.objects.get().chosen_members.count() == 0


def test_some_ticked_means_those(coach_client, forum):
    chosen = list(forum.members.values_list("pk", flat=True)[:6])

    coach_client.post(plan_path(forum), plan_of(forum, members=chosen))

    assert set(Round.objects.get().chosen_members.values_list("pk", flat=True)) == set(chosen)


@pytest.mark.parametrize(
    "who, ticked", [("all", {"voting", "support"}), ("none", set()), ("support", {"support"}), ("x", set())]
)
def test_a_button_ticks_members_and_keeps_what_was_typed(coach_client, forum, who, ticked):
    factories.make_member(
        seat=forum.seats.first(), name="Coördinator", email="c@forum.example", kind=Member.Kind.SUPPORT
    )
    sent = plan_of(forum, message="Graag uw kijk.", opens_on="morgen", members=[], tick=who)

    response = coach_client.post(plan_path(forum), sent)

    form = response.context["form"]
    assert {member.kind for member in form["members"].initial} == ticked
    assert (form["message"].value(), form["opens_on"].value(), form["has_reminders"].value()) == (
        "Graag uw kijk.",
        "morgen",
        False,
    )
    assert (form.errors, Round.objects.count()) == ({}, 0)
    assert 'value="morgen"' in response.content.decode()


def test_only_kinds_that_sit_in_the_forum_can_be_ticked(coach_client, forum):
    form = coach_client.get(plan_path(forum)).context["form"]
    assert [who for who, _ in form.ticks] == ["all", "none"]

    factories.make_member(
        seat=forum.seats.first(), name="Gast", email="g@forum.example", kind=Member.Kind.GUEST
    )

    form = coach_client.get(plan_path(forum)).context["form"]
    assert [who for who, _ in form.ticks] == ["all", "voting", "guest", "none"]


def test_ticking_while_changing_a_plan_stores_nothing(coach_client, planned):
    sent = plan_of(planned.forum, message="Anders.", tick="none")

    response = coach_client.post(path_of(planned, "wijzigen/"), sent)

    planned.refresh_from_db()
    assert (response.status_code, planned.message) == (200, "")
    assert 'type="checkbox" name="members" value=' in response.content.decode()
    assert response.context["form"]["members"].initial == []


def test_the_first_button_of_the_plan_plans_so_that_enter_does_too(coach_client, forum):
    page = coach_client.get(plan_path(forum)).content.decode()
    form = page[page.index('<form method="post" novalidate>') :]

    first = form[form.index("<button") : form.index("</button>")]
    assert "Ronde plannen" in first
    assert "name=" not in first


@pytest.mark.parametrize(
    "written", ["{:%d/%m/%Y}", "{:%-d/%-m/%Y}", "{:%d-%m-%Y}", "{:%d.%m.%Y}", "{:%d%m%Y}", "{:%Y-%m-%d}"]
)
def test_dates_are_read_as_they_are_written_here(coach_client, forum, written):
    opens_on = TODAY + datetime.timedelta(days=7)

    coach_client.post(plan_path(forum), plan_of(forum, opens_on=written.format(opens_on)))

    assert Round.objects.get().opens_on == opens_on


@pytest.mark.parametrize(
    "fields, field, error",
    [
        ({"kind": ""}, "kind", "Vul dit veld in."),
        ({"kind": "tiende"}, "kind", "Kies een van de mogelijkheden."),
        ({"opens_on": "volgende week"}, "opens_on", NOT_A_DATE),
        ({"opens_on": "12/31/2026"}, "opens_on", NOT_A_DATE),
        ({"opens_on": day(-1)}, "opens_on", IN_THE_PAST),
        ({"closes_on": day(7)}, "closes_on", "De sluitdatum moet na de openingsdatum liggen."),
        ({"members": []}, "members", "Kies minstens één lid."),
        ({"members": [0]}, "members", "Kies een van de mogelijkheden."),
        ({"message": "x" * 601}, "message", "Deze tekst is te lang. U kunt hoogstens 600 tekens gebruiken."),
    ],
)  # fmt: skip
def test_a_fault_in_a_plan_is_told_at_its_field(coach_client, forum, fields, field, error):
    response = coach_client.post(plan_path(forum), plan_of(forum) | fields)

    page = response.content.decode()
    assert errors(response) == {field: [error]}
    assert f'id="id_{field}_error"><p>{error}</p></div>' in page
    assert f'value="{fields.get("closes_on", day(28))}"' in page
    assert Round.objects.count() == 0


def test_a_line_break_counts_as_one_character(coach_client, forum):
    coach_client.post(plan_path(forum), plan_of(forum, message="x" * 298 + "\r\n\r\n" + "x" * 300))

    assert len(Round.objects.get().message) == 600


def test_without_a_questionnaire_the_page_says_whom_to_ask(coach_client, forum, version):
    version.state = "retired"
    version.save()

    response = coach_client.post(plan_path(forum), plan_of(forum))

    assert errors(response)["__all__"][0].startswith("Er is nog geen vragenlijst gepubliceerd.")


def test_kinds_that_are_still_free_can_be_chosen(coach_client, open_round, forum):
    form = coach_client.get(plan_path(forum)).context["form"]

    assert [kind for kind, _ in form.fields["kind"].choices] == ["interim", "final"]
    assert form["kind"].value() == "interim"


def test_after_the_final_a_new_year_is_proposed(coach_client, forum):
    final = factories.make_round(
        forum=forum, kind="final", opens_in=-9, closes_in=-1, state="closed", closed_at=timezone.now()
    )

    form = coach_client.get(plan_path(forum)).context["form"]

    assert [kind for kind, _ in form.fields["kind"].choices] == ["baseline", "interim", "final"]
    assert form["opens_on"].initial > final.track.ends_on


@pytest.mark.parametrize("kind", ["baseline", "interim", "final"])
def test_the_proposal_is_a_plan_that_can_be_kept(coach_client, forum, kind):
    for before in ["baseline", "interim", "final"][: ["baseline", "interim", "final"].index(kind)]:
        coach_client.post(plan_path(forum), _proposed(coach_client, forum))
        assert Round.objects.filter(kind=before).exists()

    proposed = _proposed(coach_client, forum)
    coach_client.post(plan_path(forum), proposed)

    round = Round.objects.get(kind=kind)
    assert round.opens_on.isoweekday() <= 5
    assert round.closes_on - round.opens_on == datetime.timedelta(days=21)
    assert round.track.rounds.count() == Round.objects.count()


def _proposed(client, forum) -> dict[str, object]:
    initial = client.get(plan_path(forum)).context["form"].initial
    return plan_of(
        forum,
        kind=initial["kind"],
        opens_on=f"{initial['opens_on']:%d/%m/%Y}",
        closes_on=f"{initial['closes_on']:%d/%m/%Y}",
    )


def test_a_plan_changes_and_keeps_what_was_chosen(coach_client, planned):
    chosen = list(planned.forum.members.all()[:6])
    planned.chosen_members.set(chosen)

    form = coach_client.get(path_of(planned, "wijzigen/")).context["form"]

    assert (set(form["members"].value()), form["kind"].value()) == ({m.pk for m in chosen}, "baseline")

    coach_client.post(path_of(planned, "wijzigen/"), plan_of(planned.forum, closes_on=day(30)))

    planned.refresh_from_db()
    assert (f"{planned.closes_on:%d/%m/%Y}", planned.chosen_members.count()) == (day(30), 0)


def test_a_plan_is_cancelled(coach_client, planned):
    response = coach_client.post(path_of(planned, "annuleren/"), follow=True)

    assert Round.objects.count() == 0
    assert "De geplande ronde is geannuleerd." in response.content.decode()


# --- the example of the mail ------------------------------------------------------------------------------------


def test_the_mail_can_be_seen_before_planning_and_nothing_is_stored(coach_client, forum):
    given = plan_of(forum, message="Graag <b>uw</b> kijk.", preview="1")

    page = coach_client.post(plan_path(forum), given).content.decode()

    assert "Beste burgemeester van Aldervoorde," in page
    assert "Graag &lt;b&gt;uw&lt;/b&gt; kijk." in page
    assert (Round.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize("is_stored", [True, False])
def test_the_example_holds_no_link(coach_client, planned, open_round, is_stored):
    rounds = [planned, open_round] if is_stored else []
    pages = [coach_client.get(path_of(round, "voorbeeld/")) for round in rounds]
    given = plan_of(planned.forum, kind="final", opens_on=day(300), closes_on=day(320), preview="1")
    pages += [] if is_stored else [coach_client.post(plan_path(planned.forum), given)]

    for page in pages:
        assert "[hier staat de persoonlijke link van het lid]" in page.content.decode()
        assert "/vragenlijst/" not in page.content.decode()


def test_every_language_among_the_members_has_its_example(coach_client, planned):
    Member.objects.filter(pk=planned.forum.members.last().pk).update(language="en")

    previews = coach_client.get(path_of(planned, "voorbeeld/")).context["previews"]

    assert [(preview.language, preview.body[:5]) for preview in previews] == [
        ("nl", "Beste"),
        ("en", "Dear "),
    ]
    assert ["[here stands the member's personal link]" in preview.body for preview in previews] == [
        False,
        True,
    ]


def test_no_page_of_the_desk_holds_a_personal_link(coach_client, open_round):
    pages = ["", "voorbeeld/", "sluiten/", "uitstellen/"]
    html = "".join(coach_client.get(path_of(open_round, page)).content.decode() for page in pages)
    html += coach_client.get(f"/fora/{open_round.forum.slug}/").content.decode()

    for invitation in open_round.invitations.all():
        assert invitation.token not in html
        assert token_hash(invitation.token) not in html
        assert str(invitation.key) not in html


# --- opening ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "municipalities, per_seat, warning",
    [(8, 1, ""), (7, 1, "round.members.small"), (4, 1, "round.members.impossible"), (2, 4, "round.members.impossible")],
)  # fmt: skip
def test_too_few_members_are_warned_of_and_not_refused(
    coach, coach_client, municipalities, per_seat, warning
):
    forum = factories.make_forum(
        coaches=[coach], municipalities=municipalities, members_per_seat=per_seat, organisations=0
    )
    round = factories.make_round(forum=forum)

    assert coach_client.get(path_of(round)).context["warning"] == warning
    assert coach_client.get(path_of(round, "openen/")).context["warning"] == warning


def test_opening_says_how_many_get_an_invitation_and_does_nothing_yet(coach_client, planned):
    page = page_of(coach_client, path_of(planned, "openen/"))

    assert "De ronde opent nu. 8 leden krijgen een uitnodiging. Wilt u doorgaan?" in page
    assert Invitation.objects.count() == 0


def test_opening_invites(coach_client, planned, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = coach_client.post(path_of(planned, "openen/"), follow=True)

    assert Round.objects.get().state == "open"
    assert (Invitation.objects.count(), len(mail.outbox)) == (8, 8)
    assert "De ronde is open." in response.content.decode()


def test_a_second_round_does_not_open_beside_the_first(coach_client, open_round, forum):
    planned = factories.make_round(forum=forum, kind="interim", opens_in=30, closes_in=40)

    response = coach_client.post(path_of(planned, "openen/"), follow=True)

    assert "Er loopt al een ronde voor dit forum. Sluit die eerst." in response.content.decode()
    assert Round.objects.open().get() == open_round


# --- moving the end ---------------------------------------------------------------------------------------------


def test_the_closing_date_moves_later(coach_client, open_round):
    coach_client.post(path_of(open_round, "uitstellen/"), {"closes_on": day(30)})

    assert f"{Round.objects.get().closes_on:%d/%m/%Y}" == day(30)


def test_the_closing_date_never_moves_earlier(coach_client, open_round):
    response = coach_client.post(path_of(open_round, "uitstellen/"), {"closes_on": day(3)})

    assert errors(response) == {"closes_on": ["De nieuwe sluitdatum moet later zijn dan de huidige."]}


# --- closing ----------------------------------------------------------------------------------------------------

NO_RESULT = "De drempel is niet gehaald. Als u nu sluit, komt er geen resultaat"
LOW = "Minder dan de helft van de gemeenten diende in."
EARLY = "dagen vroeger dan aangekondigd."


@pytest.mark.parametrize(
    "municipalities, submitted, closes_in, told",
    [
        (8, 4, 0, {NO_RESULT}),
        (8, 5, 0, set()),
        (12, 5, 0, {LOW}),
        (8, 6, 5, {EARLY}),
        (8, 0, 5, {NO_RESULT, EARLY}),
    ],
)
def test_the_page_of_closing_tells_what_to_expect(
    coach, coach_client, municipalities, submitted, closes_in, told
):
    forum = factories.make_forum(coaches=[coach], municipalities=municipalities)
    round = factories.make_open_round(forum=forum, closes_in=closes_in)
    submit(round, submitted)

    page = page_of(coach_client, path_of(round, "sluiten/"))

    assert {words for words in (NO_RESULT, LOW, EARLY) if words in page} == told
    assert ("Sluitdatum uitstellen" in page) is (NO_RESULT in told)
    assert "Het groepsresultaat wordt één keer berekend en vastgelegd." in page or NO_RESULT in told


def test_the_page_of_closing_counts_what_goes_and_what_stays(coach_client, open_round):
    submit(open_round, 6)

    page = page_of(coach_client, path_of(open_round, "sluiten/"))

    assert "6 ingediende vragenlijsten worden voorgoed losgemaakt van namen en gemeenten." in page
    assert "2 leden dienden niet in. Eventuele concepten worden gewist." in page


def test_one_is_said_as_one(coach_client, open_round):
    submit(open_round, 1)
    Round.objects.update(closes_on=TODAY + datetime.timedelta(days=1))

    page = page_of(coach_client, path_of(open_round, "sluiten/"))

    assert "Eén ingediende vragenlijst wordt voorgoed losgemaakt" in page
    assert "U sluit één dag vroeger dan aangekondigd." in page


@pytest.mark.parametrize("typed", ["", "ja", "Burgemeestersoverleg", "Burgemeestersoverleg Noordrand!"])
def test_without_the_name_of_the_forum_nothing_closes(coach_client, open_round, typed):
    response = coach_client.post(path_of(open_round, "sluiten/"), {"name": typed})

    [error] = errors(response)["name"]
    assert error == ("Dat is niet de naam van het forum." if typed else "Vul dit veld in.")
    assert Round.objects.get().state == "open"


@pytest.mark.parametrize("typed", ["Burgemeestersoverleg Noordrand", " burgemeestersoverleg  NOORDRAND "])
def test_the_name_may_be_typed_carelessly(coach_client, open_round, typed):
    submit(open_round, 8)

    response = coach_client.post(path_of(open_round, "sluiten/"), {"name": typed}, follow=True)

    page = response.content.decode()
    assert Snapshot.objects.get().result["published"] is True
    assert "De ronde is gesloten en het resultaat is vastgelegd." in page
    assert f'href="{path_of(open_round, "resultaat/")}"' in page
    assert f'action="{path_of(open_round, "rapport.pdf")}"' in page


def test_below_the_threshold_a_round_closes_without_a_result(coach_client, open_round):
    submit(open_round, 4)

    response = coach_client.post(
        path_of(open_round, "sluiten/"), {"name": open_round.forum.name}, follow=True
    )

    page = response.content.decode()
    assert Round.objects.get().state == "closed"
    assert page.count("Er waren te weinig antwoorden voor een resultaat.") == 2
    assert "Pdf downloaden" not in page


def test_after_closing_nobody_sees_who_had_not_submitted(coach_client, open_round):
    submit(open_round, 6)
    coach_client.post(path_of(open_round, "sluiten/"), {"name": open_round.forum.name})

    page = page_of(coach_client, path_of(open_round))

    assert "6 van 8 gemeenten dienden in 6 van 8 leden" in page
    assert "burgemeester van" not in page


def test_a_closing_that_failed_says_what_to_mend(coach_client, open_round):
    Round.objects.update(close_fault="close.fault.seats")

    page = page_of(coach_client, path_of(open_round))

    assert "Het sluiten lukte niet De zetels kloppen niet" in page


@pytest.mark.parametrize("page", ["sluiten/", "uitstellen/", "openen/", "annuleren/", "wijzigen/"])
@pytest.mark.parametrize("state", ["planned", "open", "closed"])
def test_a_page_for_another_state_leads_to_where_the_round_stands(coach_client, forum, page, state):
    now = timezone.now()
    times = {
        "opened_at": None if state == "planned" else now,
        "closed_at": now if state == "closed" else None,
    }
    round = factories.make_round(forum=forum, state=state, **times)
    is_for_planned = page in ("openen/", "annuleren/", "wijzigen/")
    fits = state == ("planned" if is_for_planned else "open")

    response = coach_client.get(path_of(round, page))

    assert response.status_code == (200 if fits else 302)
    if not fits:
        assert response["Location"] == path_of(round)


def test_who_comes_too_late_with_a_form_is_told_so(coach_client, planned):
    Round.objects.update(state="open", opened_at=timezone.now())

    response = coach_client.post(path_of(planned, "annuleren/"), follow=True)

    assert "Deze ronde is intussen veranderd." in response.content.decode()
    assert Round.objects.count() == 1


@pytest.mark.parametrize("language, words", [("nl", "opent vanzelf op"), ("en", "opens by itself on")])
def test_dates_are_written_in_full_in_both_languages(coach_client, planned, language, words):
    page = page_of(coach_client, path_of(planned), language)

    assert words in page
    assert "uur" in page if language == "nl" else "at 08.00" in page
    if language == "nl":
        assert date_format(planned.opens_on, "l j F Y") in page
