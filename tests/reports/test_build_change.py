"""What a report says of change: the conclusion of each comparison, the year, and how the members see it."""

import datetime
from dataclasses import replace

from assessment.actions.choosing import Chosen
from reports.change import Changed, Moment, Score
from tests.reports.cast import before, hidden, make_report, make_result, measured, unpublished

VISION = "gedeelde visie en strategische agenda"
NAME = "Gedeelde visie en strategische agenda"


def seen(score: int):
    """Experienced change, as a result holds it."""
    return {"score": float(score), "display": score, "n_responses": 9}


def told(result, *earlier, language="nl"):
    report = make_report(result, language=language, kind="final", earlier=before(*earlier))
    return report.result


def test_first_round_has_no_change():
    result = told(make_result())

    assert (result.change, result.experience) == (None, ())


def test_change_has_both_scores_their_difference_and_the_conclusion():
    result = told(make_result(VIS=measured(80, 2)), make_result(VIS=measured(41, 2)))

    (comparison,) = result.change.comparisons
    assert comparison.title == "Sinds de nulmeting"
    assert comparison.changes[0] == Changed(
        name=NAME,
        before=Score(41, 2),
        after=Score(80, 2),
        difference=39,
        margin=3,
        told="+39 (marge\u00a03)",
        verdict="vooruitgang",
        sentence=f"Duidelijke vooruitgang bij {VISION}: van 41 naar 80 (+39 punten, marge\u00a03).",
        target="",
        target_from=None,
    )
    assert comparison.changes[1].sentence.startswith("Weinig veranderd bij vertrouwen en engagement:")


def test_what_was_not_shown_is_not_compared():
    result = told(make_result(VIS=measured(80, 2)), make_result(VIS=hidden()))

    assert result.change.comparisons[0].changes[0] == Changed(
        name=NAME,
        before=None,
        after=Score(80, 2),
        difference=None,
        margin=None,
        told="",
        verdict="niet te vergelijken",
        sentence="Bij gedeelde visie en strategische agenda zijn deze rondes niet te vergelijken. In een van beide "
        "rondes antwoordden te weinig leden.",
        target="",
        target_from=None,
    )


def test_third_round_is_compared_with_the_first_and_then_with_the_second():
    result = told(
        make_result(VIS=measured(80, 2)), make_result(VIS=measured(41, 2)), make_result(VIS=measured(60, 2))
    )

    assert [(each.title, each.changes[0].difference) for each in result.change.comparisons] == [
        ("Sinds de nulmeting", 39),
        ("Sinds de tussenmeting", 20),
    ]


def test_glance_begins_with_clear_change_in_both_directions():
    result = told(
        make_result(VIS=measured(80, 2), VER=measured(20, 2)),
        make_result(VIS=measured(41, 2), VER=measured(60, 2)),
    )

    assert result.glance.sentences[:2] == (
        "Sinds de nulmeting is er duidelijke vooruitgang bij één van de acht dimensies: visie.",
        "Sinds de nulmeting is er duidelijke achteruitgang bij één van de acht dimensies: vertrouwen.",
    )


def test_glance_names_three_dimensions_that_changed_and_no_more():
    def first(*codes):
        after = make_result(**dict.fromkeys(codes, measured(80, 2)))
        return told(after, make_result(**dict.fromkeys(codes, measured(41, 2)))).glance.sentences[0]

    assert first("VIS", "VER", "NET").endswith(
        "drie van de acht dimensies: visie, vertrouwen en procesregie."
    )
    assert first("VIS", "VER", "NET", "LER").endswith("vier van de acht dimensies.")


def test_glance_says_that_nothing_changed_clearly_only_when_the_rounds_can_be_compared():
    assert told(make_result(), make_result()).glance.sentences[0] == (
        "Sinds de nulmeting zien we bij geen enkele dimensie een duidelijke verandering."
    )
    assert not told(make_result(), unpublished()).glance.sentences[0].startswith("Sinds")


def test_lone_indication_and_thin_response_are_put_into_perspective():
    thin = {"delegations": 4, "rate": 0.5}
    result = told(make_result(VIS=measured(62, 5)), make_result(VIS=measured(50, 8), response=thin))

    comparison = result.change.comparisons[0]
    assert comparison.changes[0].verdict == "aanwijzing van vooruitgang"
    assert [note.split()[0] for note in comparison.notes] == ["Eén", "In"]


