"""The frame that scoring receives, the response that a coach sees, and who has not submitted."""

import pytest

from assessment.actions import inviting, submitting
from assessment.actions.closing import close_round
from assessment.models import Response, Round
from assessment.models.rounds import token_hash
from assessment.queries import (
    ResponseCount,
    answers_frame,
    can_be_published,
    not_submitted,
    own_result,
    response_of,
    responses_of,
)
from assessment.scoring.result import Parameters, check_answers
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed_forum(coach):
    """Eight municipalities with a mayor and an alderman each, and one organisation."""
    return factories.make_forum(members_per_seat=2, organisations=1, coaches=[coach])


def submit(invitations, **answers: object) -> None:
    for invitation in invitations:
        factories.fill_in(invitation, role=factories.role_for(invitation.member), **answers)
        factories.submit(invitation)


def test_frame_has_the_columns_and_types_that_scoring_expects(mixed_forum):
    round = factories.make_answered_round(forum=mixed_forum)
    close_round(round=round)

    frame = answers_frame(round)

    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "response": "str",
        "group": "str",
        "delegation": "str",
        "dimension": "str",
        "item": "str",
        "kind": "str",
        "value": "float64",
        "dont_know": "bool",
    }
    check_answers(frame, Parameters.from_content(round.content))


def test_frame_has_a_row_for_every_question_asked(mixed_forum):
    round = factories.make_answered_round(forum=mixed_forum)
    close_round(round=round)

    frame = answers_frame(round)

    # 8 mayors and 8 aldermen on 8 dimensions, 1 supporter on 7; 4 statements and the importance of each.
    assert len(frame) == 16 * 8 * 5 + 7 * 5
    of_others = frame[frame["group"] == "support_and_partners"]
    assert of_others["delegation"].isna().all()
    assert set(of_others["dimension"]) == {"VIS", "VER", "NET", "PAR", "MAT", "DOE", "LER"}
    counting = frame[frame["group"] != "support_and_partners"]
    assert counting.groupby("delegation")["response"].nunique().tolist() == [2] * 8
    assert set(frame.loc[frame["kind"] == "statement", "dimension"]) == set(frame["dimension"])


def test_frame_tells_skipped_from_dont_know(mixed_forum):
    round = factories.make_open_round(forum=mixed_forum)
    [first, *_] = factories.invitations_of(round)
    submit([first], value=lambda item: None if item == "VIS1" else 2)
    first.draft.answers.filter(item="VIS2").delete()
    close_round(round=round)

    rows = answers_frame(round).set_index("item")

    assert (rows.loc["VIS1", "dont_know"], rows.loc["VIS2", "dont_know"]) == (True, False)
    assert rows.loc[["VIS1", "VIS2"], "value"].isna().all()
    assert (rows.loc["VIS3", "value"], rows.loc["VIS3", "dont_know"]) == (2.0, False)


def test_frame_takes_one_query_and_is_whole_when_nobody_answered(open_round, django_assert_num_queries):
    close_round(round=open_round)
    _ = open_round.content

    with django_assert_num_queries(1):
        frame = answers_frame(open_round)

    assert frame.empty
    check_answers(frame, Parameters.from_content(open_round.content))


def test_response_while_open_counts_submissions_by_seat(mixed_forum):
    factories.make_seat(forum=mixed_forum, municipality=factories.make_municipality("Leegbeke"))
    round = factories.make_open_round(forum=mixed_forum)
    invitations = factories.invitations_of(round)
    submit([*invitations[:5], invitations[-1]])
    factories.fill_in(invitations[6])  # begun, not submitted

    assert response_of(round) == ResponseCount(
        members=5,
        members_total=16,
        municipalities=3,
        municipalities_total=9,
        others=1,
        others_total=1,
        is_publishable=True,
        is_low=True,
    )


def test_two_seats_of_one_merged_municipality_count_once(mixed_forum):
    round = factories.make_open_round(forum=mixed_forum)
    first, second = mixed_forum.seats.filter(municipality__isnull=False).order_by("pk")[:2]
    second.municipality = first.municipality
    second.save()
    submit(factories.invitations_of(round)[:4])

    response = response_of(round)

    assert (response.municipalities, response.municipalities_total) == (1, 7)


def test_response_after_closing_comes_from_the_frozen_result(mixed_forum):
    round = factories.make_open_round(forum=mixed_forum)
    submit(factories.invitations_of(round)[:12])
    before = response_of(round)
    close_round(round=round)
    mixed_forum.seats.filter(members=None).delete()

    round.refresh_from_db()
    assert response_of(round) == before
    assert before.members == 12


def test_response_of_a_round_without_invitations_is_nothing_yet(mixed_forum):
    response = response_of(factories.make_round(forum=mixed_forum))

    assert (response.members, response.members_total, response.municipalities_total) == (0, 0, 8)
    assert not response.is_publishable


@pytest.mark.parametrize("count", [2, 4])
def test_responses_take_three_queries_for_any_number_of_rounds(count, coach, django_assert_num_queries):
    rounds = [
        factories.make_open_round(forum=factories.make_forum(name=f"Overleg {nth}", coaches=[coach]))
        for nth in range(count)
    ]
    close_round(round=rounds[0])
    rounds = list(Round.objects.select_related("version").order_by("pk"))
    _ = rounds[0].content

    with django_assert_num_queries(3):
        counted = responses_of(rounds)

    assert [counted[round.pk].members_total for round in rounds] == [8] * count


@pytest.mark.parametrize("members, municipalities, can", [(5, 3, True), (4, 4, False), (9, 2, False)])
def test_threshold_is_five_members_and_three_municipalities(members, municipalities, can):
    assert can_be_published(members=members, municipalities=municipalities) is can


def test_not_submitted_lists_by_name_who_has_not_or_declined_and_hides_who_began(open_round):
    invitations = factories.invitations_of(open_round)
    submit(invitations[:5])
    factories.fill_in(invitations[5])
    inviting.decline(invitation=invitations[6])
    submitting.withdraw(invitation=invitations[0])

    listed = list(not_submitted(open_round))

    places = ["Aldervoorde", "Hazewinkel", "Krekelberg", "Lindervaart"]
    assert [each.member.name for each in listed] == [f"burgemeester van {place}" for place in places]
    assert [each.is_declined for each in listed] == [False, False, True, False]
    assert not any("draft" in each._state.fields_cache for each in listed)


def test_not_submitted_disappears_when_the_round_closes(open_round):
    assert not_submitted(open_round).count() == 8
    close_round(round=open_round)
    assert not_submitted(open_round).count() == 0


def test_not_submitted_takes_one_query(open_round, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {str(each.member.seat.municipality) for each in not_submitted(open_round)}


def test_own_result_is_that_of_the_receipt(mixed_forum):
    round = factories.make_open_round(forum=mixed_forum)
    invitations = factories.invitations_of(round)
    submit(invitations[1:], value=2)
    factories.fill_in(invitations[0], value=5)
    receipt = submitting.submit(invitation=invitations[0])
    close_round(round=round)

    own = own_result(Response.objects.get(receipt_hash=token_hash(receipt)))

    assert own["dimensions"]["VIS"]["display"] == 100
    assert own["dimensions"]["VIS"]["position"] == "higher"
