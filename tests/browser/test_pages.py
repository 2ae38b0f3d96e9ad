"""Every page of the site, in real Chromium: nothing bars anybody, in both languages and on both screens."""

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assessment.actions.benchmarking import freeze_benchmarks
from assessment.actions.calendars import make_calendar_link
from assessment.actions.closing import close_round
from assessment.actions.submitting import submit
from assessment.demo.track import agree
from assessment.models import Action, Batch, Reminder, ReminderFault, Round
from tests import factories
from tests.assessment.earlier_rounds import as_csv, header, row, rows_of
from tests.assessment.test_benchmarking import forums
from tests.browser.fixtures import DESKTOP, PHONE, Visitors
from tests.reports.cast import close, hidden, large_result, make_result, measured
from tests.reports.sharing.cast import make_shareable_round, share

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = [
    {"size": PHONE, "language": "nl"},
    {"size": PHONE, "language": "en"},
    {"size": DESKTOP, "language": "nl"},
    {"size": DESKTOP, "language": "en"},
]


class Tour:
    """Visits pages in every view and keeps what bars somebody there."""

    def __init__(self, visitors: Visitors, barriers: Callable[["Page"], list[str]]) -> None:
        self._visitors = visitors
        self._barriers = barriers
        self.found: list[str] = []

    def visit(self, *paths: str, account: object = None) -> None:
        """Each path as it is when somebody arrives."""
        for page in self._pages(account):
            for path in paths:
                page.goto(path)
                self._look_on_both_screens(page)

    def send_empty(self, *paths: str, account: object = None) -> None:
        """Each path after its form was sent as it came: the page with its errors."""
        for page in self._pages(account):
            for path in paths:
                page.goto(path)
                page.locator("main form button.btn").first.click()
                page.wait_for_selector(".summary")
                self._look_on_both_screens(page)

    def _pages(self, account: object) -> Iterator["Page"]:
        for language in ("nl", "en"):
            yield self._visitors.arrive(size=PHONE, language=language, account=account)

    def _look_on_both_screens(self, page: "Page") -> None:
        """The page on the phone on which it was opened, and grown to the large screen; loading it costs most."""
        self.look(page)
        page.set_viewport_size(DESKTOP)
        self.look(page)
        page.set_viewport_size(PHONE)

    def look(self, page: "Page") -> None:
        """Note what axe and the screen say of the page that is open; it has one main heading and a title."""
        faults = self._barriers(page)
        if page.locator("h1").count() != 1:
            faults.append("not one h1")
        if not page.title().partition(" - ")[0].strip():
            faults.append("no title")
        width = page.viewport_size["width"]
        self.found += [f"{page.url} at {width} px: {fault}" for fault in faults]


@pytest.fixture
def tour(visitors, barriers) -> Tour:
    return Tour(visitors, barriers)


def test_a_page_that_bars_somebody_is_found(visitors, barriers):
    page = visitors.arrive(size=PHONE)
    page.set_content('<main><h1>Titel</h1><img src="data:,"><p style="width: 900px">Breed</p></main>')

    assert {fault.partition(":")[0] for fault in barriers(page)} >= {"image-alt", "scrolls sideways"}


def of_forum(name: str, forum, *args: object) -> str:
    return reverse(name, args=[forum.slug, *args])


def test_public_pages_bar_nobody(tour, version):
    names = ["start", "privacy", "accessibility", "cookies", "help", "filling:resend", "filling:resent"]

    tour.visit(*map(reverse, [*names, "reports:check"]), "/bestaat-niet/")
    tour.visit(reverse("filling:landing", args=["a" * 22]))
    tour.send_empty(reverse("filling:resend"), reverse("reports:check"))

    assert tour.found == []


def test_house_colour_and_logo_bar_nobody(tour, settings, coach, open_round):
    """A colour too light for letters, which is made darker; from the site itself, as the policy asks."""
    settings.ORGANISATION_COLOUR, settings.ORGANISATION_NAME = "#00a651", "Streekbureau"
    settings.ORGANISATION_LOGO = "icon.svg"

    tour.visit(
        "/",
        reverse("coaching:forums"),
        of_forum("coaching:round", open_round.forum, open_round.pk),
        account=coach,
    )

    assert tour.found == []


