"""Computing a frozen result again: equal bytes, or every place that differs, or the reason why it cannot be."""

import json

import pytest
from django.conf import settings as installation
from django.db import connection

from assessment.actions.closing import close_round
from assessment.models import Answer, Response, Round, Snapshot
from assessment.recomputing import Deviation, deviations
from questionnaires.models import QuestionnaireVersion
from questionnaires.models import _content as content_of_version
from tests import factories
from tests.assessment.working import recompute_by_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


@pytest.fixture
def closed_round(coach) -> Round:
    """Eight municipalities with a mayor and an alderman, one organisation; a tenth municipality sends nobody."""
    forum = factories.make_forum(name="Gemengd", members_per_seat=2, organisations=1, coaches=[coach])
    factories.make_seat(forum=forum, municipality=factories.make_municipality("Leegbeke"))
    return factories.make_closed_round(forum=forum, kind="interim", value=factories.varied_values())


def change_snapshot(round: Round, **changes: object) -> None:
    """Store another result as the frozen one."""
    document = json.dumps(json.loads(Snapshot.objects.get().document) | changes, sort_keys=True)
    Snapshot.objects.filter(round=round).update(document=document)


# --- Equal ---------------------------------------------------------------------------------------------------


def test_untouched_round_is_equal_to_the_last_byte(closed_round, capsys):
    assert recompute_by_command(closed_round, capsys) == (
        0,
        [f"round {closed_round.pk}: equal to the last byte, fingerprint {closed_round.snapshot.fingerprint}"],
        "",
    )


def test_n_is_that_of_closing_whatever_became_of_the_forum(closed_round, capsys):
    factories.make_seat(forum=closed_round.forum, municipality=factories.make_municipality("Nieuwbeke"))

    assert recompute_by_command(closed_round, capsys)[0] == 0


@pytest.mark.parametrize("answered", [0, 4])
def test_round_below_the_threshold_is_equal_too(open_round, capsys, answered):
    for invitation in factories.invitations_of(open_round)[:answered]:
        factories.fill_in(invitation)
        factories.submit(invitation)
    close_round(round=open_round)

    assert recompute_by_command(open_round, capsys)[0] == 0


def test_forum_of_organisations_has_no_n_and_is_equal_too(capsys):
    forum = factories.make_forum(name="Partners", municipalities=0, organisations=2)

    assert recompute_by_command(factories.make_closed_round(forum=forum), capsys)[0] == 0


def test_recomputing_writes_nothing(closed_round, capsys):
    def rows() -> list:
        return [list(each.objects.order_by("pk").values()) for each in (Snapshot, Response, Answer, Round)]

    before = rows()

    recompute_by_command(closed_round, capsys)

    assert rows() == before


# --- Different -----------------------------------------------------------------------------------------------


def test_every_difference_is_told_with_both_values(open_round, capsys):
    """Eight mayors answer 4, so everything is 75; then one of them is made to say 5 on VIS1."""
    for invitation in factories.invitations_of(open_round):
        factories.fill_in(invitation)
        factories.submit(invitation)
    frozen = close_round(round=open_round).fingerprint
    answer = Answer.objects.filter(item="VIS1").first()
    Answer.objects.filter(pk=answer.pk).update(value=5)

    status, lines, told = recompute_by_command(open_round, capsys)

    # One of eight at 81.25: 75 + 6.25 / 8 for the dimension, 25 / 8 for the statement, 0.78125 / 8 for the total.
    assert status == 1
    assert "dimensions.VIS.score: frozen 75.0, computed 75.78125" in lines
    assert "items.VIS1.score: frozen 75.0, computed 78.125" in lines
    assert "total.score: frozen 75.0, computed 75.09765625" in lines
    assert {line.split(":")[0].split(".")[1] for line in lines if line.startswith(("dim", "items"))} == {
        "VIS",
        "VIS1",
    }
    assert told.startswith(f"round {open_round.pk}: {len(lines)} different, fingerprint frozen {frozen}, ")


def test_erased_response_shows_in_the_counts(closed_round, capsys):
    closed_round.responses.filter(group="support_and_partners").first().delete()

    status, lines, _ = recompute_by_command(closed_round, capsys)

    assert (status, lines) == (1, ["response.others: frozen 1, computed 0"])


def test_frozen_result_that_was_changed_is_found(closed_round, capsys):
    priorities = closed_round.snapshot.result["priorities"]
    change_snapshot(closed_round, priorities=[], version="1.0.1", added={"b": 1, "a": 2})

    status, lines, told = recompute_by_command(closed_round, capsys)

    assert (status, len(priorities)) == (1, 3)
    assert lines[0] == 'added: frozen {"a": 2, "b": 1}, computed nothing'
    assert lines[1:-1] == [
        f"priorities[{place}]: frozen nothing, computed {json.dumps(each, sort_keys=True)}"
        for place, each in enumerate(priorities)
    ]
    assert lines[-1] == 'version: frozen "1.0.1", computed "1.0.0"'
    assert f"{len(priorities) + 2} different" in told


