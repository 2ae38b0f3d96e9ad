"""The own result in words."""

import pytest
from django.utils import translation
from django.utils.translation import get_language

from questionnaires.content import Content
from reports.charts.own import beside_pair
from reports.personal import Beside, OwnAnswer, personal_report
from tests import factories
from tests.reports.cast import CLOSED_AT


@pytest.fixture
def content(db) -> Content:
    return factories.make_version().content


def own(content: Content, **changes: dict) -> dict:
    """An individual result in which every dimension is alike, but for `changes` by code."""
    dimensions = {
        d.code: {
            "asked": True,
            "score": 56.25,
            "display": 56,
            "level": 3,
            "statements": {s.code: 3 for s in d.statements},
            "importance": 50.0,
            "forum_display": 60,
            "forum_margin": 10,
            "position": "similar",
        }
        | changes.get(d.code, {})
        for d in content.dimensions
    }
    return {"dimensions": dimensions, "priorities": ["VIS", "NET", "LER"]}


def build(content: Content, responses: int = 8, **changes: dict):
    return personal_report(
        own(content, **changes),
        content=content,
        subtitle="Nulmeting van het Westhoekoverleg",
        responses=responses,
        closed_at=CLOSED_AT,
        language=get_language() or "nl",
    )


def test_a_dimension_is_told_in_words(content):
    vis = build(content, VIS={"position": "lower"}).dimensions[0]
    assert vis.sentence == (
        "Gedeelde visie en strategische agenda: u geeft 56 op 100. Dat is niveau afstemmend."
    )
    assert vis.comparison == "Gedeelde visie en strategische agenda: lager dan de groep"
    assert (vis.score, vis.forum, vis.margin) == (56, 60, 10)


def test_a_dimension_that_was_not_asked_says_so(content):
    unasked = {
        "asked": False,
        "score": None,
        "display": None,
        "level": None,
        "statements": {},
        "position": None,
    }
    lok = build(content, LOK=unasked).dimensions[3]
    assert lok.sentence == "Verankering in het lokale bestuur: deze stellingen pasten niet bij uw rol."
    assert (lok.comparison, lok.answers) == ("", ())


def test_too_few_answers_leave_no_score(content):
    thin = {"score": None, "display": None, "level": None, "position": None}
    vis = build(content, VIS=thin).dimensions[0]
    assert vis.sentence == "Gedeelde visie en strategische agenda: te weinig antwoorden voor een score."
    assert vis.comparison == ""


def test_below_the_threshold_there_is_no_comparison(content):
    report = build(content, responses=5)
    assert not report.is_compared
    assert report.group_lead == (
        "Minder dan zes leden antwoordden. Daarom tonen we geen vergelijking met de groep."
    )


def test_don_t_knows_are_gathered_and_skipped_answers_stay_empty(content):
    vis = {"statements": {"VIS1": "WN", "VIS2": None, "VIS3": 5, "VIS4": 1}}
    report = build(content, VIS=vis)
    assert report.unknown == ("Ik weet welk doel ons forum nastreeft.",)
    assert report.dimensions[0].answers[1:] == (
        OwnAnswer("De leden van ons forum zien dezelfde grote uitdagingen voor de regio.", ""),
        OwnAnswer("Ons forum maakt duidelijke keuzes in de thema's waarop het inzet.", "Helemaal akkoord"),
        OwnAnswer(
            "Een gedeelde visie op lange termijn bepaalt de agenda van ons forum.", "Helemaal niet akkoord"
        ),
    )


def test_it_speaks_english_too(content):
    with translation.override("en"):
        report = build(content)
    assert report.dimensions[0].comparison == "Shared vision and strategic agenda: similar to the group"
    assert report.priorities[0].name == "Shared vision and strategic agenda"


# --- Two of them beside each other ---------------------------------------------------------------------------------


def test_two_own_results_are_paired_by_dimension_and_not_by_place(content):
    first, *others = content.dimensions
    turned = content.model_copy(update={"dimensions": (*others[:-1], first)})  # the last is not asked
    told = Beside(
        "", build(turned, **{first.code: {"display": 20}}), build(content), ("nulmeting", "tussenmeting")
    )

    assert [(one.code, other.code) for one, other in told.rows] == [
        (each.code, each.code) for each in content.dimensions[:-1]
    ]
    assert [one.score for one, _ in told.rows] == [20, *[56] * 6]
    chart = str(beside_pair(told))
    assert ("van 20 naar 56" in chart, others[-1].name.nl in chart) == (True, False)
