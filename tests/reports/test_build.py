"""What a report says about a result: the exact sentences, in both languages, and nothing that is suppressed."""

import dataclasses
import datetime
import json

import pytest

from assessment.models import Snapshot
from reports.build import build_report
from reports.report import Action, Count, Description, GroupScore, Indices, Measure, Unseen
from tests import factories
from tests.assessment.scoring.notation import CODES
from tests.reports.cast import (
    chosen,
    content,
    hidden,
    large_result,
    make_report,
    make_result,
    measured,
    small_result,
    stated,
    unpublished,
)

VISION = "gedeelde visie en strategische agenda"
TRUST = "vertrouwen en engagement"


def words_of(report) -> str:
    """Everything that a report holds, as text."""
    return json.dumps(dataclasses.asdict(report), ensure_ascii=False, default=str)


# --- At a glance ---------------------------------------------------------------------------------------------


def test_glance_tells_highest_lowest_and_where_opinions_differ_most():
    result = make_result(
        VER=measured(74, 5),
        DOE=measured(31, 6),
        PAR=measured(50, consensus=0.5, agreement="divided"),
        MAT=measured(50, consensus=0.4, agreement="strongly_divided"),
    )

    assert make_report(result).result.glance.sentences == (
        "De leden beoordelen vertrouwen en engagement het hoogst: 74 op 100 (marge\u00a05).",
        "De leden zien de meeste ruimte voor groei bij regionale doorbraken en slagkracht: 31 op 100 (marge\u00a06).",
        "Over afstemming van samenwerkingsverbanden en schalen lopen de meningen het meest uiteen.",
    )
    assert make_report(result, language="en").result.glance.sentences == (
        "The members rate trust and commitment highest: 74 out of 100 (margin\u00a05).",
        "The members see most room for growth in regional breakthroughs and capacity to act: "
        "31 out of 100 (margin\u00a06).",
        "Opinions differ most on aligning cooperation arrangements and scales.",
    )


def test_glance_says_that_scores_are_close_when_they_differ_by_no_more_than_a_margin():
    total = {"display": 58, "margin": 4}
    close = make_result(VER=measured(63, 6), total=total)
    apart = make_result(VER=measured(64, 6), total=total)

    assert make_report(close).result.glance.sentences == (
        "De scores liggen dicht bij elkaar. Het verschil tussen de hoogste en de laagste valt binnen de marge.",
        "Over geen enkele dimensie zijn de leden verdeeld.",
        "Over de acht dimensies samen is de score 58 op 100 (marge\u00a04).",
    )
    assert make_report(apart).result.glance.sentences[0].startswith("De leden beoordelen vertrouwen")


def test_difference_between_municipalities_is_no_difference_of_opinion():
    result = make_result(VER=measured(80), LOK=measured(consensus=0.2, agreement="strongly_divided"))

    assert (
        make_report(result).result.glance.sentences[2] == "Over geen enkele dimensie zijn de leden verdeeld."
    )


def test_that_nobody_is_divided_is_said_only_when_every_dimension_is_known():
    result = make_result(VER=measured(80), VIS=hidden())

    assert make_report(result).result.glance.sentences[2] == (
        "9 van de 12 uitgenodigde leden antwoordden, uit 7 van de 8 gemeenten."
    )


def test_glance_tells_one_shown_dimension_without_calling_it_high_or_low():
    others = {code: hidden() for code in ("VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER")}

    assert make_report(make_result(**others)).result.glance.sentences == (
        f"De leden beoordelen {VISION} gemiddeld met 57 op 100 (marge\u00a04). Dat ligt tussen afstemmend en sturend.",
        "9 van de 12 uitgenodigde leden antwoordden, uit 7 van de 8 gemeenten.",
        "Dit is geen meting van buitenaf. Het toont hoe de leden die antwoordden hun forum ervaren.",
    )


@pytest.mark.parametrize(
    "result", [large_result(), small_result(), make_result()], ids=["large", "small", "close"]
)
def test_glance_has_three_sentences(result):
    assert len(make_report(result).result.glance.sentences) == 3