def test_year_has_a_moment_for_each_round_and_joins_what_may_be_compared():
    total = {"score": 57.0, "se": 2.0, "n_delegations": 7, "display": 57, "margin": 4}
    result = told(make_result(total=total), make_result(total=total), make_result())

    year = result.change.year
    assert (year.start, year.end, year.is_joined) == ("januari 2026", "januari 2027", (False, False))
    assert year.moments[0] == Moment("Nulmeting", "2 januari 2026", 1 / 365, 57, 4)
    assert year.moments[1].score is None
    assert "Tussenmeting van 1 februari 2026: niet getoond." in year.description


def test_total_is_told_with_its_conclusion():
    totals = [
        {"score": float(score), "se": 1.0, "n_delegations": 7, "display": score, "margin": 2}
        for score in (40, 60)
    ]
    result = told(make_result(total=totals[1]), make_result(total=totals[0]))

    assert result.change.comparisons[0].total == (
        "Over de acht dimensies samen: van 40 naar 60.",
        "Dat is een duidelijke vooruitgang (+20 punten, marge\u00a03).",
    )


def test_rounds_that_cannot_be_compared_say_why():
    larger = make_result(response={"members": 14, "delegations": 9})
    result = told(larger, make_result())

    since = result.change.comparisons[0]
    assert since.reason == (
        "Deze rondes zijn niet te vergelijken. Het aantal gemeenten in het forum is te veel veranderd."
    )
    assert {(each.before, each.after, each.told) for each in since.changes} == {(None, None, "")}
    assert (since.findings, since.total, since.notes) == ((), (), ())


def test_change_knows_what_the_forum_aims_at():
    target = Chosen(4, "", datetime.date(2026, 2, 2))
    report = make_report(make_result(), kind="final", earlier=before(make_result()), targets={"VIS": target})

    since = report.result.change.comparisons[0]
    assert (since.changes[0].target, since.changes[0].target_from) == ("sturend", 60)
    assert "Streefniveau: sturend." in since.description


def test_experienced_change_stands_beside_the_measured_one():
    result = told(
        make_result(
            VIS=measured(80, 2, experienced_change=seen(50)),
            VER=measured(57, 2, experienced_change=seen(40)),
            NET=measured(57, 2, experienced_change=seen(-40)),
            LOK=measured(57, 2, experienced_change=seen(10)),
        ),
        make_result(VIS=measured(41, 2)),
    )

    rows = [(each.experienced, each.answer, each.verdict, each.sentence) for each in result.experience[:5]]
    assert rows == [
        (
            50,
            "eerder vooruitgegaan",
            "vooruitgang",
            f"Bij {VISION} wijzen de ervaren en de gemeten verandering in dezelfde richting.",
        ),
        (
            40,
            "eerder vooruitgegaan",
            "weinig veranderd",
            "De leden ervaren vooruitgang bij vertrouwen en engagement, maar de scores tonen die niet duidelijk. "
            "Dat kan betekenen dat ze strenger zijn gaan kijken.",
        ),
        (
            -40,
            "eerder achteruitgegaan",
            "weinig veranderd",
            "De leden ervaren achteruitgang bij netwerkmanagement en procesregie, maar de scores tonen die niet "
            "duidelijk. Dat kan betekenen dat ze milder zijn gaan kijken.",
        ),
        (10, "ongeveer gelijk gebleven", "weinig veranderd", ""),
        (None, "niet getoond", "weinig veranderd", ""),
    ]


def test_experience_is_no_sign_where_the_start_of_the_track_was_not_measured():
    result = make_result(VER=measured(57, 2, experienced_change=seen(40)))
    (first,) = before(make_result())

    told = make_report(result, kind="final", earlier=[replace(first, kind="interim")]).result.experience

    assert [each.sentence for each in told if each.sentence] == []


def test_guide_explains_change_from_the_second_round_on():
    titles = {
        name: [each.title for each in told(make_result(), *rounds).guide]
        for name, rounds in (("first", ()), ("second", (make_result(),)))
    }

    assert ("Verandering" in titles["first"], "Verandering" in titles["second"]) == (False, True)


def test_change_speaks_english():
    result = told(make_result(VIS=measured(41, 2)), make_result(VIS=measured(80, 2)), language="en")

    assert result.change.comparisons[0].changes[0].sentence == (
        "Clear decline in shared vision and strategic agenda: from 80 to 41 (−39 points, margin\u00a03)."
    )
