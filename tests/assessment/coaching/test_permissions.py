"""Every address of desk, sessions and tracks with every kind of user: who gets in, and that looking changes nothing."""

import datetime
import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from assessment.actions.calendars import make_calendar_link
from assessment.coaching.second_step import SET_UP_HERE
from assessment.coaching.urls import account_urls, desk_urls, own_account_urls, second_step_urls
from assessment.filling.preview_urls import urlpatterns as preview_urls
from assessment.filling.urls import urlpatterns as filling_urls
from assessment.models import Action, Batch, Forum, OpenAnswer, Quote, Round, SharedReport, Theme, Track, User
from reports.urls import result_urls, session_urls, shared_urls, sharing_urls, track_urls
from reports.urls import urlpatterns as report_urls
from tests import factories
from tests.emptying import empty_tables
from tests.reports.cast import close

SIGN_IN = "/aanmelden/?next="


class Address(NamedTuple):
    """Which round the address is about, what its methods answer to who may come, and who may."""

    state: str = "open"
    get: int = 200
    post: int = 405
    is_for_manager: bool = True
    is_for_coach: bool = True
    room: str = "coaching"
    extra: tuple[str, ...] = ()


# What a POST without fields answers: 200 is the form again with its errors, 302 is done.
ADDRESSES = {
    "forums": Address(),
    "forum": Address(),
    "members": Address(),
    "members_csv": Address(),
    "members_xlsx": Address(),
    "members_import": Address(post=200),
    "members_example": Address(),
    "forum_add": Address(post=200, is_for_coach=False),
    "forum_change": Address(post=200, is_for_coach=False),
    "forum_archive": Address(post=302, is_for_coach=False),
    "forum_restore": Address(get=405, post=302, is_for_coach=False),
    "seats": Address(),
    "seat_add": Address(post=200),
    "seats_of_region": Address(post=200),
    "seat_remove": Address(post=302, extra=("seat",)),
    "seat_combine": Address(post=302, extra=("seat",)),
    "member_add": Address(post=200),
    "member": Address(post=200, extra=("member",)),
    "member_replace": Address(post=200, extra=("member",)),
    "member_end": Address(post=302, extra=("member",)),
    "round_plan": Address(post=200),
    "earlier_round": Address(post=200),
    "earlier_round_example": Address(),
    "round": Address(),
    "round_preview": Address(),
    "round_change": Address("planned", post=200),
    "round_open": Address("planned", post=302),
    "round_cancel": Address("planned", post=302),
    "round_postpone": Address(post=200),
    "round_close": Address(post=200),
    "round_remind": Address(post=302),
    "round_mails": Address(),
    "round_example": Address(get=405, post=302),
    "round_lost_link": Address(),
    "invite": Address(get=405, post=302, extra=("member",)),
    "invitation_resend": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
    "invitation_decline": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
    "invitation_undo": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
    "sessions": Address(),
    "session": Address(extra=("session",)),
    "session_plan": Address(post=200, is_for_manager=False),
    "session_change": Address(post=200, is_for_manager=False, extra=("session",)),
    "session_remove": Address(post=302, is_for_manager=False, extra=("session",)),
    "session_write": Address(get=405, post=302, is_for_manager=False, extra=("session",)),
    "commitment": Address(post=200, is_for_manager=False, extra=("session", "commitment")),
    "commitment_remove": Address(post=302, is_for_manager=False, extra=("session", "commitment")),
    "calendar": Address(post=302, is_for_manager=False),
    "calendar_replace": Address(post=302, is_for_manager=False),
    "versions": Address(is_for_coach=False),
    "version_upload": Address(post=200, is_for_coach=False),
    "version": Address(is_for_coach=False, extra=("version",)),
    "version_publish": Address(post=302, is_for_coach=False, extra=("version",)),
    "version_retire": Address(post=302, is_for_coach=False, extra=("version",)),
    "version_restore": Address(post=302, is_for_coach=False, extra=("version",)),
    "version_delete": Address(post=302, is_for_coach=False, extra=("version",)),
    "version_download": Address(is_for_coach=False, extra=("version",)),
    "preview:begin": Address(extra=("version",)),
    "preview:phone": Address(extra=("version",)),
    "preview:end": Address(extra=("version", "kind")),
    "preview:role": Address(post=200, extra=("version", "kind")),
    "preview:step": Address(post=200, extra=("version", "kind", "role", "step")),
    "benchmark": Address(is_for_coach=False),
    "benchmark_freeze": Address(get=405, post=302, is_for_coach=False),
    "trail": Address(is_for_coach=False),
    "users": Address(is_for_coach=False),
    "user_invite": Address(post=200, is_for_coach=False),
    "user": Address(post=200, is_for_coach=False, extra=("user",)),
    "user_invite_again": Address(get=405, post=302, is_for_coach=False, extra=("user",)),
    "user_end": Address(post=302, is_for_coach=False, extra=("user",)),
    "user_restore": Address(get=405, post=302, is_for_coach=False, extra=("user",)),
    # 302: whoever asks confirms first who they are.
    "user_reset": Address(get=302, post=302, is_for_coach=False, extra=("user",)),
}
DESK_ADDRESSES = set(ADDRESSES)
session = partial(Address, "closed", room="reports")
recorded = partial(session, is_for_manager=False)
SESSION_ADDRESSES = {
    "preparation": session(),
    "presentation": session(),
    "group_levels": recorded(post=302),
    "theme_add": recorded(post=200),
    "theme": recorded(post=200, extra=("theme",)),
    "theme_up": recorded(get=405, post=302, extra=("theme",)),
    "theme_delete": recorded(post=302, extra=("theme",)),
    "quote_add": recorded(post=200, extra=("answer",)),
    "quote": recorded(post=200, extra=("quote",)),
    "quote_delete": recorded(post=302, extra=("quote",)),
}
# What a POST to a file answers is the file; a GET leads to the page with the buttons.
FILES = ("forum_pdf", "figures_xlsx", "figures_csv", "figures_json", "memo_pdf", "memo_docx")
RESULT_ADDRESSES = {
    "result": session(),
    "memo": session(),
    **dict.fromkeys(FILES, session(get=302, post=200)),
}
# A report is prepared there, and not shared: there is nothing to take back, and it was not looked at.
SHARING_ADDRESSES = {
    "share": recorded(post=302),
    "share_check": recorded(post=302),
    "share_pdf": recorded(),
    "share_end": recorded(get=302, post=302),
}
track = partial(Address, room="track")
agreed = partial(track, is_for_manager=False)
TRACK_ADDRESSES = {
    "track": track(get=302),
    "track_year": track(),
    "track_pdf": track("closed", get=302, post=200),
    "targets": agreed(post=200),
    "priorities": agreed("closed", post=200),
    "action": track(extra=("action",)),
    "action_add": agreed(post=200),
    "action_take_over": agreed(get=405, post=302),
    "action_change": agreed(post=200, extra=("action",)),
    "action_move": agreed(get=405, post=302, extra=("action",)),
    "action_remove": agreed(post=302, extra=("action",)),
    "offer": track(),
}
# About a forum's results; what they show of which round is tried beside them.
REPORT_ADDRESSES = {"comparison": session(), "comparison_pdf": session(get=302, post=302)}
# Of the person who asked for it, also against a programme manager; without a file there is nothing but the page.
asked_for = partial(session, is_for_manager=False, extra=("batch",))
BATCH_ADDRESSES = {
    "batches": session(post=200),
    "batch": asked_for(),
    "batch_download": asked_for(get=302, post=302),
}
ADDRESSES |= SESSION_ADDRESSES | RESULT_ADDRESSES | SHARING_ADDRESSES | TRACK_ADDRESSES
ADDRESSES |= REPORT_ADDRESSES | BATCH_ADDRESSES
OF_A_SESSION = {"theme": "themes", "quote": "quotes", "answer": "open_answers"}
OF_NO_FORUM = ("forums", "forum_add", "user", "version", "trail", "benchmark", "preview:", "offer", "batch")
OF_ALL_STAFF = ("forums", "offer", "batches")
COACH = "begeleider.noord@programma.example"
INACTIVE = "vroeger@programma.example"
USERS = ("own coach", "other coach", "programme manager", "nobody", "inactive coach")