# --- Cover and who answered ------------------------------------------------------------------------------------


def test_cover_tells_round_response_coach_and_version():
    report = make_report(make_result(), fingerprint="0123456789ab")

    assert (report.title, report.subtitle) == ("Waar staat ons forum?", "Nulmeting van het Westhoekoverleg")
    assert dataclasses.astuple(report.cover) == (
        "Ronde gesloten op dinsdag 3 maart 2026",
        "7 van 8 gemeenten, 9 leden",
        "Begeleider: Begeleider Noord",
        "Vragenlijst versie 1.0.0, Regiospiegel 0.1.0. Controlecode 0123456789ab.",
    )


def test_cover_names_the_organisation_that_runs_the_product(settings):
    settings.ORGANISATION_NAME = "Streekbureau"

    report = make_report(make_result())

    assert (report.publisher, report.cover.coach) == (
        "Streekbureau",
        "Begeleider: Begeleider Noord, Streekbureau",
    )


def test_cover_of_a_forum_without_coach_names_nobody():
    assert make_report(make_result(), coach="").cover.coach == ""


def test_who_answered_in_counts_without_a_group_that_is_too_small():
    assert make_report(make_result(response={"others": 3})).respondents.sentences == (
        "9 van de 12 uitgenodigde leden antwoordden, uit 7 van de 8 gemeenten.",
        "We splitsen de resultaten niet op per rol, want een van de groepen is te klein.",
        "Antwoorden van partners en medewerkers tonen we pas als er minstens vijf zijn.",
    )


def test_who_answered_with_groups_that_may_be_told():
    response = {"delegations": 8, "responses": 14, "others": 6, "rate": 1.0}
    response["by_group"] = {"mayors": 8, "other_local_members": 6}

    assert make_report(make_result(response=response), invited_members=16).respondents.sentences == (
        "14 van de 16 uitgenodigde leden antwoordden, uit 8 van de 8 gemeenten.",
        "Onder hen zijn 8 burgemeesters en 6 andere lokale leden.",
        "Daarnaast antwoordden 6 partners en medewerkers. Hun antwoorden tellen niet mee voor de score van het "
        "forum en staan apart.",
    )


def test_entered_round_tells_that_it_was_entered():
    report = make_report(
        make_result(response={"members": None, "rate": None}), is_entered=True, invited_members=0
    )

    assert report.cover.response == "Leden: 9, gemeenten: 7"
    assert report.respondents.sentences[:2] == (
        "9 leden antwoordden. Aantal gemeenten: 7.",
        "Deze ronde is ingevoerd uit een vroegere zelfevaluatie, niet met Regiospiegel ingevuld.",
    )
    assert report.respondents.cautions == (
        "Het aantal gemeenten in het forum is niet bekend. Daarom gebruiken we de ruimste marge.",
    )


def test_what_weakens_a_result_is_told_beside_the_counts():
    result = make_result(
        response={"warning": True}, flags={"straightlining": True, "weighting_sensitive": True}
    )

    assert make_report(result, language="en").respondents.cautions == (
        "Please note: fewer than half of the municipalities answered. The members who did not answer may think "
        "differently.",
        "More than one in ten members gave the same answer to all statements. So read differences between "
        "dimensions with care.",
        "If each member counts equally, at least one score shifts by more than 3 points. So the spread over "
        "municipalities matters.",
    )


# --- How to read it --------------------------------------------------------------------------------------------


def test_guide_explains_the_margin_with_the_dimension_in_the_middle():
    margins = {"VIS": 6, "VER": 7, "NET": 8, "LOK": 9, "PAR": 10, "MAT": 11, "DOE": 12, "LER": 13}
    result = make_result(**{code: measured(57, margin) for code, margin in margins.items()})

    assert explained(result, "Marge")[1] == (
        "Een voorbeeld: voor samenspel met de levende krachten is de score 57 op 100, met een marge van 10. De mening "
        "van alle leden samen ligt dan waarschijnlijk tussen 47 en 67. Verschillen twee scores minder dan de marge, "
        "dan zeggen we niet dat de ene hoger is."
    )


