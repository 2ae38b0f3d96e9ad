"""The level according to the group stands beside the calculated one, in the report and in its PDF."""

import pytest

from assessment.actions.recording import Placement
from reports.pdf.forum import forum_pdf
from tests.reports.cast import hidden, make_report, make_result, measured, unpublished
from tests.reports.tagged import TaggedPdf

NET = "netwerkmanagement en procesregie"


def told(entry: dict, level: int | None, evidence: str = ""):
    [told] = make_report(make_result(NET=entry), placements={"NET": Placement(level, evidence)}).group_levels
    return told


@pytest.mark.parametrize(
    ("entry", "level", "sentence"),
    [
        (measured(50, 4), 3, f"Voor {NET} kiest de groep hetzelfde niveau als de berekening: afstemmend."),
        (
            measured(57, 4),
            4,
            f"Voor {NET} kiest de groep sturend. Dat past bij de berekening: tussen afstemmend en sturend.",
        ),
        (
            measured(57, 4),
            2,
            f"Voor {NET} kiest de groep verkennend. De berekening geeft tussen afstemmend en sturend.",
        ),
        (measured(50, 4), None, f"Voor {NET} kwam de groep niet tot één niveau."),
        (hidden(), 3, f"Voor {NET} kiest de groep afstemmend. De berekening tonen we niet."),
    ],
)
def test_sentence_puts_both_levels_beside_each_other(entry, level, sentence):
    assert told(entry, level).sentence == sentence


def test_levels_and_evidence_are_told_in_words():
    level = told(measured(57, 4), None, "Er is geen netwerkteam.")

    assert (level.calculated, level.level, level.evidence) == (
        "tussen afstemmend en sturend",
        "geen overeenstemming",
        "Er is geen netwerkteam.",
    )


def test_levels_follow_the_order_of_the_questionnaire():
    placements = {"LER": Placement(2), "VIS": Placement(3)}

    report = make_report(make_result(), placements=placements)

    assert [each.name for each in report.group_levels] == [
        "Gedeelde visie en strategische agenda",
        "Leren en zelfevaluatie",
    ]


def test_group_places_itself_also_where_no_result_is_told():
    report = make_report(unpublished(), placements={"NET": Placement(3)})

    assert report.result is None
    assert [(each.calculated, each.level) for each in report.group_levels] == [("niet getoond", "afstemmend")]


def test_numbers_of_the_report_do_not_change_by_what_the_group_says():
    assert (
        make_report(make_result(), placements={"NET": Placement(5)}).result
        == make_report(make_result()).result
    )


@pytest.mark.parametrize("result", [make_result(), unpublished()], ids=["result", "nothing"])
def test_file_has_a_chapter_of_group_levels_only_when_there_are_any(result):
    with_levels = make_report(result, placements={"NET": Placement(2, "Er is geen netwerkteam.")})

    told, untold = (TaggedPdf(forum_pdf(each)) for each in (with_levels, make_report(result)))

    assert "Niveau volgens de groep" in told.texts("H2")
    assert "Er is geen netwerkteam." in told.texts("TD")
    assert "Niveau volgens de groep" not in untold.texts("H2")
