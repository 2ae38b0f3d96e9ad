"""The track report: what came of the year, from the frozen results and from what the forum chose and agreed."""

import datetime

import page as pdf_checker
import pytest
from django.utils import timezone, translation

from assessment.actions.agreeing import Agreement, Bid, add_action
from assessment.actions.choosing import Wish, choose_targets, decide_priorities
from assessment.models import GroupLevel, IssuedFile, Round, User
from questionnaires.texts import text
from reports.pdf.track import track_pdf
from reports.track.reading import reading_of
from reports.track.telling import results_of, track_report
from reports.track.told import TrackReport
from tests import factories
from tests.reports.cast import close, make_result, measured, unpublished
from tests.reports.tagged import TaggedPdf

# Session, user; track and rounds; results, earlier rounds, coach, targets, decision, levels, actions twice; of the year
# targets, priorities and sessions; and that it was handed out.
QUERIES = 16
LONG = (
    "Overloop elk kwartaal met alle leden welke gemaakte afspraken nog niet zijn uitgevoerd, en waarom niet"
)


def told(track, *, language: str = "nl") -> TrackReport:
    reading = reading_of(User.objects.get(kind=User.Kind.COACH), track.forum.slug, track.pk)
    with translation.override(language):
        return track_report(reading, results_of(track), today=timezone.localdate(), language=language)


def agree(track, coach, count: int = 1, **fields) -> None:
    fields = {"dimension": "NET", "block": "network", "what": LONG, "owner": "Streekintercommunale"} | fields
    for _ in range(count):
        add_action(track=track, agreement=Agreement(**fields), by=coach)


def close_interim(track, result) -> Round:
    """The interim round of the track, closed a month ago."""
    round = close(track.rounds.get(kind=Round.Kind.INTERIM), result)
    round.snapshot.closed_at = timezone.now() - datetime.timedelta(days=30)
    round.snapshot.save()
    return round