def test_guide_says_from_how_many_points_on_a_change_shows_in_this_forum():
    """Rule 10.8: a standard error of 10 / 2.4 with seven delegations lets 13 points show."""
    assert explained(make_result(**all_measured(57, 10)), SMALL) == (
        "De marge rekent met twee soorten toeval: wie antwoordde en wie niet, en wat ieder op die dag koos. Een week "
        "later waren de antwoorden misschien iets anders geweest. Hoe minder gemeenten, hoe zwaarder dat weegt. Bij "
        "acht gemeenten is een marge van tien punten gewoon. Bij dertig gemeenten is ze ongeveer vijf punten.",
        "In deze ronde antwoordden 7 gemeenten. De marge van een dimensie is hier ongeveer 10. Tussen twee "
        "rondes zoals deze spreken we pas van een verandering als een dimensie ongeveer 13 punten verschuift. Een "
        "kleiner verschil kan toeval zijn. Ook een echte verandering van 13 punten zien we maar ongeveer één keer op "
        "de twee. Kijk daarom naar de dimensies samen, naar het totaal en naar de feiten.",
    )


def test_guide_never_promises_to_see_less_than_the_smallest_change_that_counts():
    english = explained(make_result(**all_measured(57, 1)), "What a forum of this size can show", "en")

    assert english[1].startswith(
        "In this round 7 municipalities answered. The margin of a dimension is about 1 here."
    )
    assert "a true change of 5 points" in english[1]


def test_guide_keeps_the_example_on_the_scale():
    assert "tussen 85 en 100." in explained(make_result(**all_measured(95, 10)), "Marge")[1]
    assert "tussen 0 en 15." in explained(make_result(**all_measured(5, 10)), "Marge")[1]


def test_guide_without_any_shown_dimension_gives_no_example():
    guide = make_report(make_result(**{code: hidden() for code in CODES})).result.guide

    assert [each.title for each in guide].count(SMALL) == 0
    assert [len(each.paragraphs) for each in guide if each.title == "Marge"] == [1]


SMALL = "Wat een forum van deze grootte kan tonen"


def all_measured(score, margin):
    return {code: measured(score, margin) for code in CODES}


def explained(result, title, language="nl"):
    """The paragraphs of the guide under a title."""
    guide = make_report(result, language=language).result.guide
    return next(each.paragraphs for each in guide if each.title == title)


# --- Below the threshold ---------------------------------------------------------------------------------------

FEW_OF_BOTH = (
    "Er zijn te weinig antwoorden om een resultaat te tonen. Nodig zijn minstens vijf leden uit minstens drie "
    "gemeenten."
)
OWN_RESULT = "Wie antwoordde, ziet het eigen resultaat achter de persoonlijke link."
NEXT_ROUND = (
    "Na een volgende ronde met antwoorden van genoeg leden en gemeenten kan er wel een resultaat van het forum "
    "zijn."
)


@pytest.mark.parametrize(
    "result, counts, reason",
    [
        (
            unpublished(responses=4, delegations=3),
            ("4 van de 12 uitgenodigde leden antwoordden, uit 3 van de 8 gemeenten.",),
            "Er zijn te weinig antwoorden om een resultaat te tonen. Nodig zijn minstens vijf leden.",
        ),
        (
            unpublished(),
            ("3 van de 12 uitgenodigde leden antwoordden, uit 2 van de 8 gemeenten.",),
            FEW_OF_BOTH,
        ),
        (
            unpublished("too_few_municipalities", responses=6, delegations=2),
            ("6 van de 12 uitgenodigde leden antwoordden, uit 2 van de 8 gemeenten.",),
            "De antwoorden komen uit te weinig gemeenten om een resultaat te tonen. Nodig zijn minstens drie "
            "gemeenten.",
        ),
        (
            unpublished(responses=1, delegations=1),
            ("1 van de 12 uitgenodigde leden antwoordde, uit 1 van de 8 gemeenten.",),
            FEW_OF_BOTH,
        ),
        (
            unpublished(responses=0, delegations=0),
            (),
            "Niemand antwoordde in deze ronde.",
        ),
    ],
    ids=["few members", "few of both", "few municipalities", "one member", "nobody"],
)
def test_below_the_threshold_counts_and_reason_are_all_there_is(result, counts, reason):
    report = make_report(result)

    own = () if result["response"]["responses"] == 0 else (OWN_RESULT,)
    assert report.result is None
    assert dataclasses.astuple(report.respondents) == (counts, (reason,), (*own, NEXT_ROUND))


