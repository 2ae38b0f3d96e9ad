"""What a member does with the own draft."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from assessment.actions import submitting
from assessment.actions.holding import RoundStateError
from assessment.actions.submitting import GivenAnswer, IncompleteError, Saving
from assessment.models import Draft, DraftAnswer, Invitation, Round
from assessment.models.rounds import token_hash
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(open_round) -> Invitation:
    return factories.invitations_of(open_round)[0]


@pytest.fixture
def partner() -> Invitation:
    forum = factories.make_forum(name="Partneroverleg", municipalities=0, organisations=1)
    return factories.invitations_of(factories.make_open_round(forum=forum))[0]


def stored(invitation: Invitation) -> dict[str, int | str | None]:
    rows = DraftAnswer.objects.filter(draft__invitation=invitation)
    return {f"{a.kind}:{a.item}": a.text or (None if a.dont_know else a.value) for a in rows}


def save(invitation: Invitation, value: int, saving: Saving | None = None) -> None:
    given = [GivenAnswer("statement", "VIS1", value=value)]
    submitting.save_answers(invitation=invitation, answers=given, saving=saving)


def test_roles_follow_the_seat(invitation, partner):
    assert submitting.roles_for(invitation) == ["mayor", "alderman", "official", "councillor"]
    assert submitting.roles_for(partner) == ["support", "partner"]


def test_a_role_that_does_not_fit_the_seat_is_refused(invitation):
    with pytest.raises(ValueError, match="does not fit this seat"):
        submitting.choose_role(invitation=invitation, role="partner")
    assert Draft.objects.count() == 0


def test_saving_writes_only_what_is_given(invitation):
    submitting.choose_role(invitation=invitation, role="mayor")
    submitting.save_answers(invitation=invitation, answers=[GivenAnswer("statement", "VIS1", value=4)])
    submitting.save_answers(
        invitation=invitation,
        answers=[
            GivenAnswer("statement", "VIS2", dont_know=True),
            GivenAnswer("statement", "VIS1", value=2),
            GivenAnswer("open", "O1", text="De vaste agenda."),
        ],
    )
    assert stored(invitation) == {
        "statement:VIS1": 2,
        "statement:VIS2": None,
        "open:O1": "De vaste agenda.",
    }


def test_saving_that_its_page_gave_up_writes_nothing_when_it_comes_after_all(invitation):
    factories.fill_in(invitation)
    save(invitation, 5, Saving("page", 4, given_up=3))

    save(invitation, 1, Saving("page", 2))
    save(invitation, 1, Saving("page", 3))
    assert stored(invitation)["statement:VIS1"] == 5
    save(invitation, 2, Saving("page", 5))
    assert stored(invitation)["statement:VIS1"] == 2


def test_what_one_page_gave_up_stops_no_other_page_and_none_without_a_script(invitation):
    factories.fill_in(invitation)
    save(invitation, 5, Saving("page", 4, given_up=3))

    save(invitation, 1, Saving("other", 1))
    assert stored(invitation)["statement:VIS1"] == 1
    save(invitation, 2)
    assert stored(invitation)["statement:VIS1"] == 2


def test_pages_that_gave_up_most_lately_are_remembered(invitation):
    factories.fill_in(invitation)
    for number in range(submitting.PAGES_KEPT + 5):
        save(invitation, 3, Saving(f"page{number}", 2, given_up=1))
        save(invitation, 4, Saving("page0", 3 + number, given_up=2 + number))

    known = Draft.objects.get().given_up
    assert (len(known), known[-1]) == (submitting.PAGES_KEPT, ["page0", 2 + number])


def test_an_emptied_text_is_taken_back(invitation):
    submitting.choose_role(invitation=invitation, role="mayor")
    submitting.save_answers(invitation=invitation, answers=[GivenAnswer("open", "O1", text="Toch niet.")])
    submitting.save_answers(invitation=invitation, answers=[GivenAnswer("open", "O1")])
    assert stored(invitation) == {}


@pytest.mark.parametrize(
    "answer",
    [
        GivenAnswer("statement", "XYZ1", value=3),
        GivenAnswer("change", "VIS", value=3),  # the baseline asks no change
        GivenAnswer("open", "O4", text="x"),  # the baseline asks no O4
    ],
)
def test_a_question_that_is_not_asked_is_refused_and_nothing_is_stored(invitation, answer):
    submitting.choose_role(invitation=invitation, role="mayor")
    with pytest.raises(ValueError, match="is not asked"):
        submitting.save_answers(
            invitation=invitation, answers=[GivenAnswer("statement", "VIS1", value=4), answer]
        )
    assert stored(invitation) == {}


def test_partners_are_not_asked_about_their_own_municipality(partner):
    submitting.choose_role(invitation=partner, role="partner")
    with pytest.raises(ValueError, match="LOK1 is not asked"):
        submitting.save_answers(invitation=partner, answers=[GivenAnswer("statement", "LOK1", value=3)])


def test_another_role_erases_what_is_no_longer_asked(partner, monkeypatch):
    monkeypatch.setattr(submitting, "roles_for", lambda invitation: ["mayor", "partner"])
    factories.fill_in(partner, role="mayor", value=4)
    submitting.choose_role(invitation=partner, role="partner")
    assert {key for key in stored(partner) if "LOK" in key} == set()
    assert stored(partner)["statement:VIS1"] == 4


def test_another_role_of_the_same_seat_keeps_all_answers(invitation):
    factories.fill_in(invitation, role="mayor")
    before = stored(invitation)
    submitting.choose_role(invitation=invitation, role="official")
    assert stored(invitation) == before
    assert Draft.objects.get().role == "official"


def test_submitting_gives_a_receipt_of_which_only_the_hash_is_kept(invitation):
    factories.fill_in(invitation)
    receipt = submitting.submit(invitation=invitation)
    draft = Draft.objects.get()
    assert len(receipt) == 22
    assert draft.receipt_hash == token_hash(receipt)
    assert draft.submitted_at <= timezone.now()


def test_submitting_twice_keeps_the_receipt_and_the_day(invitation):
    factories.fill_in(invitation)
    receipt = submitting.submit(invitation=invitation)
    day = Draft.objects.get().submitted_at
    assert submitting.submit(invitation=invitation) is None
    assert Draft.objects.get().receipt_hash == token_hash(receipt)
    assert Draft.objects.get().submitted_at == day


def test_gaps_are_named_and_nothing_is_submitted(invitation):
    draft = factories.fill_in(invitation)
    draft.answers.filter(item__in=["NET3", "LER"]).delete()
    with pytest.raises(IncompleteError) as caught:
        submitting.submit(invitation=invitation)
    assert [(q.kind, q.item) for q in caught.value.missing] == [
        ("statement", "NET3"),
        ("importance", "LER"),
    ]
    assert Draft.objects.get().submitted_at is None


def test_whoever_said_not_to_take_part_takes_part_by_submitting(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(is_declined=True)
    factories.fill_in(invitation)
    submitting.submit(invitation=invitation)
    invitation.refresh_from_db()
    assert not invitation.is_declined


def test_a_new_receipt_ends_the_old_one(invitation):
    factories.fill_in(invitation)
    old = submitting.submit(invitation=invitation)
    new = submitting.new_receipt(invitation=invitation)
    assert new != old
    assert Draft.objects.get().receipt_hash == token_hash(new)


def test_withdrawing_erases_everything_and_leaves_no_trace_on_the_invitation(invitation):
    before = Invitation.objects.filter(pk=invitation.pk).values().get()
    factories.fill_in(invitation)
    submitting.submit(invitation=invitation)
    submitting.withdraw(invitation=invitation)
    assert Draft.objects.count() == DraftAnswer.objects.count() == 0
    assert Invitation.objects.filter(pk=invitation.pk).values().get() == before


WRITES = {
    "choose_role": lambda i: submitting.choose_role(invitation=i, role="official"),
    "save_answers": lambda i: submitting.save_answers(
        invitation=i, answers=[GivenAnswer("statement", "VIS1", value=1)]
    ),
    "submit": lambda i: submitting.submit(invitation=i),
    "new_receipt": lambda i: submitting.new_receipt(invitation=i),
    "withdraw": lambda i: submitting.withdraw(invitation=i),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_nothing_is_written_after_the_closing_minute_even_when_the_worker_is_late(invitation, write):
    factories.fill_in(invitation)
    factories.submit(invitation)
    before = stored(invitation)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Round.objects.update(opens_on=yesterday, closes_on=yesterday)
    with pytest.raises(RoundStateError):
        write(invitation)
    assert stored(invitation) == before
    assert Draft.objects.get().role == "mayor"


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_an_ended_link_writes_nothing(invitation, write):
    factories.fill_in(invitation)
    factories.submit(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(generation=2)
    with pytest.raises(RoundStateError):
        write(invitation)
    assert Draft.objects.get().role == "mayor"


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_saves_on_one_draft_keep_all_twenty():
    invitation = factories.invitations_of(factories.make_open_round())[0]
    submitting.choose_role(invitation=invitation, role="mayor")
    codes = [s.code for d in invitation.round.content.dimensions for s in d.statements][:20]
    faults: list[Exception] = []

    def save(code: str) -> None:
        try:
            submitting.save_answers(invitation=invitation, answers=[GivenAnswer("statement", code, value=5)])
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[code]) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert stored(invitation) == {f"statement:{code}": 5 for code in codes}