@pytest.fixture
def full(track, closed_round, coach):
    """A track in which everything there can be is."""
    choose_targets(track=track, wishes={"NET": Wish(4, "Het moet beter.")}, chosen_on=timezone.localdate())
    reason = {"reason": "Eerst het netwerk.", "decided_on": timezone.localdate()}
    decide_priorities(round=closed_round, chosen=["NET", "LER", "VIS"], **reason)
    agree(track, coach, count=3, due_on=timezone.localdate(), evidence="Er is een verslag.")
    bid = Bid(partners="Woonmaatschappij en provincie", cofinancing=20_000)
    add_action(
        track=track, agreement=Agreement("DOE", "content", "Richt een energieloket in"), by=coach, bid=bid
    )
    GroupLevel.objects.create(round=closed_round, dimension="NET", level=3, evidence="Er is een netwerkteam.")
    factories.make_session(forum=track.forum, starts_in=7)
    close_interim(track, make_result(NET=measured(60, 4)))
    return track


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("case", ["full", "one round", "below the threshold", "forty actions"])
def test_file_passes_pdf_ua(case, language, request, track, coach):
    if case == "full":
        request.getfixturevalue("full")
    if case == "below the threshold":
        close_interim(track, unpublished())
    if case == "forty actions":
        agree(track, coach, count=40)
    tagged = TaggedPdf(track_pdf(told(track, language=language)))

    failures = pdf_checker.validate_pdf_bytes(tagged.data, profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []
    assert tagged.faults() == []


def test_whole_year_is_told_in_its_order(full):
    tagged = TaggedPdf(track_pdf(told(full)))

    assert tagged.texts("H2") == [
        "In één oogopslag",
        "Het jaar",
        "Wat wil het forum zelf bereiken?",
        "Stand van zaken van de acties",
    ]
    assert tagged.texts("H3") == [
        "Drie prioriteiten",
        "Netwerkmanagement en procesregie",
        "Regionale doorbraken en slagkracht",
    ]


def test_what_was_measured_stands_beside_the_actions_and_is_no_effect(full):
    report = told(full)

    work = report.work[0]
    assert work.measured.startswith(
        "Duidelijke vooruitgang bij netwerkmanagement en procesregie: van 35 naar 60"
    )
    assert [each.evidence for each in work.actions] == ["Er is een verslag."] * 3
    words = " ".join(told_text for _, told_text in TaggedPdf(track_pdf(report)).told)
    assert "Dat ze het verschil verklaren, is daarmee niet gezegd." in " ".join(words.split())


def test_with_one_round_the_actions_stand_beside_the_level(track, coach):
    agree(track, coach)

    assert (
        told(track)
        .work[0]
        .measured.startswith("De leden beoordelen netwerkmanagement en procesregie gemiddeld met 35 op 100")
    )


def test_breakthrough_names_its_partners(full):
    assert told(full).work[1].actions[0].what == (
        "Richt een energieloket in. Regionale doorbraak met Woonmaatschappij en provincie."
    )


def test_what_the_forum_chose_instead_says_why(track, closed_round):
    reason = {"reason": "Eerst de visie.", "decided_on": timezone.localdate()}
    decide_priorities(round=closed_round, chosen=["NET", "LER", "VIS"], **reason)

    chosen = told(track).priorities
    assert [each.how for each in chosen[:2]] == ["voorgesteld en gekozen door het forum"] * 2
    assert chosen[2].name == "Gedeelde visie en strategische agenda"
    assert chosen[2].how == (
        "De berekening stelde regionale doorbraken en slagkracht voor. Reden: Eerst de visie."
    )


def test_before_a_choice_the_proposal_is_called_so(track):
    report = told(track)

    assert (report.priorities_note, report.priorities[0].how) == (
        "Het forum heeft nog niet gekozen.",
        "voorgesteld",
    )


def test_round_below_the_threshold_tells_the_reason_and_no_number(track, coach):
    close_interim(track, unpublished())
    agree(track, coach)
    report = told(track)

    assert report.summary == (text("report.warning.too_few_both"),)
    assert report.work[0].measured == ""
    assert report.year.moments[1].score is None


def test_without_a_total_and_a_change_it_says_what_the_report_says_and_draws_no_year(track):
    report, tagged = told(track), TaggedPdf(track_pdf(told(track)))

    assert report.summary[:2] == (
        "De leden beoordelen gedeelde visie en strategische agenda het hoogst: 57 op 100 (marge\u00a04).",
        "De leden zien de meeste ruimte voor groei bij netwerkmanagement en procesregie: 35 op 100 (marge\u00a04).",
    )
    assert (report.year.has_score, tagged.nodes("Figure")) == (False, [])


def test_year_is_drawn_from_one_total_on(track):
    close_interim(track, make_result(total=measured(60, 4)))
    report = told(track)

    assert [each.entry["/Alt"] for each in TaggedPdf(track_pdf(report)).nodes("Figure")] == [
        report.year.description
    ]


def test_every_result_is_named_with_the_software_that_made_it(full):
    assert all(
        "Vragenlijst versie 1.0.0, Regiospiegel 0.1.0. Controlecode" in each for each in told(full).sources
    )


def test_without_a_closed_round_there_is_no_report(forum, coach_client):
    track = factories.make_round(forum=forum).track

    address = f"/fora/{forum.slug}/traject/{track.pk}/rapport.pdf"
    assert coach_client.post(address)["Location"] == f"/fora/{forum.slug}/traject/{track.pk}/"
    assert address not in coach_client.get(f"/fora/{forum.slug}/traject/{track.pk}/").content.decode()


def test_same_track_gives_the_same_bytes_and_is_noted_once(full, coach_client, address):
    first, second = (coach_client.post(address("track_pdf")) for _ in range(2))

    assert first.content == second.content
    issued = IssuedFile.objects.get()
    assert (issued.kind, issued.snapshot.round.kind) == ("track_pdf", "interim")
    assert (
        'filename="regiospiegel-burgemeestersoverleg-noordrand-trajectrapport-'
        in first["Content-Disposition"]
    )


@pytest.mark.parametrize("actions", [1, 3])
def test_file_asks_the_database_as_often_for_many_actions(
    actions, track, coach, coach_client, address, django_assert_num_queries
):
    agree(track, coach, count=actions)

    with django_assert_num_queries(QUERIES):
        coach_client.post(address("track_pdf"))