def test_entered_round_below_the_threshold_promises_nobody_an_own_result():
    assert make_report(unpublished(), is_entered=True).respondents.what_now == (NEXT_ROUND,)


# --- Profile ---------------------------------------------------------------------------------------------------


def test_profile_tells_level_or_the_levels_between_which_a_score_lies():
    measures = make_report(make_result(VIS=measured(50, 5), VER=measured(57, 16))).result.profile.measures

    assert measures[:2] == (
        Measure(
            "Gedeelde visie en strategische agenda",
            50,
            5,
            "afstemmend",
            "overwegend eensgezind",
            f"De leden beoordelen {VISION} gemiddeld met 50 op 100 (marge\u00a05). Dat is niveau afstemmend.",
        ),
        Measure(
            "Vertrouwen en engagement",
            57,
            16,
            "tussen afstemmend en sturend",
            "overwegend eensgezind",
            f"De leden beoordelen {TRUST} gemiddeld met 57 op 100 (marge\u00a016). "
            "Dat ligt tussen afstemmend en sturend.",
        ),
    )


def test_profile_says_in_words_what_is_not_shown():
    profile = make_report(make_result(VIS=hidden(low_visibility=True))).result.profile

    assert profile.measures[0] == Measure(
        "Gedeelde visie en strategische agenda",
        None,
        None,
        "niet getoond",
        "niet getoond",
        "Gedeelde visie en strategische agenda: te weinig antwoorden om een score te tonen.",
    )
    assert profile.description.startswith(
        "Score per dimensie met marge, op een as van 0 tot 100 met de vijf niveaus. "
        "Gedeelde visie en strategische agenda: niet getoond. Vertrouwen en engagement: 57 op 100, marge\u00a04. "
    )
    assert profile.notes[-1] == (
        f'Weinig zicht: bij {VISION} waren minstens drie op de tien antwoorden "weet ik niet". Het forum kan dit nog '
        "niet goed beoordelen. Dat is op zich een vaststelling."
    )


def test_spread_over_municipalities_reads_as_similarity():
    report = make_report(make_result(LOK=measured(consensus=0.5, agreement="divided"))).result

    assert report.profile.measures[3].agreement == "verschillend"
    assert report.agreement[3].sentence == (
        "Bij lokale verankering tonen de antwoorden hoe verschillend de gemeenten werken. Dat is geen "
        "meningsverschil. Gelijkenis tussen gemeenten: verschillend."
    )


def test_roles_are_compared_only_where_both_groups_may_be_told():
    groups = {
        "mayors": {"n_responses": 8, "display": 66},
        "other_local_members": {"n_responses": 6, "display": 48},
    }
    different = measured(groups=groups, group_difference={"display": 18, "verdict": "difference"})
    alike = measured(groups=groups, group_difference={"display": 3, "verdict": "no_clear_difference"})

    told = make_report(make_result(VER=different, NET=alike)).result.profile
    assert told.roles == (
        f"Bij {TRUST} is er een verschil tussen burgemeesters (66) en andere lokale leden (48).",
    )
    assert told.roles_note == "Een verschil tussen rollen is een aanleiding voor een gesprek."
    assert make_report(make_result(NET=alike)).result.profile.roles_note == ""
    assert make_report(make_result(NET=alike)).result.profile.roles == (
        "Tussen burgemeesters en andere lokale leden is er geen duidelijk verschil in hoe ze het forum beoordelen.",
    )
    assert make_report(make_result()).result.profile.roles == ()