def test_account_pages_bar_nobody(tour, coach):
    names = ["account_login", "account_reset_password", "account_reset_password_done"]

    tour.visit(*map(reverse, names), reverse("account_reset_password_from_key", args=["1", "x-y"]))
    tour.send_empty(reverse("account_login"), reverse("account_reset_password"))

    assert tour.found == []


def test_questionnaire_bars_nobody(tour, forum):
    """An interim round, since that asks about change too; one answer is missing."""
    round = factories.make_open_round(forum=forum, kind="interim")
    begun, fresh, *_ = factories.invitations_of(round)
    factories.fill_in(begun, texts={"OV1": "Meer tijd voor de agenda."}).answers.filter(item="VIS1").delete()
    dimensions = [dimension.code.lower() for dimension in round.content.dimensions]
    steps = ["rol", *dimensions, "verandering", "eigen-woorden", "nakijken"]

    tour.visit(
        reverse("filling:landing", args=[fresh.token]),
        reverse("filling:step", args=[fresh.token, "rol"]),
        reverse("filling:landing", args=[begun.token]),
        *(reverse("filling:step", args=[begun.token, step]) for step in steps),
        reverse("filling:left", args=[begun.token]),
        reverse("filling:withdraw", args=[begun.token]),
    )
    tour.send_empty(
        reverse("filling:step", args=[fresh.token, "rol"]),
        reverse("filling:step", args=[begun.token, dimensions[0]]),
    )

    assert tour.found == []


def test_submitting_bars_nobody(tour, visitors, open_round):
    """The page with the receipt, and the pages around it, once for each view."""
    for view, invitation in zip(VIEWS, factories.invitations_of(open_round), strict=False):
        factories.fill_in(invitation)
        page = visitors.arrive(**view)
        page.goto(reverse("filling:step", args=[invitation.token, "nakijken"]))
        page.locator("main form button.btn").first.click()
        page.wait_for_selector(".secret")
        tour.look(page)
        page.goto(page.locator(".secret").first.inner_text().strip())
        tour.look(page)
        page.goto(reverse("filling:landing", args=[invitation.token]))
        tour.look(page)

    assert tour.found == []


def test_desk_of_the_coach_bars_nobody(tour, coach, open_round):
    forum = open_round.forum
    member = forum.members.first()
    empty = factories.make_forum(name="Forum zonder leden", municipalities=0, coaches=[coach])
    planned = factories.make_round(forum=factories.make_forum(name="Gepland forum", coaches=[coach]))
    first, second, *_ = factories.invitations_of(open_round)
    factories.fill_in(first)
    submit(invitation=first)
    type(second).objects.filter(pk=second.pk).update(is_declined=True)

    tour.visit(
        reverse("coaching:forums"),
        reverse("coaching:demo_mails"),
        *(of_forum("coaching:forum", each) for each in (forum, empty, planned.forum)),
        *(of_forum("coaching:members", each) for each in (forum, empty)),
        of_forum("coaching:member_add", forum),
        *(
            of_forum(f"coaching:{name}", forum, member.pk)
            for name in ("member", "member_replace", "member_end")
        ),
        of_forum("coaching:round_plan", empty),
        *(
            of_forum(f"coaching:{name}", planned.forum, planned.pk)
            for name in ("round", "round_change", "round_preview", "round_open", "round_cancel")
        ),
        *(
            of_forum(f"coaching:{name}", forum, open_round.pk)
            for name in (
                "round",
                "round_postpone",
                "round_close",
                "round_remind",
                "round_mails",
                "round_lost_link",
                "round_preview",
            )
        ),
        *(
            of_forum(f"coaching:{name}", forum, open_round.pk) + "?zoek=niemand"
            for name in ("round", "round_mails")
        ),
        of_forum("coaching:earlier_round", forum),
        account=coach,
    )
    tour.send_empty(of_forum("coaching:member_add", forum), account=coach)

    assert tour.found == []


