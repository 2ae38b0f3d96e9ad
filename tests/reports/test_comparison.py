"""What two rounds beside each other say: every verdict in words, why not, and what is never said."""

import dataclasses
import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement
from reports.build.comparison import Between, comparison_of
from reports.change import Score
from reports.comparison import AgreedAction, Comparison
from tests.assessment.scoring.notation import CODES
from tests.reports.cast import CLOSED_AT, hidden, make_result, make_source, measured, unpublished

VISION = {"nl": "gedeelde visie en strategische agenda", "en": "shared vision and strategic agenda"}


def compared(
    first: dict[str, Any],
    second: dict[str, Any],
    *,
    between: Between | None = None,
    language: str = "nl",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Comparison:
    """A baseline beside the interim round half a year later; `before` and `after` are other facts of either."""
    later = {"kind": "interim", "closed_at": CLOSED_AT + datetime.timedelta(days=183)}
    return comparison_of(
        make_source(first, **before or {}),
        make_source(second, **later | (after or {})),
        between or Between(),
        language=language,
    )


def vision(comparison: Comparison):
    return comparison.changes[0]


def words_of(comparison: Comparison) -> str:
    return json.dumps(dataclasses.asdict(comparison), ensure_ascii=False, default=str)


# --- Verdicts ------------------------------------------------------------------------------------------------

# Each verdict with the scores and margins that lead to it, and the sentence in both languages.
VERDICTS = {
    "progress": (
        measured(40, 5),
        measured(62, 5),
        "Duidelijke vooruitgang bij {}: van 40 naar 62 (+22 punten, marge\u00a06).",
        "Clear progress in {}: from 40 to 62 (+22 points, margin\u00a06).",
    ),
    "indication_of_progress": (
        measured(50, 6),
        measured(59, 6),
        "Aanwijzing van vooruitgang bij {}: van 50 naar 59 (+9 punten, marge\u00a08). Zoek bevestiging in de feiten.",
        "Indication of progress in {}: from 50 to 59 (+9 points, margin\u00a08). Look for confirmation in the facts.",
    ),
    "stable": (
        measured(57, 4),
        measured(58, 4),
        "Weinig veranderd bij {}: van 57 naar 58.",
        "Little changed in {}: from 57 to 58.",
    ),
    "within_margin": (
        measured(50, 16),
        measured(57, 16),
        "Het verschil bij {} valt binnen de marge: van 50 naar 57. We kunnen niet zeggen of er echt iets veranderde.",
        "The difference in {} is within the margin: from 50 to 57. We cannot say whether anything really changed.",
    ),
    "indication_of_decline": (
        measured(59, 6),
        measured(50, 6),
        "Aanwijzing van achteruitgang bij {}: van 59 naar 50 (−9 punten, marge\u00a08). Zoek bevestiging in de feiten.",
        "Indication of decline in {}: from 59 to 50 (−9 points, margin\u00a08). Look for confirmation in the facts.",
    ),
    "decline": (
        measured(62, 5),
        measured(40, 5),
        "Duidelijke achteruitgang bij {}: van 62 naar 40 (−22 punten, marge\u00a06).",
        "Clear decline in {}: from 62 to 40 (−22 points, margin\u00a06).",
    ),
}
LABELS = {
    "progress": ("vooruitgang", "progress", "+22 (marge\u00a06)"),
    "indication_of_progress": ("aanwijzing van vooruitgang", "indication of progress", "+9 (marge\u00a08)"),
    "stable": ("weinig veranderd", "little changed", "+1 (marge\u00a05)"),
    "within_margin": ("binnen de marge", "within the margin", "+7 (marge\u00a021)"),
    "indication_of_decline": ("aanwijzing van achteruitgang", "indication of decline", "−9 (marge\u00a08)"),
    "decline": ("achteruitgang", "decline", "−22 (marge\u00a06)"),
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_told_in_its_own_words(verdict):
    before, after, dutch, english = VERDICTS[verdict]
    first, second = make_result(VIS=before), make_result(VIS=after)
    nl, en = (vision(compared(first, second, language=language)) for language in ("nl", "en"))

    assert (nl.sentence, nl.verdict) == (dutch.format(VISION["nl"]), LABELS[verdict][0])
    assert (en.sentence, en.verdict) == (english.format(VISION["en"]), LABELS[verdict][1])
    assert nl.told == LABELS[verdict][2]
    assert (nl.before, nl.after) == tuple(Score(each["display"], each["margin"]) for each in (before, after))


@pytest.mark.parametrize(
    "language, sentence, label",
    [
        (
            "nl",
            "Bij gedeelde visie en strategische agenda zijn deze rondes niet te vergelijken. In een van beide "
            "rondes antwoordden te weinig leden.",
            "niet te vergelijken",
        ),
        (
            "en",
            "For shared vision and strategic agenda these rounds cannot be compared. Too few members answered "
            "in one of the two rounds.",
            "not comparable",
        ),
    ],
)
def test_dimension_that_is_hidden_in_one_round_is_not_compared(language, sentence, label):
    told = compared(make_result(VIS=hidden()), make_result(), language=language)

    assert (vision(told).sentence, vision(told).verdict) == (sentence, label)
    assert (vision(told).before, vision(told).after, vision(told).told) == (None, Score(57, 4), "")
    assert told.is_comparable
    assert told.changes[1].told != ""


TOTALS = {
    "progress": ((40, 5), (62, 5), "Dat is een duidelijke vooruitgang (+22 punten, marge\u00a06)."),
    "stable": ((57, 4), (58, 4), "Er is weinig veranderd."),
    "within_margin": (
        (50, 16),
        (57, 16),
        "Het verschil valt binnen de marge. We kunnen niet zeggen of er echt iets veranderde.",
    ),
    "decline": ((62, 5), (40, 5), "Dat is een duidelijke achteruitgang (−22 punten, marge\u00a06)."),
}


@pytest.mark.parametrize("verdict", TOTALS)
def test_total_is_judged_beside_the_dimensions(verdict):
    before, after, sentence = TOTALS[verdict]
    told = compared(make_result(total=measured(*before)), make_result(total=measured(*after)))

    assert told.total == (f"Over de acht dimensies samen: van {before[0]} naar {after[0]}.", sentence)


def test_total_that_one_round_does_not_show_is_not_compared():
    assert compared(make_result(total=measured()), make_result()).total == (
        "Over de acht dimensies samen zijn de rondes niet te vergelijken, want in een van beide is het totaal niet "
        "getoond.",
    )


def test_dimensions_stand_in_the_order_of_the_questionnaire_whatever_moved():
    told = compared(make_result(LER=measured(20)), make_result(LER=measured(80)))

    assert [change.code for change in told.changes] == list(CODES)


def test_rounds_are_named_with_their_year_when_they_are_of_one_kind():
    again = {"kind": "baseline", "closed_at": CLOSED_AT + datetime.timedelta(days=365)}

    told = compared(make_result(), make_result(), after=again)

    assert (told.first.name, told.second.name) == ("Nulmeting 2026", "Nulmeting 2027")
    assert told.subtitle == "Van nulmeting 2026 naar nulmeting 2027 bij het Westhoekoverleg"


# --- Why not -------------------------------------------------------------------------------------------------


def reasons(first, second, **facts) -> dict[str, tuple[str, ...]]:
    return {language: compared(first, second, language=language, **facts).reason for language in ("nl", "en")}


def test_round_without_result_is_not_compared():
    assert reasons(unpublished(), make_result()) == {
        "nl": (
            "In een van beide rondes antwoordden te weinig leden.",
            "U kunt beide resultaten wel apart lezen.",
        ),
        "en": (
            "Too few members answered in one of the two rounds.",
            "You can read both results by themselves.",
        ),
    }


def test_another_major_version_is_not_compared_and_the_page_names_both():
    told = reasons(make_result(), make_result(version="2.0.0"), after={"questionnaire_version": "2.0.0"})

    assert told["nl"][0] == "De vragenlijst is te veel veranderd."
    assert "1.0.0" in told["nl"][1]
    assert "2.0.0" in told["nl"][1]
    assert "1.0.0" in told["en"][1]
    assert "2.0.0" in told["en"][1]


def test_minor_version_is_compared_and_told():
    told = compared(make_result(), make_result(version="1.2.0"), after={"questionnaire_version": "1.2.0"})

    assert told.is_comparable
    assert told.cautions == (
        "De vragenlijst kreeg tussen beide rondes een nieuwe versie: eerst 1.0.0, nu 1.2.0. De betekenis van de "
        "stellingen bleef dezelfde, dus de rondes zijn te vergelijken.",
    )


def test_forum_that_lost_more_than_a_quarter_is_another_forum():
    told = reasons(make_result(), make_result(response={"members": 5, "delegations": 5, "rate": 1.0}))

    assert told["nl"] == (
        "Het aantal gemeenten in het forum is te veel veranderd.",
        "Bij de nulmeting telde het forum 8 gemeenten, bij de tussenmeting 5. Boven 25 % verschil is het een ander "
        "forum dat antwoordt.",
        "U kunt beide resultaten wel apart lezen.",
    )


def test_what_cannot_be_compared_shows_no_number_of_either_round():
    told = compared(
        make_result(VIS=measured(41, 7), total=measured(43, 7)),
        make_result(version="2.0.0", VIS=measured(68, 7), total=measured(67, 7)),
    )

    assert (told.total, told.cautions, told.notes) == ((), (), ())
    assert {(each.before, each.after, each.told, each.experienced) for each in told.changes} == {
        (None, None, "", "")
    }
    assert not {"41", "43", "67", "68"} & set(json.dumps([*map(dataclasses.asdict, told.changes)]).split())


# --- What to bear in mind --------------------------------------------------------------------------------------


def cautions(between: Between | None = None, language: str = "nl", **response: Any) -> tuple[str, ...]:
    result = make_result(response=response) if response else make_result()
    return compared(make_result(), result, between=between, language=language).cautions


def test_nothing_to_bear_in_mind_is_nothing_told():
    assert cautions(Between(seats_changed=0)) == ()


def test_low_response_in_one_round_may_explain_a_difference():
    assert cautions(delegations=4, rate=0.5) == (
        "In een van beide rondes antwoordde minder dan 60 % van de gemeenten. Andere leden kunnen het verschil "
        "verklaren.",
    )


def test_unknown_number_of_municipalities_may_explain_a_difference():
    assert cautions(members=None, rate=None) == (
        "Van een van beide rondes is niet bekend hoeveel gemeenten het forum telde. Andere leden kunnen het verschil "
        "verklaren.",
    )


def test_merged_municipalities_stay_comparable_and_are_told():
    told = cautions(Between(has_merger=True), members=7, delegations=7, rate=1.0)

    assert told == (
        "Bij de nulmeting telde het forum 8 gemeenten, bij de tussenmeting 7.",
        "Sinds de vorige ronde zijn gemeenten gefuseerd. We rekenen met de nieuwe gemeenten.",
    )


@pytest.mark.parametrize(
    "count, language, sentence",
    [
        (1, "nl", "Tussen beide rondes veranderde de bezetting van 1 zetel."),
        (3, "nl", "Tussen beide rondes veranderde de bezetting van 3 zetels."),
        (1, "en", "Between the rounds the person on 1 seat changed."),
        (3, "en", "Between the rounds the person on 3 seats changed."),
    ],
)
def test_changed_members_are_counted_and_never_named(count, language, sentence):
    told = cautions(Between(seats_changed=count), language)

    assert told[0] == sentence
    assert len(told) == 2  # and that groups are compared, no persons


def test_one_indication_among_eight_may_be_chance():
    lone = "Eén aanwijzing op acht dimensies kan toeval zijn."
    rising = {"VIS": measured(59, 6)}
    first = make_result(VIS=measured(50, 6), VER=measured(50, 6))

    assert compared(first, make_result(**rising, VER=measured(50, 6))).cautions[0].startswith(lone)
    assert compared(first, make_result(**rising, VER=measured(80, 6))).cautions == ()


# --- Beside the measured change ---------------------------------------------------------------------------------


def experienced(score: int) -> dict[str, Any]:
    return {"experienced_change": {"score": float(score), "display": score, "n_responses": 9}}


@pytest.mark.parametrize(
    "after, felt, sentence",
    [
        (
            measured(57, 4, **experienced(40)),
            "+40",
            "De leden ervaren vooruitgang bij {}, maar de scores tonen die niet duidelijk. Dat kan betekenen dat ze "
            "strenger zijn gaan kijken.",
        ),
        (
            measured(57, 4, **experienced(-30)),
            "−30",
            "De leden ervaren achteruitgang bij {}, maar de scores tonen die niet duidelijk. Dat kan betekenen dat ze "
            "milder zijn gaan kijken.",
        ),
        (
            measured(80, 4, **experienced(40)),
            "+40",
            "Bij {} wijzen de ervaren en de gemeten verandering in dezelfde richting.",
        ),
        (
            measured(30, 4, **experienced(-40)),
            "−40",
            "Bij {} wijzen de ervaren en de gemeten verandering in dezelfde richting.",
        ),
        (measured(57, 4, **experienced(0)), "0", None),
    ],
)
def test_experienced_change_stands_beside_the_measured_one(after, felt, sentence):
    change = vision(compared(make_result(), make_result(VIS=after)))

    assert change.experienced == felt
    assert change.remarks == ((sentence.format(VISION["nl"]),) if sentence else ())


def test_experienced_change_is_not_laid_beside_a_shorter_time():
    """Members were asked about the time since the start of the track."""
    told = compared(
        make_result(),
        make_result(VIS=measured(57, 4, **experienced(40))),
        between=Between(is_since_start=False),
    )

    assert (vision(told).experienced, vision(told).remarks) == ("+40", ())
    assert any(note.startswith("Die vraag gaat over een langere tijd") for note in told.notes)


@pytest.mark.parametrize(
    "target, sentence",
    [
        (3, "Het streefniveau voor {} is bereikt: afstemmend. Nu komt het erop aan dit vast te houden."),
        (4, "Het streefniveau voor {} ligt binnen de marge: sturend."),
        (5, "Het streefniveau voor {} is nog niet bereikt: strategisch."),
    ],
)
def test_target_stands_beside_what_was_reached(target, sentence):
    second = replace(
        make_source(make_result(), kind="interim"),
        targets={"VIS": Chosen(target, "", datetime.date(2026, 2, 1))},
    )

    told = comparison_of(make_source(make_result()), second, Between(), language="nl")

    assert vision(told).remarks == (sentence.format(VISION["nl"]),)
    assert vision(told).target_from == (target - 1) * 20
    assert told.changes[1].remarks == ()
    assert told.description.count(f"Streefniveau: {vision(told).target}.") == 1


def test_level_according_to_the_group_is_told_when_both_sessions_recorded_one():
    first = make_source(
        make_result(), placements={"VIS": Placement(2), "VER": Placement(3), "NET": Placement(3)}
    )
    second = make_source(make_result(), kind="interim", placements={"VIS": Placement(3), "VER": Placement(3)})

    told = comparison_of(first, second, Between(), language="nl")

    assert [change.remarks for change in told.changes[:3]] == [
        (f"De groep koos voor {VISION['nl']} eerst verkennend, na de tweede ronde afstemmend.",),
        ("De groep koos voor vertrouwen en engagement beide keren afstemmend.",),
        (),
    ]


def test_actions_stand_beside_the_dimension_that_they_were_meant_to_move():
    action = AgreedAction("Stel een netwerkteam samen.", "gedaan", "coördinator", "", "Vier keer samen.", "")

    told = compared(make_result(), make_result(), between=Between(actions={"NET": (action,)}))

    assert {change.code: change.actions for change in told.changes if change.actions} == {"NET": (action,)}


# --- What is never said ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_called_an_effect_or_proven(language):
    first = make_result(**{code: VERDICTS[name][0] for code, name in zip(CODES, VERDICTS, strict=False)})
    second = make_result(**{code: VERDICTS[name][1] for code, name in zip(CODES, VERDICTS, strict=False)})

    said = words_of(compared(first, second, language=language)).lower()

    unsaid = ("effect", "significant", "dankzij", "thanks to", "geen verandering", "no change")
    assert [word for word in unsaid if word in said] == []
    assert ("bewijst niet" if language == "nl" else "does not prove") in said