def test_partners_stand_apart():
    profile = make_report(make_result(VER=measured(others={"n_responses": 5, "display": 44}))).result.profile

    assert (profile.others_name, profile.others) == (
        "Ondersteuning en partners",
        (GroupScore("Vertrouwen en engagement", 44),),
    )


# --- Agreement and track ---------------------------------------------------------------------------------------


def test_agreement_names_two_camps_and_asks_the_question_of_the_dimension():
    items = {"VIS3": stated(n_responses=12, two_camps=True), "VIS4": {"published": False}}
    divided = measured(consensus=0.5, agreement="divided")

    first = make_report(make_result(VIS=divided, items=items)).result.agreement[0]

    assert (
        first.sentence
        == f"Over {VISION} zijn de leden verdeeld. De antwoorden liggen verspreid over de schaal."
    )
    assert first.two_camps == (
        'Twee groepen: bij "Ons forum maakt duidelijke keuzes in de thema\'s waarop het inzet" gaat een deel van de '
        "leden akkoord en een ander deel niet.",
    )
    assert first.question == (
        "Vraag voor het gesprek: Waar zien we verschillende doelen voor ons forum, en welk verschil mag blijven "
        "bestaan?"
    )


def test_agreement_that_may_not_be_told_is_left_out():
    result = make_result(VIS=measured(consensus=None, agreement=None), VER=hidden())

    report = make_report(result).result

    assert report.profile.measures[0].agreement == "niet getoond"
    assert report.agreement[0].name == "Netwerkmanagement en procesregie"


def test_priority_tells_level_stability_order_talk_and_next_step():
    low = measured(38, 6, consensus=0.5, agreement="divided")
    flags = {"stable": False, "enabling": True, "dialogue_first": True}

    (priority,) = make_report(
        make_result(VER=low, priorities=[chosen("VER", **flags)])
    ).result.track.priorities

    dimension = content().dimension("VER")
    step = dimension.next_step_by_level[2]
    assert priority.now == (
        f"De leden beoordelen {TRUST} gemiddeld met 38 op 100 (marge\u00a06). Dat ligt tussen verkennend en afstemmend."
    )
    assert priority.descriptions == (
        Description("Verkennend", dimension.rubric_by_level[2].nl),
        Description("Afstemmend", dimension.rubric_by_level[3].nl),
    )
    assert priority.notes == (
        "Deze prioriteit kan verschuiven als één gemeente anders antwoordt. Laat het forum kiezen.",
        "Begin met vertrouwen en engagement: zonder vertrouwen en procesregie lukt de rest moeilijk.",
        "Eerst het gesprek: de leden zijn hierover verdeeld.",
    )
    assert priority.question == f"Vraag voor het gesprek: {dimension.dialogue_question.nl}"
    assert priority.actions == tuple(Action(a.what.nl, a.method.nl, a.who.nl) for a in step.actions)
    assert (priority.step, priority.evidence) == (step.title.nl, step.evidence.nl)


def test_priority_on_which_members_agree_needs_no_talk_first():
    result = make_result(VER=measured(quadrant="priority"), priorities=[chosen("VER")])
    (priority,) = make_report(result).result.track.priorities

    assert (len(priority.notes), priority.question) == (1, "")


def test_priority_that_members_find_less_important_says_why_it_is_one():
    result = make_result(VER=measured(quadrant="later"), priorities=[chosen("VER")])
    (priority,) = make_report(result).result.track.priorities

    assert priority.notes[1].startswith("De leden vinden dit minder belangrijk")