def test_same_values_in_other_bytes_are_not_equal(closed_round, capsys):
    document = closed_round.snapshot.document
    Snapshot.objects.update(document=f" {document}")

    status, lines, _ = recompute_by_command(closed_round, capsys)

    assert (status, lines) == (1, [f"document: frozen  {document}, computed {document}"])


def test_fingerprint_that_is_not_of_the_frozen_result_is_found(closed_round, capsys):
    computed = closed_round.snapshot.fingerprint
    Snapshot.objects.update(fingerprint="0123456789ab")

    status, lines, _ = recompute_by_command(closed_round, capsys)

    assert (status, lines) == (1, [f"fingerprint: frozen 0123456789ab, computed {computed}"])


@pytest.mark.parametrize(
    "frozen, computed, expected",
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 1.0}, [("a", "1", "1.0")]),
        ({"a": True}, {"a": 1}, [("a", "true", "1")]),
        ({"a": None}, {}, [("a", "null", "nothing")]),
        ({"a": None}, {"a": {"b": "één"}}, [("a", "null", '{"b": "één"}')]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3, 4]}}, [("a.b[1]", "2", "3"), ("a.b[2]", "nothing", "4")]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, [("a[0].b", "1", "2")]),
        ({"b": 1, "a": 1}, {"b": 2, "a": 2}, [("a", "1", "2"), ("b", "1", "2")]),
        ({"a": 0.1}, {"a": 0.1 + 2e-17}, [("a", "0.1", "0.10000000000000002")]),
    ],
)
def test_deviations_are_the_leaves_that_differ(frozen, computed, expected):
    assert list(deviations(frozen, computed)) == [Deviation(*each) for each in expected]


# --- Versions ------------------------------------------------------------------------------------------------


def test_other_versions_are_told_and_make_no_difference_by_themselves(closed_round, capsys):
    Snapshot.objects.update(software_version="0.0.1", questionnaire_version="1.0.0-rc1")

    status, lines, _ = recompute_by_command(closed_round, capsys)

    assert status == 0
    assert lines[:-1] == [
        f"software: frozen with 0.0.1, computed with {installation.SOFTWARE_VERSION}",
        "questionnaire: frozen with 1.0.0-rc1, computed with 1.0.0",
    ]


def test_parameters_are_those_of_the_rounds_own_version(open_round, capsys):
    document = json.loads(open_round.version.document)
    document["privacy"]["k_forum"] = 9
    questionnaire, canonical = open_round.version.questionnaire, json.dumps(document)
    strict = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, version="1.1.0", state="published", document=canonical
    )
    Round.objects.filter(pk=open_round.pk).update(version=strict)
    for invitation in factories.invitations_of(open_round):
        factories.fill_in(invitation)
        factories.submit(invitation)

    assert close_round(round=Round.objects.get()).result["reason"] == "too_few_responses"
    assert recompute_by_command(open_round, capsys)[0] == 0


# --- Not possible --------------------------------------------------------------------------------------------


def test_erased_responses_are_told(closed_round, capsys):
    closed_round.responses.all().delete()

    assert recompute_by_command(closed_round, capsys) == (
        2,
        [],
        f"round {closed_round.pk} cannot be computed again: "
        "its responses were erased, the frozen result is all there is",
    )


def test_erased_labels_are_told(closed_round, capsys):
    closed_round.responses.update(delegation="")

    assert recompute_by_command(closed_round, capsys) == (
        2,
        [],
        f"round {closed_round.pk} cannot be computed again: "
        "its delegation labels were erased, so nobody can tell any more who shares a vote",
    )


def test_answers_that_break_the_rules_are_told(closed_round, capsys):
    Answer.objects.filter(item="VIS1").update(item="XYZ1")

    status, lines, told = recompute_by_command(closed_round, capsys)

    assert (status, lines) == (2, [])
    assert "cannot be scored: 17 rows " in told


def test_questionnaire_that_was_altered_is_told(closed_round, capsys):
    content_of_version.cache_clear()
    with connection.cursor() as cursor:  # past the model, which refuses
        cursor.execute("UPDATE questionnaires_questionnaireversion SET document = '{}'")

    assert recompute_by_command(closed_round, capsys) == (
        2,
        [],
        f"round {closed_round.pk} cannot be computed again: its questionnaire was altered after it was published",
    )


def test_unknown_round_is_named(capsys):
    assert recompute_by_command(404, capsys) == (2, [], "there is no round 404")


def test_open_round_has_nothing_to_compare(open_round, capsys):
    told = f"round {open_round.pk} is open: there is a result only after closing"

    assert recompute_by_command(open_round, capsys) == (2, [], told)