def test_importing_members_bars_nobody(tour, visitors, coach, open_round):
    """The preview with every kind of row, question and warning, before and after choosing."""
    forum = open_round.forum
    first, second, third, *_ = forum.members.order_by("pk").select_related("seat__municipality")
    head = "Naam;Mail;Functie;Gemeente of organisatie;Lidmaatschap;Partij;Schoenmaat"
    rows = [
        f"{first.name};{first.email};waarnemend burgemeester;{first.seat};;;",
        f"Iemand anders;{second.email};burgemeester;{second.seat};;;",
        f"{third.name};een.heel.lang.adres.van.het.secretariaat@gemeente.example;burgemeester;{third.seat};;;",
        "coördinator;coordinator@streek.example;coördinator;Huis van de streek;support;;",
        "fout;geen adres;;Aldervoorde;koning;;",
    ]
    path = of_forum("coaching:members_import", forum)

    tour.visit(path, account=coach)
    tour.send_empty(path, account=coach)
    for view in VIEWS:
        page = visitors.arrive(**view, account=coach)
        page.goto(path)
        page.locator("textarea").fill("\n".join([head, *rows]))
        page.locator("main form button.btn").first.click()
        page.wait_for_selector("table.import")
        tour.look(page)
        for name in ("person-3", "address-4", "seat-5"):
            page.locator(f"input[name={name}]").first.check()
        page.locator("main form button.btn").first.click()
        page.wait_for_selector("button[name=apply]")
        tour.look(page)


def test_the_track_bars_nobody(tour, coach, forum):
    """A year with everything in it, its forms with their errors, and a forum without a track."""
    round = close(factories.make_round(forum=forum, opens_in=-100, closes_in=-80), large_result())
    empty = factories.make_forum(name="Forum zonder traject", municipalities=0, coaches=[coach])
    agree(forum, days=14)
    action = Action.objects.exclude(breakthrough=None).get()

    def of_track(name: str, *args: object) -> str:
        return of_forum(f"reports:{name}", forum, round.track_id, *args)

    tour.visit(
        of_track("track_year"),
        of_forum("reports:track", empty),
        *(of_track(name) for name in ("targets", "priorities", "action_add")),
        *(of_track(name, action.pk) for name in ("action", "action_change", "action_remove")),
        of_forum("reports:result", forum, round.pk),
        reverse("reports:offer"),
        account=coach,
    )
    tour.send_empty(of_track("action_add"), account=coach)

    assert tour.found == []


def test_seats_bar_nobody(tour, coach, forum):
    """Two seats of one municipality, an empty one, a forum without any, and the municipalities of a region."""
    call_command("load_regions", verbosity=0)
    empty = factories.make_forum(name="Forum zonder zetels", municipalities=0, coaches=[coach])
    second = factories.make_seat(forum=forum, municipality=forum.seats.order_by("pk").first().municipality)

    tour.visit(
        of_forum("coaching:seats", empty),
        of_forum("coaching:seats", forum),
        f"{of_forum('coaching:seats', forum)}?zoek=elders",
        of_forum("coaching:seats_of_region", forum),
        f"{of_forum('coaching:seats_of_region', forum)}?regio=limburg",
        of_forum("coaching:seat_remove", forum, second.pk),
        of_forum("coaching:seat_combine", forum, second.pk),
        account=coach,
    )
    tour.send_empty(of_forum("coaching:seat_add", forum), account=coach)

    assert tour.found == []


def test_sessions_bar_nobody(tour, coach, forum):
    """A session with everything written down and one with nothing yet, the list, and a calendar link."""
    track = factories.make_round(forum=forum, opens_in=-60, closes_in=-30).track
    place = "https://vergaderen.example/een-heel-lange-kamer-zonder-streepjes-" + "x" * 60
    session = factories.make_session(forum=forum, agenda="Welkom\nResultaat", note="Te vol.", place=place)
    commitments = [session.commitments.create(what=f"Maak een jaarkalender {n}") for n in range(2)]
    commitments[0].action = track.actions.create(dimension="NET", block="network", what="Maak een kalender")
    commitments[0].save()
    empty = factories.make_session(
        forum=factories.make_forum(name="Forum zonder traject", coaches=[coach]), starts_in=-9
    )
    make_calendar_link(forum=forum)

    tour.visit(
        *(of_forum("coaching:session", each.forum, each.pk) for each in (session, empty)),
        of_forum("coaching:commitment", forum, session.pk, commitments[0].pk),
        of_forum("coaching:sessions", forum),
        of_forum("coaching:calendar", forum),
        account=coach,
    )
    tour.send_empty(of_forum("coaching:session_plan", forum), account=coach)

    assert tour.found == []