def test_report_tells_the_priorities_that_the_forum_chose():
    """On the cover, in the matrix and with a next step each; and which of them the calculation had not proposed."""
    computed = [chosen("VIS"), chosen("VER", stable=False)]
    told = make_report(
        make_result(priorities=computed), decided=("VER", "LER"), overruled="De agenda eerst."
    ).result

    names = ["Vertrouwen en engagement", "Leren en zelfevaluatie"]
    assert list(told.glance.priorities) == names
    assert told.glance.priorities_title == "Waaraan het forum werkt"
    assert [each.name for each in told.importance.dimensions if each.is_priority] == names
    assert told.importance.filled == "prioriteit van dit forum"
    assert [each.name for each in told.track.priorities] == names
    assert told.track.lead == "Hieraan werkt het forum. Zo besliste het na deze ronde."
    assert told.track.overruled == (
        "Het forum koos anders dan de berekening: leren en zelfevaluatie in plaats van gedeelde visie en strategische "
        "agenda. Reden: De agenda eerst."
    )
    # Nobody has to choose any more, and what was not computed has no stability.
    assert not any("Laat het forum kiezen" in note for each in told.track.priorities for note in each.notes)
    assert told.track.priorities[1].notes == (
        "Het forum koos deze dimensie zelf. De berekening stelde ze niet voor.",
    )
    assert told.track.priorities[1].step


def test_forum_may_choose_nothing_and_what_is_not_shown():
    result = make_result(VIS=hidden(), priorities=[chosen("VER")])
    nothing = make_report(result, decided=()).result
    unseen = make_report(result, decided=("VIS",)).result

    assert (nothing.glance.priorities, nothing.track.priorities) == ((), ())
    assert nothing.track.lead == "Het forum koos na deze ronde geen prioriteiten."
    (priority,) = unseen.track.priorities
    assert (priority.step, priority.actions, priority.evidence) == ("", (), "")
    assert "te weinig" in priority.now
    assert not any(rung.marks for rung in priority.ladder)


def test_track_says_how_many_priorities_follow():
    three = make_report(make_result(priorities=[chosen("VIS"), chosen("VER"), chosen("NET")])).result.track
    none = make_report(make_result()).result.track

    assert three.title == "Het ontwikkeltraject: drie prioriteiten"
    assert (none.title, none.lead) == (
        "Het ontwikkeltraject: prioriteiten",
        "Uit deze antwoorden volgen geen prioriteiten. Het forum kiest zelf waaraan het werkt.",
    )


def test_dimension_that_few_can_judge_is_made_visible_first_also_when_it_is_not_shown():
    result = make_result(VIS=hidden(low_visibility=True), VER=measured(low_visibility=True))

    sentence = "Veel leden hebben er nog weinig zicht op."
    assert make_report(result).result.track.make_visible == (
        Unseen("Gedeelde visie en strategische agenda", sentence),
        Unseen("Vertrouwen en engagement", sentence),
    )


# --- Annex -----------------------------------------------------------------------------------------------------


def test_annex_prints_indices_with_two_decimals_as_the_language_writes_them():
    annex = {"rwg": 0.714, "awg": None, "ad": 0.625}
    result = make_result(VER=measured(annex=annex))

    assert make_report(result).result.annex.indices == (
        Indices("Vertrouwen en engagement", "0,71", "–", "0,62"),
    )
    assert make_report(result, language="en").result.annex.indices == (
        Indices("Trust and commitment", "0.71", "–", "0.62"),
    )


def test_annex_has_no_indices_where_somebody_who_answered_has_no_score():
    """They rest on the answers of that one too, and would tell of them."""
    entry = measured(annex={"rwg": 0.714, "awg": 0.6, "ad": 0.625}, n_responses=8)

    assert make_report(make_result(VER=entry)).result.annex.indices == ()


