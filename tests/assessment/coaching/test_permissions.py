"""Every address of the desk with every kind of user: who gets in, who does not, and that looking changes nothing."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse

from assessment.coaching.urls import account_urls, desk_urls
from assessment.models import Round
from tests import factories

SIGN_IN = "/aanmelden/?next="


class Address(NamedTuple):
    """Which round the address is about, what its methods answer to who may come, and who may."""

    state: str = "open"
    get: int = 200
    post: int = 405
    is_for_manager: bool = True
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
    "member_add": Address(post=200),
    "member": Address(post=200, extra=("member",)),
    "member_replace": Address(post=200, extra=("member",)),
    "member_end": Address(post=302, extra=("member",)),
    "round_plan": Address(post=200),
    "round": Address(),
    "round_preview": Address(),
    "round_change": Address("planned", post=200),
    "round_open": Address("planned", post=302),
    "round_cancel": Address("planned", post=302),
    "round_postpone": Address(post=200),
    "round_close": Address(post=200),
    "invite": Address(get=405, post=302, extra=("member",)),
    "invitation_resend": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
    "invitation_decline": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
    "invitation_undo": Address(get=405, post=302, is_for_manager=False, extra=("invitation",)),
}
USERS = ("own coach", "other coach", "programme manager", "nobody", "inactive coach")


def names(patterns) -> Iterator[str]:
    for pattern in patterns:
        yield from [pattern.name] if isinstance(pattern, URLPattern) else names(pattern.url_patterns)


@pytest.fixture
def rounds(forum) -> dict[str, Round]:
    factories.make_member(seat=forum.seats.first(), function="schepen")
    return {
        "open": factories.make_open_round(forum=forum),
        "planned": factories.make_round(forum=forum, kind=Round.Kind.INTERIM, opens_in=90, closes_in=99),
    }


@pytest.fixture
def clients(coach, forum) -> dict[str, Client]:
    inactive = factories.make_coach("vroeger@programma.example")
    forum.coaches.add(inactive)
    other = factories.make_coach("begeleider.zuid@programma.example")
    users = [coach, other, factories.make_programme_manager(), None, inactive]
    clients = {name: Client() for name in USERS}
    for name, user in zip(USERS, users, strict=True):
        if user is not None:
            clients[name].force_login(user)
    inactive.is_active = False
    inactive.save()
    return clients


def path_of(name: str, rounds: dict[str, Round]) -> str:
    address, round = ADDRESSES[name], rounds[ADDRESSES[name].state]
    invitation = rounds["open"].invitations.order_by("pk").first()
    values = {"member": invitation.member_id, "invitation": invitation.pk}
    arguments = {key: values[key] for key in address.extra}
    if name.startswith(("round", "invit")) and name != "round_plan":
        arguments["round"] = round.pk
    return reverse(
        f"coaching:{name}", kwargs=arguments | ({} if name == "forums" else {"forum": round.forum.slug})
    )


def expected(name: str, user: str, method: str) -> int:
    address = ADDRESSES[name]
    answer = getattr(address, method)
    if answer == 405:
        return 405
    if user in ("nobody", "inactive coach"):
        return 302
    is_welcome = user == "own coach" or (user == "programme manager" and address.is_for_manager)
    return answer if is_welcome or name == "forums" else 404


def dump() -> str:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        tables = {}
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(map(repr, cursor.fetchall()))
    return json.dumps(tables, cls=DjangoJSONEncoder)


def test_the_table_names_every_address_of_the_desk():
    assert {*names(desk_urls)} == {*ADDRESSES, "demo_mails"}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_opens_for_who_may_come(clients, rounds, name, user, method):
    path = path_of(name, rounds)

    response = getattr(clients[user], method)(path)

    assert response.status_code == expected(name, user, method)
    if response.status_code == 302 and user in ("nobody", "inactive coach"):
        assert response["Location"] == f"{SIGN_IN}{path}"


@pytest.mark.parametrize("user", ["other coach", "nobody", "inactive coach"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_not_come_changes_nothing(clients, rounds, name, user):
    path, before = path_of(name, rounds), dump()

    clients[user].post(path)

    assert dump() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_looking_changes_nothing(clients, rounds, name):
    path = path_of(name, rounds)
    clients["own coach"].get(path)  # whatever is kept from a first visit
    before = dump()

    clients["own coach"].get(path)
    clients["own coach"].head(path)

    assert dump() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_browser_keeps_a_page_of_the_desk(clients, rounds, name):
    response = clients["own coach"].get(path_of(name, rounds))

    assert response.status_code == 405 or "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(clients, rounds, method):
    for name in ADDRESSES:
        assert getattr(clients["own coach"], method)(path_of(name, rounds)).status_code == 405


@pytest.mark.parametrize("name", ["member", "round", "invite"])
def test_what_belongs_to_another_forum_is_not_found_under_the_own_name(clients, coach, rounds, name):
    mine = factories.make_forum(name="Zuidoverleg", coaches=[coach], municipalities=0)
    path = path_of(name, rounds).replace(rounds["open"].forum.slug, mine.slug)

    assert clients["own coach"].post(path).status_code == (405 if name == "round" else 404)
    assert clients["own coach"].get(path).status_code == (405 if name == "invite" else 404)


def test_no_other_account_page_than_these_is_routed():
    assert {pattern.name for pattern in account_urls} == {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