def test_reminding_bars_nobody(tour, coach, forum):
    """A round of which one reminder failed, with a reminder that may leave now."""
    round = factories.make_open_round(forum=forum)
    opened_at = timezone.now() - datetime.timedelta(days=5)
    Round.objects.update(opens_on=timezone.localdate(opened_at), opened_at=opened_at)
    round.invitations.update(mail_state="sent", mailed_at=opened_at, times_mailed=2)
    ReminderFault.objects.create(invitation=round.invitations.first(), reason="refused")
    sent_at = timezone.now() - datetime.timedelta(days=3)
    Reminder.objects.create(
        round=round, kind="by_hand", closes_on=round.closes_on, started_at=sent_at, sent=7
    )

    tour.visit(
        *(of_forum(f"coaching:{name}", forum, round.pk) for name in ("round", "round_remind", "round_mails")),
        account=coach,
    )

    assert tour.found == []


def test_entering_an_earlier_round_bars_nobody(tour, visitors, coach, forum, version, tmp_path):
    """The form with what is wrong with a file, and the page that asks before it is entered."""
    places = [seat.municipality.name for seat in forum.seats.all()]
    wrong = tmp_path / "fout.csv"
    wrong.write_bytes(as_csv([header(), row("mayors", places[0], VIS1="9")]))
    right = tmp_path / "goed.csv"
    right.write_bytes(as_csv([header(), *rows_of(places)]))
    for view in VIEWS:
        page = visitors.arrive(**view, account=coach)
        for path, seen in ((wrong, ".notice.wrong"), (right, ".facts")):
            page.goto(of_forum("coaching:earlier_round", forum))
            page.check("input[name=kind][value=baseline]")
            page.fill("#id_closed_on", "30/11/2024")
            page.fill("#id_members", "8")
            page.set_input_files("#id_file", path)
            page.locator("main form button.btn").first.click()
            page.wait_for_selector(seen)
            tour.look(page)

    assert tour.found == []


def test_desk_of_the_programme_manager_bars_nobody(tour, open_round):
    """The second page of many forums too, an archived one, and the form with its errors."""
    manager = factories.make_programme_manager()
    call_command("load_regions", verbosity=0)
    many = [factories.make_forum(name=f"Forum {number}", municipalities=0) for number in range(20)]
    archived = factories.make_forum(name="Oud forum", municipalities=0, is_archived=True)

    tour.visit(
        reverse("coaching:forums"),
        *(f"{reverse('coaching:forums')}?{query}" for query in ("pagina=2", "zoek=elders", "archief=ja")),
        *(of_forum("coaching:forum", each) for each in (open_round.forum, archived)),
        of_forum("coaching:forum", open_round.forum) + "?toestand=open",
        of_forum("coaching:round", open_round.forum, open_round.pk),
        *(of_forum(f"coaching:forum_{job}", many[0]) for job in ("change", "archive")),
        account=manager,
    )
    tour.send_empty(reverse("coaching:forum_add"), account=manager)

    assert tour.found == []


def test_reference_values_bar_nobody(tour):
    """Of one kind of round too few forums, of another values of which one dimension has none."""
    manager = factories.make_programme_manager()
    forums(40, 50, 55, 60, kind="interim")
    forums(40, 50, 55, 60, begin=4)
    forums(75, begin=8, PAR=hidden())
    freeze_benchmarks(by=manager)

    tour.visit(reverse("coaching:benchmark"), account=manager)

    assert tour.found == []