def test_annex_counts_what_is_not_shown():
    annex = make_report(make_result(VIS=hidden(), items={"VIS1": {"published": False}})).result.annex

    # a dimension with its four statements, one of which is not published itself, and the total
    assert annex.notes[-1] == (
        "6 scores van dimensies, stellingen of het totaal tonen we niet, omdat iemand herkend zou kunnen worden."
    )
    assert annex.counts[:2] == (
        Count("Gedeelde visie en strategische agenda", None, None),
        Count("Vertrouwen en engagement", 9, 7),
    )


def test_annex_tells_conventions_versions_and_fingerprint():
    parameters = make_report(
        make_result(), software_version="1.2.3", fingerprint="0123456789ab"
    ).result.annex.parameters

    assert {each.name: each.value for each in parameters} == {
        "Gewicht van een gemeente": "elke gemeente één stem",
        "Nodig voor een score van een lid": "3 van de 4 stellingen",
        "Drempel om een resultaat te tonen": "5 leden uit 3 gemeenten",
        "Grenzen tussen de niveaus": "20, 40, 60, 80",
        "Zekerheid van de marge": "95 %",
        "Betrouwbaarheid bij herhaling (afspraak)": "0,60",
        "Kleinste standaardafwijking, op een schaal tot 100": "3,61",
        'Weinig zicht: aandeel "weet ik niet" vanaf': "30 %",
        "Ruimte voor groei: score lager dan": "60",
        "Versie van de vragenlijst": "1.0.0",
        "Versie van Regiospiegel": "1.2.3",
        "Controlecode": "0123456789ab",
    }


# --- Whatever the result ---------------------------------------------------------------------------------------


def test_numbers_of_a_dimension_that_is_not_published_never_enter_a_report():
    """Even if a result held them: a report asks first whether a dimension may be told."""
    forbidden = measured(
        91, 37, n_responses=93, n_delegations=95, consensus=0.1, agreement="strongly_divided"
    )
    forbidden |= {"groups": None, "others": {"n_responses": 6, "display": 97}, "published": False}
    forbidden["annex"] = {"rwg": 0.9412, "awg": 0.9612, "ad": 0.9812}

    told = words_of(make_report(make_result(VIS=forbidden), fingerprint="-"))

    assert [
        number for number in ("91", "37", "93", "95 ", "97", "0,94", "0,96", "0,98") if number in told
    ] == ["95 "]
    assert told.count("95 ") == told.count("95 %") == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "result", [large_result(), small_result(), unpublished()], ids=["large", "small", "none"]
)
def test_report_never_claims_what_it_may_not(result, language):
    told = words_of(make_report(result, language=language)).lower()

    assert [
        word
        for word in ("significant", "bewezen", "proven", "iedereen vindt", "everybody", "anon")
        if word in told
    ] == []


def test_real_results_have_what_the_layouts_are_tried_on():
    large, small = make_report(large_result()).result, make_report(small_result()).result

    assert [each.score is None for each in large.profile.measures] == [False] * 8
    assert (len(large.annex.indices), len(large.profile.others), len(large.track.priorities)) == (8, 7, 3)
    assert sum(each.score is None for each in small.profile.measures) == 3
    assert small.annex.indices == ()


def test_snapshot_becomes_the_report_of_its_round(forum, coach):
    forum.coaches.add(factories.make_coach("ander@programma.example", name="Aart Begeleider"))
    result = make_result()
    snapshot = Snapshot(
        round=factories.make_round(forum=forum),
        document=json.dumps(result),
        fingerprint="0123456789ab",
        questionnaire_version="1.0.0",
        software_version="0.1.0",
        closed_at=datetime.datetime(2026, 3, 3, 22, 59, tzinfo=datetime.UTC),
        invited_members=12,
        invited_others=0,
    )

    report = build_report(snapshot, language="en")

    assert report.subtitle == "Baseline of the Burgemeestersoverleg Noordrand"
    assert dataclasses.astuple(report.cover) == (
        "Round closed on Tuesday 3 March 2026",
        "7 of 8 municipalities, 9 members",
        "Coach: Aart Begeleider",
        "Questionnaire version 1.0.0, Regiospiegel 0.1.0. Verification code 0123456789ab.",
    )
