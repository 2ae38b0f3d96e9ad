"""Who plays in the demo: accounts, forums, seats and the people on them, who are functions and no persons."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from assessment.demo.names import land_name, municipality_name, municipality_nis
from assessment.models import Forum, Member, Municipality, Seat, User


class Account(NamedTuple):
    """An account of the demo. Its password is no secret: outside demo mode nobody signs in with it."""

    kind: str
    name: str
    email: str
    phone: str
    password: str


ACCOUNTS = (
    Account(
        "coach",
        "Begeleider Noord",
        "begeleider.noord@programma.example",
        "02 000 00 01",
        "wulp-kiezel-brug-74",
    ),
    Account("coach", "Begeleider Zuid", "begeleider.zuid@programma.example", "", "vlier-lantaarn-veer-29"),
    Account(
        "programme_manager", "Programmabeheerder", "programma@programma.example", "", "iep-molensteen-kade-58"
    ),
)


class Cast(NamedTuple):
    """What a forum consists of. The first seats have a mayor each, except the `empty` last one."""

    title: str
    article: str
    kind: str
    municipalities: int
    officials: int
    aldermen: int
    organisations: tuple[tuple[str, str, str], ...]
    empty: int
    coach: int


COORDINATOR = ("Streekintercommunale", "coördinator", Member.Kind.SUPPORT)
DEPUTY = ("Provincie", "gedeputeerde", Member.Kind.ADVISORY)
UNIVERSITY = ("Hogeschool", "onderzoeker", Member.Kind.GUEST)

# The three forums that come back, in the order in which they are made.
CASTS = (
    Cast("Burgemeestersoverleg", "het", "regional", 13, 4, 1, (COORDINATOR,), 0, 0),
    Cast(
        "Conferentie van burgemeesters",
        "de",
        "supraregional",
        24,
        5,
        3,
        (COORDINATOR, DEPUTY, UNIVERSITY),
        1,
        1,
    ),
    Cast("Burgemeesterstafel", "de", "subregional", 8, 1, 0, (COORDINATOR,), 0, 0),
)


def make_accounts() -> list[User]:
    """The accounts of the demo, in the order of ACCOUNTS; what is there already stays."""
    return [_make_account(account) for account in ACCOUNTS]


def _make_account(account: Account) -> User:
    found = User.objects.filter(email=account.email).first()
    return found or User.objects.create_user(
        account.email,
        account.password,
        name=account.name,
        phone=account.phone,
        kind=account.kind,
        is_demo=True,
    )


@transaction.atomic
def make_forum(number: int, coaches: list[User]) -> Forum:
    """The forum with this number, its seats and members; what is there already stays."""
    cast = CASTS[number % len(CASTS)]
    name = f"{cast.title} {land_name(number)}"
    found = Forum.objects.filter(slug=slugify(name), is_demo=True).first()
    if found is not None:
        return found
    forum = Forum.objects.create(
        slug=slugify(name),
        name=name,
        article=cast.article,
        kind=cast.kind,
        rhythm="zes keer per jaar",
        has_benchmark_consent=True,
        is_demo=True,
    )
    forum.coaches.add(coaches[cast.coach])
    Member.objects.bulk_create([*_local_members(forum, cast, number), *_others(forum, cast, number)])
    return forum


def _local_members(forum: Forum, cast: Cast, number: int) -> list[Member]:
    seats = Seat.objects.bulk_create(
        Seat(forum=forum, municipality=each) for each in _municipalities(number, cast.municipalities)
    )
    mayors = [(seat, "burgemeester", Member.Kind.VOTING) for seat in seats[: len(seats) - cast.empty]]
    officials = [(seat, "algemeen directeur", Member.Kind.ADVISORY) for seat in seats[: cast.officials]]
    aldermen = [(seat, "schepen", Member.Kind.GUEST) for seat in seats[cast.officials :][: cast.aldermen]]
    return [
        _member(seat, function, kind, str(seat.municipality))
        for seat, function, kind in [*mayors, *officials, *aldermen]
    ]


def _others(forum: Forum, cast: Cast, number: int) -> list[Member]:
    titles = [
        (f"{title} {land_name(number)}", function, kind) for title, function, kind in cast.organisations
    ]
    seats = Seat.objects.bulk_create(Seat(forum=forum, organisation=place) for place, _, _ in titles)
    return [
        _member(seat, function, kind, place)
        for seat, (place, function, kind) in zip(seats, titles, strict=True)
    ]


def _municipalities(number: int, count: int) -> list[Municipality]:
    """Municipalities that no other forum of the demo has."""
    before = sum(CASTS[earlier % len(CASTS)].municipalities for earlier in range(number))
    wanted = {municipality_nis(n): municipality_name(n) for n in range(before, before + count)}
    Municipality.objects.bulk_create(
        [Municipality(nis=nis, name=name, is_fictional=True) for nis, name in wanted.items()],
        ignore_conflicts=True,
    )
    return list(Municipality.objects.filter(nis__in=wanted).order_by("nis"))


def _member(seat: Seat, function: str, kind: str, place: str) -> Member:
    return Member(
        forum=seat.forum,
        seat=seat,
        name=f"{function} van {place}",
        email=f"{slugify(function)}@{slugify(place)}.example",
        function=function,
        kind=kind,
        active_from=timezone.localdate() - datetime.timedelta(days=420),
    )