def test_questionnaires_and_trail_of_the_programme_manager_bar_nobody(tour, visitors, open_round, version):
    manager = factories.make_programme_manager()
    draft = factories.make_draft(version)
    preview = [reverse("preview:begin", args=[draft.pk]), reverse("preview:phone", args=[draft.pk])]
    steps = ("rol", "vis", "verandering", "eigen-woorden", "nakijken")

    tour.visit(
        reverse("coaching:versions"),
        reverse("coaching:versions") + "?zoek=niets",
        *(reverse("coaching:version", args=[each.pk]) for each in (version, draft)),
        reverse("coaching:version", args=[version.pk]) + "?zoek=niets",
        *(reverse(f"coaching:version_{name}", args=[draft.pk]) for name in ("publish", "delete")),
        *(reverse(f"coaching:version_{name}", args=[version.pk]) for name in ("retire", "restore")),
        *preview,
        reverse("preview:role", args=[draft.pk, "interim"]),
        *(reverse("preview:step", args=[draft.pk, "interim", "mayor", step]) for step in steps),
        reverse("preview:end", args=[draft.pk, "interim"]),
        reverse("coaching:trail"),
        reverse("coaching:trail") + "?van=gisteren&tot=01/01/2020",
        account=manager,
    )
    tour.send_empty(reverse("coaching:version_upload"), account=manager)
    for view in VIEWS:
        page = visitors.arrive(**view, account=manager)
        page.goto(reverse("coaching:version_upload"))
        faulty = {
            "name": "vragenlijst.yaml",
            "mimeType": "text/yaml",
            "buffer": b"instrument: 1\nrounds: []\n",
        }
        page.set_input_files("input[type=file]", faulty)
        page.locator("main form button.btn").first.click()
        page.wait_for_selector(".faults")
        tour.look(page)

    assert tour.found == []


def test_results_bar_nobody(tour, coach):
    """A result, a round with too few answers, and the closed pages of a member."""
    values = iter(range(10**6))
    told = factories.make_closed_round(
        forum=factories.make_forum(municipalities=12, members_per_seat=2, coaches=[coach]),
        value=lambda item: next(values) * 7 // 3 % 5 + 1,
    )
    untold = factories.make_closed_round(
        forum=factories.make_forum(name="Klein forum", municipalities=3, coaches=[coach])
    )
    link = factories.invitations_of(told)[0].token

    tour.visit(
        *(of_forum("coaching:round", round.forum, round.pk) for round in (told, untold)),
        *(of_forum("reports:result", round.forum, round.pk) for round in (told, untold)),
        of_forum("reports:memo", told.forum, told.pk),
        of_forum("reports:memo", told.forum, told.pk) + "?voor=niemand&gemeente=0",
        account=coach,
    )
    tour.visit(reverse("filling:landing", args=[link]))

    assert tour.found == []


def test_pages_around_a_session_bar_nobody(tour, coach):
    """A session with everything recorded, and one about a round with too few answers."""
    told = factories.make_closed_round(forum=factories.make_forum(coaches=[coach]))
    untold = factories.make_closed_round(
        forum=factories.make_forum(name="Klein forum", municipalities=3, coaches=[coach])
    )
    themes = [told.themes.create(title=title, summary="Te vol.", order=nth) for nth, title in enumerate("AB")]
    quote = told.quotes.create(text="We kennen elkaar.", theme=themes[0])
    told.quotes.create(text="Te veel overleg.")
    told.group_levels.create(dimension="NET", level=3, evidence="Er is een netwerkteam.")
    answers = [
        told.open_answers.create(question="O1", text="De openheid.", has_quote_consent=consent)
        for consent in (True, False)
    ]

    tour.visit(
        *(
            of_forum(f"reports:{name}", round.forum, round.pk)
            for round in (told, untold)
            for name in ("preparation", "presentation", "group_levels", "result")
        ),
        of_forum("reports:theme_add", told.forum, told.pk),
        of_forum("reports:theme", told.forum, told.pk, themes[0].pk),
        of_forum("reports:theme_delete", told.forum, told.pk, themes[0].pk),
        of_forum("reports:quote_add", told.forum, told.pk, answers[0].pk),
        of_forum("reports:quote", told.forum, told.pk, quote.pk),
        of_forum("reports:quote_delete", told.forum, told.pk, quote.pk),
        account=coach,
    )
    tour.send_empty(of_forum("reports:theme_add", told.forum, told.pk), account=coach)
    tour.visit(
        of_forum("reports:preparation", told.forum, told.pk), account=factories.make_programme_manager()
    )

    assert tour.found == []