def names(patterns) -> Iterator[str]:
    for pattern in patterns:
        yield from [pattern.name] if isinstance(pattern, URLPattern) else names(pattern.url_patterns)


@pytest.fixture(scope="module")
def sessions(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    """One forum with a round of each state for all tests here; of each user the key of a session that is signed in."""
    with django_db_blocker.unblock():
        coach = factories.make_coach()
        forum = factories.make_forum(coaches=[coach])
        make_rounds(forum)
        keys = {name: signed_in(user) for name, user in make_users(coach, forum).items()}
        User.objects.filter(email=INACTIVE).update(is_active=False)  # the account was there when it signed in
    yield keys
    with django_db_blocker.unblock():
        empty_tables()


def make_rounds(forum: Forum) -> None:
    factories.make_member(seat=forum.seats.first(), function="schepen")
    factories.make_seat(forum=forum, municipality=forum.seats.order_by("pk").first().municipality)
    factories.make_session(forum=forum).commitments.create(what="Stel een netwerkteam samen")
    make_calendar_link(forum=forum)
    Batch.objects.create(user=User.objects.get(email=COACH), language="nl", total=1)
    make_talked_about(forum)
    open_round = factories.make_open_round(forum=forum)
    Action.objects.create(track=open_round.track, dimension="NET", block="network", what="Een netwerkteam")
    factories.make_round(forum=forum, kind=Round.Kind.INTERIM, opens_in=90, closes_in=99)


def make_users(coach: User, forum: Forum) -> dict[str, User]:
    inactive = factories.make_coach(INACTIVE)
    forum.coaches.add(inactive)
    return {
        "own coach": coach,
        "other coach": factories.make_coach("begeleider.zuid@programma.example"),
        "programme manager": factories.make_programme_manager(),
        "inactive coach": inactive,
    }


def signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.session.session_key


@pytest.fixture
def coach(sessions, db) -> User:
    return User.objects.get(email=COACH)


@pytest.fixture
def rounds(sessions, db) -> dict[str, Round]:
    return {round.state: round for round in Round.objects.select_related("forum")}


def make_talked_about(forum) -> Round:
    """A round of last year with a result, a theme, a quote and an answer that could be one."""
    round = close(factories.make_round(forum=forum, opens_in=-400, closes_in=-380))
    Theme.objects.create(round=round, title="Opvolging")
    Quote.objects.create(round=round, text="De agenda is vol.")
    SharedReport.objects.create(round=round, foreword="Lees dit eerst.")
    OpenAnswer.objects.create(round=round, question="O1", text="We kennen elkaar.", has_quote_consent=True)
    return round


class Browsers(dict[str, Client]):
    """One each, signed in when it is first used."""

    def __init__(self, sessions: dict[str, str]) -> None:
        self.sessions = sessions

    def __missing__(self, name: str) -> Client:
        client = self[name] = Client()
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


@pytest.fixture
def clients(sessions, db) -> Browsers:
    return Browsers(sessions)


def path_of(name: str, rounds: dict[str, Round]) -> str:
    address, round = ADDRESSES[name], rounds[ADDRESSES[name].state]
    invitation = rounds["open"].invitations.order_by("pk").first()
    coach = User.objects.get(email=COACH)
    values = {"member": invitation.member_id, "invitation": invitation.pk, "user": coach.pk}
    values["seat"] = invitation.member.seat_id
    session = round.forum.sessions.get()
    values |= {"session": session.pk, "commitment": session.commitments.get().pk}
    values["batch"] = coach.batches.get().pk
    values |= {"version": round.version_id, "kind": "interim", "role": "mayor", "step": "verandering"}
    if name in SESSION_ADDRESSES:
        values = {key: getattr(rounds["closed"], rows).get().pk for key, rows in OF_A_SESSION.items()}
    if address.room == "track":
        values = {"action": Action.objects.get().pk, "track": round.track_id}
    arguments = {key: values[key] for key in address.extra}
    if address.room == "track" and name not in ("track", "offer"):
        arguments["track"] = values["track"]
    if (
        name.startswith(("round", "invit")) and name != "round_plan"
    ) or name in SESSION_ADDRESSES | RESULT_ADDRESSES | SHARING_ADDRESSES:
        arguments["round"] = round.pk
    if not name.startswith(OF_NO_FORUM):
        arguments["forum"] = round.forum.slug
    space = "coaching" if address.room == "coaching" else "reports"
    return reverse(name if ":" in name else f"{space}:{name}", kwargs=arguments)


def visitor_of(name: str) -> str:
    """Somebody who may come."""
    return "own coach" if ADDRESSES[name].is_for_coach else "programme manager"


def expected(name: str, user: str, method: str) -> int:
    address = ADDRESSES[name]
    answer = getattr(address, method)
    if answer == 405:
        return 405
    if user in ("nobody", "inactive coach"):
        return 302
    is_welcome = {
        "own coach": address.is_for_coach,
        "programme manager": address.is_for_manager,
        "other coach": False,
    }[user]
    return answer if is_welcome or name in OF_ALL_STAFF else 404


def dump() -> str:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(map(repr, cursor.fetchall()))
    return json.dumps(tables, cls=DjangoJSONEncoder)


def test_the_table_names_every_address_of_the_desk():
    previews = {f"preview:{name}" for name in names(preview_urls)}
    assert {*names(desk_urls)} | previews == {*DESK_ADDRESSES, "demo_mails"}


def test_the_table_names_every_address_of_a_session():
    assert {*names(session_urls)} == {*SESSION_ADDRESSES}
    assert {*names(result_urls)} == {*RESULT_ADDRESSES}
    assert {*names(sharing_urls)} == {*SHARING_ADDRESSES}


def test_the_table_names_every_address_of_a_track():
    public = {
        "receipt",
        "receipt_pdf",
        "receipt_beside",
        "check",
        "figures_codebook",
        "figures_schema",
        *names(shared_urls),
    }
    assert {*names(track_urls), "track", "offer"} == {*TRACK_ADDRESSES}
    assert {*names(report_urls)} == public | {
        *BATCH_ADDRESSES,
        *REPORT_ADDRESSES,
        *RESULT_ADDRESSES,
        *SESSION_ADDRESSES,
        *SHARING_ADDRESSES,
        *TRACK_ADDRESSES,
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_opens_for_who_may_come(clients, rounds, name):
    path = path_of(name, rounds)
    answers, wanted = {}, {}

    for user, method in product(USERS, ("get", "post")):
        client = clients[user]
        before = transaction.savepoint()  # each of them comes first
        response = getattr(client, method)(path)
        transaction.savepoint_rollback(before)
        answers[user, method] = response.status_code
        wanted[user, method] = expected(name, user, method)
        if response.status_code == 302 and user in ("nobody", "inactive coach"):
            assert response["Location"] == f"{SIGN_IN}{path}"

    assert answers == wanted


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_not_come_changes_nothing(clients, rounds, name):
    path = path_of(name, rounds)

    before = dump()
    for user in ("other coach", "nobody", "inactive coach"):
        clients[user].post(path)

        assert dump() == before, user


@pytest.mark.parametrize("name", ADDRESSES)
def test_looking_changes_nothing(clients, rounds, name):
    path = path_of(name, rounds)
    client = clients[visitor_of(name)]
    client.get(path)  # whatever is kept from a first visit
    before = dump()

    client.get(path)
    client.head(path)

    assert dump() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_browser_keeps_a_page_of_the_desk(clients, rounds, name):
    response = clients[visitor_of(name)].get(path_of(name, rounds))

    assert response.status_code in (302, 405) or "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(clients, rounds, method):
    for name in ADDRESSES:
        assert getattr(clients["own coach"], method)(path_of(name, rounds)).status_code == 405


@pytest.mark.parametrize("name", SESSION_ADDRESSES | RESULT_ADDRESSES)
def test_session_is_about_a_round_with_a_result(clients, rounds, name):
    path = path_of(name, rounds).replace(f"/{rounds['closed'].pk}/", f"/{rounds['open'].pk}/", 1)
    answers = {getattr(clients["own coach"], method)(path).status_code for method in ("get", "post")}

    assert answers <= {404, 405}


@pytest.mark.parametrize("name", ["theme", "theme_up", "theme_delete", "quote_add", "quote", "quote_delete"])
def test_what_belongs_to_another_round_is_not_found_under_this_one(clients, rounds, name):
    path, other = path_of(name, rounds), rounds["planned"]
    close(other)

    moved = path.replace(f"/rondes/{rounds['closed'].pk}/", f"/rondes/{other.pk}/")

    assert clients["own coach"].post(moved).status_code == 404


@pytest.mark.parametrize("name", ["member", "round", "invite", "session", "session_write", "commitment"])
def test_what_belongs_to_another_forum_is_not_found_under_the_own_name(clients, coach, rounds, name):
    mine = factories.make_forum(name="Zuidoverleg", coaches=[coach], municipalities=0)
    path = path_of(name, rounds).replace(rounds["open"].forum.slug, mine.slug)

    assert clients["own coach"].post(path).status_code == (405 if name in ("round", "session") else 404)
    assert clients["own coach"].get(path).status_code == (405 if name in ("invite", "session_write") else 404)


@pytest.mark.parametrize("name", ["action", "action_change", "action_move", "action_remove"])
def test_what_belongs_to_another_track_is_not_found_under_this_one(clients, rounds, name):
    path = path_of(name, rounds)
    first, last = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    other = Track.objects.create(forum=rounds["open"].forum, starts_on=first, ends_on=last)

    moved = path.replace(f"/traject/{rounds['open'].track_id}/", f"/traject/{other.pk}/")

    assert clients["own coach"].post(moved).status_code == (405 if name == "action" else 404)
    assert clients["own coach"].get(moved).status_code == (405 if name == "action_move" else 404)


@pytest.mark.parametrize(
    "name", ["targets", "action_add", "action_take_over", "action_move", "action_remove"]
)
def test_nothing_is_written_in_the_track_of_an_archived_forum(clients, rounds, name):
    Forum.objects.update(is_archived=True)

    assert clients["own coach"].post(path_of(name, rounds)).status_code == 404


ACCOUNT_PAGES = {
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_activate",
    "oidc_begin",
    "oidc_return",
}
SECOND_STEP_PAGES = {
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
OWN_ACCOUNT_PAGES = {
    "account",
    "account_change_password",
    "account_set_password",
    "account_sign_out_elsewhere",
    "account_calendar",
    "account_calendar_replace",
}


def test_no_other_account_page_than_these_is_routed():
    assert {*names(account_urls)} == ACCOUNT_PAGES
    assert {*names(second_step_urls)} == SECOND_STEP_PAGES
    assert {*names(own_account_urls)} == OWN_ACCOUNT_PAGES


# --- Whoever owes the second step ------------------------------------------------------------------------------
SET_UP = "/account/tweede-stap/"
CONFIRM = "/aanmelden/bevestigen/code/"
# Pages that ask nobody for an account, pages of members, and the way out.
OPEN_TO_ALL = {
    "start",
    "privacy",
    "accessibility",
    "cookies",
    "help",
    "health",
    "house_style",
    "set_language",
    "account_logout",
}
OF_RESULTS = {f"reports:{name}" for name in ("receipt", "check", "figures_codebook", "figures_schema")}
OF_RESULTS |= {f"reports:{name}" for name in names(shared_urls)}
FILLING = {f"filling:{name}" for name in names(filling_urls)}
OPEN_WITHOUT_SECOND_STEP = {
    "no second step": {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"},
    "second step not taken": {"mfa_reauthenticate"},  # there is no passkey to confirm with
}
SAMPLES = {"token": "a" * 22, "uidb36": "1", "key": "x", "receipt": "a" * 22, "step": "rol", "item": "x"}
SAMPLES |= {"answer": "00000000-0000-4000-8000-000000000000"}


def every_address() -> Iterator[tuple[str, str]]:
    """The name and a path of each address of the whole site; what stands in its place is made up."""

    def walk(patterns, prefix: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                name = f"{prefix}{pattern.name}"
                yield name, reverse_with_samples(name)
            else:
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, prefix + space)

    yield from walk(get_resolver().url_patterns, "")


def reverse_with_samples(name: str) -> str:
    space, _, last = name.rpartition(":")
    resolver, wanted = get_resolver(), []
    for part in filter(None, space.split(":")):
        before, resolver = resolver.namespace_dict[part]
        wanted += re.findall(r"\(\?P<(\w+)>", before)
    wanted += resolver.reverse_dict.getlist(last)[0][0][0][1]
    return reverse(name, kwargs={each: SAMPLES.get(each, "1") for each in wanted})


@pytest.mark.parametrize("state", OPEN_WITHOUT_SECOND_STEP)
def test_without_second_step_no_address_opens_but_those_where_it_is_taken(settings, client, coach, state):
    settings.MFA_REQUIRED = True
    client.force_login(coach)
    if state == "second step not taken":
        TOTP.activate(coach, generate_totp_secret())
    way = SET_UP if state == "no second step" else CONFIRM
    opened = set()

    for name, path in every_address():
        if name in OPEN_TO_ALL | FILLING | OF_RESULTS:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            if response.status_code != 302 or urlsplit(response["Location"]).path != way:
                opened.add(name)

    assert opened == OPEN_WITHOUT_SECOND_STEP[state]


@pytest.mark.parametrize("name", ADDRESSES)
def test_with_the_second_step_the_desk_opens_as_ever(settings, clients, rounds, name):
    settings.MFA_REQUIRED = True
    user = visitor_of(name)
    client = clients[user]
    session = client.session
    session[SET_UP_HERE] = int(session["_auth_user_id"])
    session.save()

    assert client.get(path_of(name, rounds)).status_code == expected(name, user, "get")


def test_the_second_step_of_somebody_else_opens_nothing(settings, client, coach):
    settings.MFA_REQUIRED = True
    client.force_login(coach)
    session = client.session
    session[SET_UP_HERE] = coach.pk + 1
    session.save()

    assert client.get("/fora/")["Location"] == SET_UP
