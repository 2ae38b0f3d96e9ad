"""Where the conversation begins, and the screens of the presentation."""

import pytest
from django.utils import translation

from assessment.actions.recording import Placement
from reports.build.slides import slides
from reports.report import Voice
from tests.reports.cast import (
    chosen,
    large_result,
    make_preparation,
    make_report,
    make_result,
    measured,
    stated,
    unpublished,
)


def divided(consensus: float, **fields):
    return measured(consensus=consensus, agreement="divided", **fields)


def two_camps(*codes: str) -> dict:
    return {code: stated(n_responses=12, two_camps=True) for code in codes}


def codes(preparation) -> list[str]:
    return [talk.code for talk in preparation.talks]


def test_talks_begin_with_priorities_to_talk_about_first():
    result = make_result(priorities=[chosen("VIS"), chosen("NET", dialogue_first=True), chosen("DOE")])

    assert codes(make_preparation(result)) == ["NET", "VIS", "DOE"]


def test_talks_are_filled_up_to_three_where_opinions_differ_most():
    result = make_result(VER=divided(0.55), MAT=divided(0.5), PAR=divided(0.58), priorities=[chosen("MAT")])

    assert codes(make_preparation(result)) == ["MAT", "VER", "PAR"]


def test_talk_says_why_and_asks_the_question_of_the_questionnaire():
    result = make_result(
        VER=measured(35, 4, quadrant="priority"),
        priorities=[chosen("VER", dialogue_first=True, enabling=True, stable=False)],
    )

    [talk] = make_preparation(result).talks

    assert talk.reasons == (
        "Eerst het gesprek: de leden zijn hierover verdeeld.",
        "Begin met vertrouwen en engagement: zonder vertrouwen en procesregie lukt de rest moeilijk.",
        "Prioritair: belangrijk en nog ruimte voor groei.",
        "Deze prioriteit kan verschuiven als één gemeente anders antwoordt. Laat het forum kiezen.",
    )
    assert talk.question.endswith("?")
    assert [each.level for each in talk.descriptions] == [
        "Vrijblijvend",
        "Verkennend",
        "Afstemmend",
        "Sturend",
        "Strategisch",
    ]


def test_noise_of_floating_point_leaves_preparation_and_summary_with_the_same_dimension():
    result = make_result(VIS=divided(0.5), VER=divided(0.5 - 1e-14))
    told = make_preparation(result)

    assert told.differences[0].name.startswith("Gedeelde visie")
    assert any("gedeelde visie" in each for each in told.report.result.glance.sentences)


def test_differences_begin_with_the_least_agreement_and_count_two_camps():
    result = make_result(
        MAT=divided(0.5), VER=divided(0.47), DOE=measured(consensus=0.7), items=two_camps("DOE2")
    )

    assert [each.name for each in make_preparation(result).differences] == [
        "Vertrouwen en engagement",
        "Afstemming van samenwerkingsverbanden en schalen",
        "Regionale doorbraken en slagkracht",
    ]


def test_difference_between_municipalities_is_no_difference_of_opinion():
    prepared = make_preparation(make_result(LOK=divided(0.4), items=two_camps("LOK1")))

    assert (prepared.differences, prepared.camps, codes(prepared)) == ((), (), [])
    assert [each.name for each in prepared.municipalities] == ["Verankering in het lokale bestuur"]
    assert all("Verankering" not in name for each in prepared.shared for name in each.names)


def test_dimensions_stand_together_by_how_far_the_members_agree():
    result = make_result(VIS=measured(agreement="agreed", consensus=0.9), MAT=divided(0.5))

    assert [(each.label, len(each.names)) for each in make_preparation(result).shared] == [
        ("eensgezind", 1),
        ("overwegend eensgezind", 5),
        ("verdeeld", 1),
    ]


def test_below_the_threshold_there_is_nothing_to_prepare_with():
    prepared = make_preparation(unpublished())

    assert (
        prepared.report.result,
        prepared.talks,
        prepared.shared,
        prepared.differences,
        prepared.camps,
    ) == (
        None,
        (),
        (),
        (),
        (),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_preparation_holds_the_very_report(language):
    prepared = make_preparation(large_result(), language=language)

    assert prepared.report == make_report(large_result(), language=language)


# --- Screens ---------------------------------------------------------------------------------------------------


def screens(preparation, voices=()):
    with translation.override("nl"):
        return slides(preparation, voices)


def test_screens_follow_recognise_explain_choose():
    result = make_result(
        MAT=divided(0.5),
        PAR=measured(low_visibility=True),
        priorities=[chosen("MAT", dialogue_first=True)],
        items=two_camps("MAT1"),
    )
    voices = (Voice("Openheid", "", ()), Voice("", "", ("Te vol.",)))

    assert [slide.kind for slide in screens(make_preparation(result), voices)] == [
        "cover", "glance", "profile", "shared", "camps", "unseen", "voice", "voice", "talk", "levels",
        "group_levels", "first",
    ]  # fmt: skip


def test_statements_of_two_camps_are_spread_over_screens():
    result = make_result(items=two_camps("MAT1", "MAT2", "MAT3", "VIS1"))

    told = [slide.told for slide in screens(make_preparation(result)) if slide.kind == "camps"]

    assert [len(each) for each in told] == [3, 1]


def test_screens_show_the_values_of_the_report_themselves():
    prepared = make_preparation(large_result())

    told = {slide.kind: slide.told for slide in screens(prepared)}

    assert told["profile"] is prepared.report.result.profile
    assert told["glance"] is prepared.report.result.glance.sentences
    assert told["first"] is prepared.report.result.track.priorities


def test_recording_a_level_moves_no_screen():
    before = screens(make_preparation(large_result()))
    after = screens(make_preparation(large_result(), placements={"NET": Placement(3)}))

    assert [(each.kind, each.title) for each in before] == [(each.kind, each.title) for each in after]


def test_below_the_threshold_screens_tell_why_there_is_no_result():
    prepared = make_preparation(unpublished(), placements={"NET": Placement(3)})

    assert [slide.kind for slide in screens(prepared)] == ["cover", "cautions", "group_levels"]