def test_comparing_rounds_bars_nobody(tour, coach):
    """Two rounds with all that can stand beside them, and two that cannot be compared."""
    forum = factories.make_forum(coaches=[coach])
    rounds = [
        close(factories.make_round(forum=forum, kind=kind, opens_in=-days - 9, closes_in=-days), result)
        for kind, days, result in (
            ("baseline", 200, make_result(VIS=measured(40, 6), PAR=hidden())),
            ("interim", 90, make_result(VIS=measured(66, 6), total=measured(58, 5))),
            ("final", 9, make_result(version="2.0.0")),
        )
    ]
    for nth, round in enumerate(rounds):
        closed_at = timezone.now() - datetime.timedelta(days=200 - nth * 90)
        Round.objects.filter(pk=round.pk).update(closed_at=closed_at)
    today = timezone.localdate()
    rounds[1].track.actions.create(
        dimension="VIS", block="network", what="Leg de agenda vast.", owner="coördinator", due_on=today,
        status="done", evidence="Ze staat in het verslag.", evidence_seen_on=today,
        added_on=today - datetime.timedelta(days=190),
    )  # fmt: skip
    path = of_forum("reports:comparison", forum)
    first, second, third = (round.pk for round in rounds)

    tour.visit(f"{path}?van={first}&naar={second}", f"{path}?van={second}&naar={third}", account=coach)

    assert tour.found == []


def test_many_reports_bar_nobody(tour, forum, coach, settings, tmp_path):
    settings.BATCH_FOLDER = str(tmp_path)
    round = close(factories.make_open_round(forum=forum))
    waiting, broken, ready = (Batch.objects.create(user=coach, language="nl", total=2) for _ in range(3))
    for batch in (waiting, ready):
        batch.reports.create(snapshot=round.snapshot, state="failed")
    now = timezone.now()
    Batch.objects.filter(pk=broken.pk).update(state="failed", ended_at=now)
    Batch.objects.filter(pk=ready.pk).update(state="done", ended_at=now, total=1)
    ready.path.write_bytes(b"file")

    tour.visit(
        "/rapporten/", *(f"/rapporten/{batch.pk}/" for batch in (waiting, broken, ready)), account=coach
    )

    assert tour.found == []


def test_own_result_bars_nobody(tour, visitors, forum):
    """With an earlier one beside it, and with a link that leads to none."""
    receipts = []
    for kind in ("baseline", "interim"):
        round = factories.make_open_round(forum=forum, kind=kind)
        for invitation in factories.invitations_of(round):
            factories.fill_in(invitation)
            receipt = submit(invitation=invitation)
        close_round(round=round, is_silent=True)
        receipts.append(receipt)
    path = reverse("reports:receipt", args=[receipts[1]])

    tour.visit(path)
    tour.send_empty(path)
    for view in VIEWS:
        page = visitors.arrive(**view)
        page.goto(path)
        page.fill("input[name=link]", reverse("reports:receipt", args=[receipts[0]]))
        page.locator("main form button.btn").first.click()
        page.wait_for_url("**/naast-elkaar/")
        tour.look(page)

    assert tour.found == []


def test_sharing_a_report_bars_nobody(tour, coach, forum):
    """The pages of the coach before and after, those of a member, and a link that has ended."""
    closed_round = make_shareable_round(forum)
    invitation = factories.invitations_of(closed_round)[0]
    paths = [
        of_forum(f"reports:{name}", forum, closed_round.pk) for name in ("share", "share_check", "share_end")
    ]

    tour.visit(paths[0], account=coach)
    shared = share(closed_round, left_out=("statements", "agreed"))
    closed_round.track.actions.update(status="done")
    tour.visit(*paths, account=coach)
    tour.visit(
        reverse("reports:shared", args=[shared.token]),
        reverse("reports:shared_memo", args=[shared.token]),
        reverse("reports:shared", args=["a" * 22]),
        reverse("filling:landing", args=[invitation.token]),
    )

    assert tour.found == []
