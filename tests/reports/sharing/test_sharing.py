"""What sharing does: what is kept, who gets a mail, and what members read from then on."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.signals import pre_save
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment import mail
from assessment.actions import sharing
from assessment.actions.holding import RoundStateError
from assessment.actions.quoting import QuotingError, change_quote, choose_quote, drop_quote
from assessment.actions.shared_document import READERS, read, written
from assessment.actions.sharing import SharingError
from assessment.models import Action, Forum, OpenAnswer, Quote, Round, SharedReport, Snapshot, Target, Theme
from assessment.models.rounds import token_hash
from assessment.tasks import send_shared_report
from reports.build import build_report, build_shared_report
from reports.chapters import CHAPTERS, NEVER_LEFT_OUT, OPTIONAL, chapters_of
from tests import factories
from tests.assessment.mail_servers import Broken
from tests.assessment.test_closing_together import together
from tests.assessment.working import work_off
from tests.reports.cast import close, unpublished
from tests.reports.sharing.cast import DAY, asked, share, update


def shown(shared: SharedReport, language: str = "nl"):
    """What a member reads now."""
    shared.refresh_from_db()
    snapshot = Snapshot.objects.select_related("round__forum", "round__track").get(round=shared.round_id)
    return build_shared_report(snapshot, read(shared.document), language=language)


# --- What members read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_shared_report_is_the_report_with_a_foreword(closed_round, language):
    shared = shown(share(closed_round), language)

    whole = build_report(closed_round.snapshot, language=language)
    assert shared.foreword.paragraphs == ("Lees eerst de samenvatting.", "We bespreken het in mei.")
    assert shared.foreword.signature.startswith("Begeleider Noord, ")
    assert set(chapters_of(shared)) == {*chapters_of(whole), "foreword"}
    assert (shared.result, shared.targets, shared.agreed) == (whole.result, whole.targets, whole.agreed)
    assert (shared.cover, shared.group_levels, shared.subtitle) == (
        whole.cover,
        whole.group_levels,
        whole.subtitle,
    )


def enter_another_round(round: Round) -> None:
    """One of before this one, that somebody enters afterwards."""
    other = Round.objects.create(
        forum=round.forum,
        track=round.track,
        version=round.version,
        kind="final",
        opens_on=DAY,
        closes_on=DAY,
    )
    close(other)
    moment = datetime.datetime(2026, 2, 2, tzinfo=datetime.UTC)
    Snapshot.objects.filter(round=other).update(closed_at=moment)


CHANGES = {
    "target": lambda round: Target.objects.update(level=2),
    "action": lambda round: Action.objects.update(status="done"),
    "new action": lambda round: Action.objects.create(
        track=round.track, dimension="NET", block="network", what="Een netwerkteam"
    ),
    "level of the group": lambda round: round.group_levels.update(level=2),
    "theme": lambda round: Theme.objects.update(title="Ander thema"),
    "new quote": lambda round: Quote.objects.create(round=round, text="Nog een stem."),
    "priorities": lambda round: round.priorities.create(
        place=1, proposed="VER", chosen="LER", reason="De agenda eerst.", decided_on=DAY
    ),
    "coach": lambda round: round.forum.coaches.set([]),
    "name of the forum": lambda round: Forum.objects.update(name="Noordoverleg"),
    "days of the track": lambda round: type(round.track).objects.update(ends_on=datetime.date(2029, 1, 1)),
    "earlier round": enter_another_round,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_shared_stays_until_the_coach_updates_it(closed_round, change):
    shared = share(closed_round)
    before = shown(shared)

    CHANGES[change](closed_round)
    after = shown(shared)
    update(Round.objects.get(pk=closed_round.pk))

    assert after == before
    assert shown(shared) != before


def test_a_quote_that_is_taken_back_or_shortened_is_so_at_once(closed_round):
    """Words of a member, who may regret them."""
    shared = share(closed_round)
    first, loose = Quote.objects.order_by("pk")

    change_quote(quote=first, words="We bellen elkaar", theme=first.theme)
    drop_quote(quote=loose)

    assert [(each.title, each.quotes) for each in shown(shared).result.voices] == [
        ("Vertrouwen groeit", ("We bellen elkaar",))
    ]


def long_quote(round: Round) -> Quote:
    """The end of a sentence that names somebody."""
    answer = OpenAnswer.objects.create(
        round=round,
        question="O1",
        text="Jan regelt alles, en dat bevalt niet iedereen.",
        has_quote_consent=True,
    )
    return choose_quote(answer=answer, words="(…) dat bevalt niet iedereen.")


def quotes_in(shared: SharedReport) -> list[str]:
    return [words for voice in shown(shared).result.voices for words in voice.quotes]


def test_a_quote_is_made_longer_in_no_report_that_is_shared(closed_round):
    quote = long_quote(closed_round)
    shared = share(closed_round)

    with pytest.raises(QuotingError, match="alleen inkorten") as refused:
        change_quote(quote=quote, words=quote.answer.text, theme=None)
    change_quote(quote=quote, words="(…) dat bevalt", theme=Theme.objects.get())
    change_quote(quote=quote, words="dat bevalt", theme=None)

    assert refused.value.field == "words"
    assert "dat bevalt" in quotes_in(shared)


def test_a_quote_that_another_coach_shortened_meanwhile_does_not_grow_back(closed_round):
    seen = long_quote(closed_round)
    share(closed_round)
    change_quote(quote=Quote.objects.get(pk=seen.pk), words="niet iedereen.", theme=None)

    with pytest.raises(QuotingError):
        change_quote(quote=seen, words="(…) dat bevalt niet iedereen.", theme=None)

    assert Quote.objects.get(pk=seen.pk).text == "niet iedereen."


def test_more_of_an_answer_is_quoted_as_another_quote_that_waits_for_an_update(closed_round):
    quote = long_quote(closed_round)
    shared, answer = share(closed_round), quote.answer
    drop_quote(quote=quote)
    choose_quote(answer=answer, words=answer.text)
    before = quotes_in(shared)

    update(closed_round)

    assert (answer.text in before, answer.text in quotes_in(shared)) == (False, True)


def test_a_quote_can_be_made_longer_once_the_report_is_taken_back(closed_round):
    quote = long_quote(closed_round)
    share(closed_round)
    sharing.end_sharing(round=closed_round)

    assert change_quote(quote=quote, words=quote.answer.text, theme=None).text == quote.answer.text


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_chapter_that_is_left_out_is_named_and_the_others_stay(closed_round, name):
    whole = shown(share(closed_round))
    sharing.end_sharing(round=closed_round)

    report = shown(share(closed_round, left_out=(name,)))

    gone = {name, "experience"} if name == "change" else {name}
    assert [*chapters_of(report)] == [each for each in chapters_of(whole) if each not in gone]
    titles = chapters_of(whole)
    assert report.omitted == (titles[name],)


def test_summary_and_what_is_needed_to_read_it_are_never_left_out(closed_round):
    report = shown(share(closed_round, left_out=OPTIONAL))

    assert {*chapters_of(report)} == NEVER_LEFT_OUT
    assert {*NEVER_LEFT_OUT, *OPTIONAL, "experience"} == {*CHAPTERS}


def test_nothing_of_what_was_left_out_is_in_the_report(closed_round):
    report = shown(share(closed_round, left_out=OPTIONAL))

    told = repr(report)
    beside = (
        "Vertrouwen draagt",
        "Afspraken overlopen",
        "Secretariaat",
        "De visietekst",
        "Vertrouwen groeit",
    )
    assert [words for words in (*beside, "We bellen", "Vergader minder") if words in told] == []
    assert (report.result.agreement, report.result.change, report.result.statements.groups) == ((), None, ())
    assert (report.result.importance.dimensions, report.result.track.priorities) == ((), ())
    assert {each.target for each in report.result.profile.measures} == {""}


def test_a_decline_stays_in_the_summary_when_the_chapter_on_change_is_left_out(closed_round):
    whole, report = shown(share(closed_round)), None
    sharing.end_sharing(round=closed_round)

    report = shown(share(closed_round, left_out=("change",)))

    assert report.result.glance == whole.result.glance
    assert "nulmeting" in " ".join(report.result.glance.sentences)


def test_a_foreword_of_spaces_is_none(closed_round):
    assert shown(share(closed_round, foreword=" \n\n ")).foreword is None


# --- The copy that is kept -----------------------------------------------------------------------------------------

FIRST_FORM = """{"form": 1, "foreword": "Lees dit.", "signed_by": "Begeleider Noord", "chapters": ["glance", "annex"],
"left_out": ["voices"], "beside": {"forum": "Noordrand", "article": "het", "coach": "Begeleider Noord",
"track_starts_on": "2026-01-01", "track_ends_on": "2026-12-31",
"placements": {"VIS": {"level": 4, "evidence": "De visietekst."}, "VER": {"level": null, "evidence": ""}},
"targets": {"VER": {"level": 4, "reason": "", "chosen_on": "2026-02-02"}},
"agreed": [{"dimension": "VER", "what": "Overlopen", "owner": "", "due_on": null, "status": "todo", "evidence": ""},
{"dimension": "VIS", "what": "Schrijven", "owner": "A", "due_on": "2026-06-01", "status": "done", "evidence": "B"}],
"chosen": ["NET"], "overruled": "", "themes": [{"title": "T", "summary": "S", "quotes": [3, 4]}], "earlier": [7]}}"""


def test_a_copy_of_the_first_form_is_read_for_good():
    """Copies of ten years ago are in the databases of installations: this text is never changed, readers are added."""
    document = read(FIRST_FORM)

    assert (document.foreword, document.chapters, document.left_out) == (
        "Lees dit.",
        ("glance", "annex"),
        ("voices",),
    )
    assert document.beside.targets["VER"] == (4, "", datetime.date(2026, 2, 2))
    assert document.beside.placements == {"VIS": (4, "De visietekst."), "VER": (None, "")}
    assert [each.due_on for each in document.beside.agreed] == [None, datetime.date(2026, 6, 1)]
    assert (document.beside.themes[0].quotes, document.beside.earlier) == ((3, 4), (7,))
    assert (document.beside.chosen, document.beside.overruled) == (("NET",), "")
    assert read(written(document)) == document
    assert {1} <= set(READERS)


def test_what_is_written_is_read_back_whole(closed_round):
    shared = share(closed_round)

    document = sharing.document_of(shared, chapters=CHAPTERS, by="Begeleider Noord")

    assert read(written(document)) == document
    assert document.beside.themes
    assert document.beside.earlier
    assert document.beside.agreed


def test_the_copy_holds_no_words_of_members(closed_round):
    shared = share(closed_round)

    assert [words for words in ("We bellen elkaar", "Vergader minder") if words in shared.document] == []


# --- Sharing, and taking back --------------------------------------------------------------------------------------


def test_members_see_nothing_of_what_is_prepared(closed_round):
    prepared = sharing.prepare_sharing(round=closed_round, foreword="x", left_out=[], known=OPTIONAL)

    assert (prepared.token_hash, prepared.document, prepared.is_shared) == (None, "", False)
    assert not SharedReport.objects.current().exists()


def test_the_database_keeps_the_hash_of_the_link_alone(closed_round):
    shared = share(closed_round)

    assert shared.token_hash == token_hash(shared.token)
    assert len(shared.token) == 22
    row = SharedReport.objects.filter(pk=shared.pk).values().get()
    assert shared.token not in str(row)


def test_an_update_keeps_the_link_and_shows_what_was_prepared_since(closed_round):
    shared = share(closed_round)
    before = shared.token_hash
    sharing.prepare_sharing(round=closed_round, foreword="Nieuw woord.", left_out=["voices"], known=OPTIONAL)
    unchanged = shown(shared)

    update(closed_round)

    assert unchanged.foreword.paragraphs[0] == "Lees eerst de samenvatting."
    assert shown(shared).foreword.paragraphs == ("Nieuw woord.",)
    assert "voices" not in chapters_of(shown(shared))
    assert (SharedReport.objects.count(), shared.token_hash) == (1, before)


def test_taking_back_erases_the_copy_and_sharing_again_is_another_link(closed_round):
    first = share(closed_round)

    sharing.end_sharing(round=closed_round)
    second = share(closed_round)

    first.refresh_from_db()
    assert (first.document, first.ended_at is None, first.is_shared) == ("", False, False)
    assert first.token_hash != second.token_hash
    assert SharedReport.objects.current().get() == second


def test_sharing_twice_sends_one_round_of_mails(closed_round, mailoutbox):
    share(closed_round)

    with pytest.raises(SharingError):
        sharing.share_report(**asked(SharedReport.objects.get()))

    assert len(mailoutbox) == 8


def test_what_changed_after_the_coach_looked_is_not_shared(closed_round):
    prepared = sharing.prepare_sharing(round=closed_round, foreword="x", left_out=[], known=OPTIONAL)
    looked_at = asked(prepared)
    Action.objects.update(status="stopped")

    with pytest.raises(SharingError):
        sharing.share_report(**looked_at)

    assert not SharedReport.objects.current().exists()


@pytest.mark.parametrize("words", ["Jan regelt alles (…) dat bevalt niet iedereen.", "dat bevalt"])
def test_a_quote_that_changed_after_the_coach_looked_is_not_shared(closed_round, words):
    quote = long_quote(closed_round)
    looked_at = asked(sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL))
    change_quote(quote=quote, words=words, theme=None)

    with pytest.raises(SharingError):
        sharing.share_report(**looked_at)

    assert not SharedReport.objects.current().exists()


def test_an_update_of_what_is_not_shared_is_refused(closed_round):
    prepared = sharing.prepare_sharing(round=closed_round, foreword="x", left_out=[], known=OPTIONAL)

    with pytest.raises(SharingError):
        sharing.update_shared_report(**asked(prepared))


def test_without_a_group_result_nothing_is_shared(forum):
    round = close(factories.make_open_round(forum=forum), unpublished())

    with pytest.raises(SharingError, match="Er is geen groepsresultaat"):
        sharing.prepare_sharing(round=round, foreword="", left_out=[], known=OPTIONAL)


def test_an_archived_forum_shares_nothing_and_can_still_take_back(closed_round):
    share(closed_round)
    Forum.objects.update(is_archived=True)

    with pytest.raises(SharingError, match="gearchiveerd"):
        update(closed_round)
    assert SharedReport.objects.current().exists()
    sharing.end_sharing(round=closed_round)

    assert not SharedReport.objects.current().exists()


def test_an_open_round_shares_nothing(open_round):
    with pytest.raises(RoundStateError):
        sharing.prepare_sharing(round=open_round, foreword="", left_out=[], known=OPTIONAL)
    with pytest.raises(RoundStateError):
        sharing.end_sharing(round=open_round)


@pytest.mark.parametrize("name", ["glance", "annex", "experience", "unknown"])
def test_what_may_not_be_left_out_is_refused(closed_round, name):
    with pytest.raises(ValueError, match=name):
        sharing.prepare_sharing(round=closed_round, foreword="", left_out=[name], known=OPTIONAL)


def test_database_knows_one_sharing_a_round_and_no_copy_without_a_link(closed_round):
    share(closed_round)

    with pytest.raises(IntegrityError), transaction.atomic():
        SharedReport.objects.create(round=closed_round)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedReport.objects.update(document="")
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedReport.objects.update(token_hash=None)


def test_audit_trail_tells_that_and_when_it_was_shared_and_nothing_of_what(closed_round):
    share(closed_round)
    sharing.end_sharing(round=closed_round)

    entries = LogEntry.objects.filter(content_type__model="sharedreport").order_by("pk")
    assert [[*entry.changes] for entry in entries[1:]] == [["shared_at", "updated_at"], ["ended_at"]]
    assert entries[0].additional_data == {"forum": closed_round.forum_id}
    assert "samenvatting" not in str([entry.changes for entry in entries])


# --- Mails ---------------------------------------------------------------------------------------------------------


def test_every_member_who_was_asked_gets_the_same_link_in_their_own_language(closed_round, mailoutbox):
    closed_round.forum.members.filter(pk=closed_round.forum.members.order_by("pk")[0].pk).update(
        language="en"
    )

    shared = share(closed_round)

    link = f"http://localhost:8000/rapport/{shared.token}/"
    assert len(mailoutbox) == 8
    assert [link in mail.body for mail in mailoutbox] == [True] * 8
    assert sorted(mail.subject for mail in mailoutbox)[0] == (
        "Burgemeestersoverleg Noordrand: het rapport van de tussenmeting staat klaar"
    )
    [english] = [mail for mail in mailoutbox if "is ready" in mail.subject]
    assert english.body.startswith("Dear burgemeester van Aldervoorde,")
    shared.refresh_from_db()
    assert (shared.mails_sent, shared.mails_failed) == (8, 0)


def test_a_memo_for_the_college_is_offered_to_members_of_a_municipality_alone(closed_round, mailoutbox):
    invited = factories.invitations_of(closed_round)[0]
    seat = factories.make_seat(forum=closed_round.forum, organisation="Streekintercommunale")
    type(invited.member).objects.filter(pk=invited.member_id).update(seat=seat)

    share(closed_round)

    offered = {mail.to[0]: "een nota van één bladzijde" in mail.body for mail in mailoutbox}
    [organisation] = [mail.body for mail in mailoutbox if mail.to == [invited.member.email]]
    assert sorted(offered.values()) == [False] + [True] * 7
    assert not offered[invited.member.email]
    assert "waarmee het rapport begint.\n\nHet rapport toont alleen" in organisation


def test_no_mail_to_who_declined_left_or_was_not_asked(closed_round, mailoutbox):
    declined, left, *_ = factories.invitations_of(closed_round)
    type(declined).objects.filter(pk=declined.pk).update(is_declined=True)
    type(left.member).objects.filter(pk=left.member_id).update(active_until=DAY)
    factories.make_member(seat=left.member.seat, function="schepen")

    share(closed_round)

    assert len(mailoutbox) == 6
    told = {mail.to[0] for mail in mailoutbox}
    assert told.isdisjoint({declined.member.email, left.member.email})


@pytest.mark.parametrize("is_mailed", [False, True])
def test_an_update_is_mailed_only_when_asked(closed_round, mailoutbox, is_mailed):
    shared = share(closed_round)
    mailoutbox.clear()

    update(closed_round, is_mailed=is_mailed)

    shared.refresh_from_db()
    assert (len(mailoutbox), shared.mails_sent) == (8 * is_mailed, 8)


def test_mails_that_do_not_arrive_are_counted_and_nobody_with_them(closed_round, settings, monkeypatch):
    import smtplib

    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")}))

    shared = share(closed_round)

    shared.refresh_from_db()
    assert (shared.mails_sent, shared.mails_failed) == (0, 8)


def close_today(round: Round) -> None:
    """So that the worker does not erase its invitations before it sends what waits."""
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now())


def prepare_again(round: Round) -> None:
    sharing.prepare_sharing(round=round, foreword="Nieuw woord.", left_out=[], known=OPTIONAL)


@pytest.mark.parametrize("change", [prepare_again, update])
def test_mails_that_leave_while_a_coach_saves_are_counted(closed_round, change):
    shared = share(closed_round)

    def count_five(**kwargs: object) -> None:
        SharedReport.objects.update(mails_sent=F("mails_sent") + 5)

    pre_save.connect(count_five, sender=SharedReport)
    try:
        change(closed_round)
    finally:
        pre_save.disconnect(count_five, sender=SharedReport)

    shared.refresh_from_db()
    assert shared.mails_sent == 8 + 5


@pytest.mark.django_db(transaction=True)
def test_mails_due_at_night_leave_in_the_morning_and_the_queue_holds_numbers_alone(
    closed_round, queue, monkeypatch, settings
):
    settings.DEMO = False  # which never sleeps
    night = timezone.make_aware(datetime.datetime(2026, 5, 4, 23, 30))
    monkeypatch.setattr(timezone, "now", lambda: night)

    shared = share(closed_round)

    rows = DBTaskResult.objects.all()
    assert {timezone.localtime(row.run_after).strftime("%d %H:%M") for row in rows} == {"05 08:00"}
    pks = {*closed_round.invitations.values_list("pk", flat=True)}
    assert {tuple(row.args_kwargs["args"]) for row in rows} == {(shared.pk, pk, 1) for pk in pks}


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_waits_does_not_leave_once_another_one_follows(closed_round, queue, mailoutbox):
    """As at night, when a coach shares and brings up to date before any mail left."""
    close_today(closed_round)
    shared = share(closed_round)

    update(closed_round, is_mailed=True)
    work_off()

    told = [mail.to[0] for mail in mailoutbox]
    shared.refresh_from_db()
    assert (len(told), len({*told}), shared.mails_sent, shared.mailing) == (8, 8, 8, 2)


def test_a_mail_of_before_is_not_counted_with_the_next_one(closed_round, monkeypatch):
    """One that was on its way when the coach had members told anew."""
    shared = share(closed_round)

    def told_anew(*args: object) -> None:
        SharedReport.objects.update(mailing=2, mails_sent=0)

    monkeypatch.setattr(mail, "send", told_anew)
    sent = send_shared_report.call(shared.pk, factories.invitations_of(closed_round)[0].pk, 1)

    shared.refresh_from_db()
    assert (sent, shared.mails_sent) == ("sent", 0)


@pytest.mark.django_db(transaction=True)
def test_mails_that_wait_do_not_leave_once_the_report_was_taken_back(closed_round, queue, mailoutbox):
    close_today(closed_round)
    share(closed_round)

    sharing.end_sharing(round=closed_round)
    work_off()

    assert mailoutbox == []


def test_no_mail_carries_a_link_that_another_secret_key_makes(closed_round, settings, mailoutbox):
    share(closed_round)
    mailoutbox.clear()
    settings.SECRET_KEY = "another key"

    with pytest.raises(SharingError, match="niet meer tonen"):
        update(closed_round, is_mailed=True)

    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_two_coaches_who_share_at_once_share_once(closed_round, queue):
    looked_at = asked(sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL))

    def press() -> SharedReport:
        return sharing.share_report(**looked_at | {"round": Round.objects.get(pk=closed_round.pk)})

    outcomes = together(press, press)

    assert sorted(type(each).__name__ for each in outcomes) == ["SharedReport", "SharingError"]
    assert DBTaskResult.objects.count() == 8
