"""The cast of the tests: plain functions that make a forum, its people and its rounds, all fictional.

Each makes the least that the database accepts and takes what a test cares about as a keyword.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from assessment.actions.closing import close_round
from assessment.models import (
    Draft,
    DraftAnswer,
    Forum,
    Invitation,
    Member,
    Municipality,
    Round,
    Seat,
    Session,
    Track,
    User,
)
from assessment.models.rounds import AnswerKind, brussels, token_hash
from questionnaires.loading import check_file
from questionnaires.models import Questionnaire, QuestionnaireVersion

TODAY = timezone.localdate()  # of the whole run: tests that count days stay in it, see `day` in conftest.py
PASSWORD = "een lang wachtwoord van de tests"
MUNICIPALITIES = (
    "Aldervoorde", "Beukerzele", "Dieplake", "Elzendonk", "Goormeers", "Hazewinkel", "Krekelberg", "Lindervaart",
    "Meershoven", "Noordwelle", "Overbroek", "Populieren", "Rietdonk", "Sparrehout", "Tweebeke", "Wilgenrade",
)  # fmt: skip

# A value from 1 to 5 for every question, or a function from its code to one; None is "I don't know".
Values = int | None | Callable[[str], int | None]


@cache
def _real_questionnaire() -> str:
    return check_file(
        settings.BASE_DIR / "questionnaires" / "files" / "burgemeestersforum-1.yaml"
    ).canonical()


def make_version() -> QuestionnaireVersion:
    """The real questionnaire, published; the same row when asked again."""
    questionnaire, _ = Questionnaire.objects.get_or_create(slug="burgemeestersforum")
    version, _ = QuestionnaireVersion.objects.get_or_create(
        questionnaire=questionnaire,
        version="1.0.0",
        defaults={"state": QuestionnaireVersion.State.PUBLISHED, "document": _real_questionnaire()},
    )
    return version


def make_draft(version: QuestionnaireVersion, number: str = "1.1.0") -> QuestionnaireVersion:
    """The same questionnaire under another number, not published."""
    document = version.document.replace('"version":"1.0.0"', f'"version":"{number}"')
    return QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire, version=number, document=document
    )


def make_coach(email: str = "begeleider.noord@programma.example", **fields: object) -> User:
    return User.objects.create_user(email, PASSWORD, **{"name": "Begeleider Noord"} | fields)


def make_programme_manager(email: str = "programma@programma.example", **fields: object) -> User:
    fields = {"name": "Programmabeheerder", "kind": User.Kind.PROGRAMME_MANAGER} | fields
    return User.objects.create_user(email, PASSWORD, **fields)


def make_municipality(name: str = "Aldervoorde") -> Municipality:
    """A fictional municipality without a region; the same row when asked again."""
    number = Municipality.objects.filter(is_fictional=True).count()
    municipality, _ = Municipality.objects.get_or_create(
        name=name, is_fictional=True, defaults={"nis": f"F{number:04}"}
    )
    return municipality


def make_forum(
    *,
    municipalities: int = 8,
    organisations: int = 0,
    members_per_seat: int = 1,
    coaches: Iterable[User] = (),
    name: str = "Burgemeestersoverleg Noordrand",
    is_noted: bool = False,
    **fields: object,
) -> Forum:
    """A forum with a mayor on each municipality's seat and a coordinator on each organisation's.

    With more members per seat the mayor is followed by aldermen. Members are made in the order of their seats.
    `is_noted` one by one, so that the audit trail knows of each.
    """
    forum = Forum.objects.create(name=name, slug=slugify(name), **fields)
    forum.coaches.set(coaches)
    seats = [
        Seat(forum=forum, municipality=municipality) for municipality in _make_municipalities(municipalities)
    ]
    seats += [
        Seat(forum=forum, organisation=f"Streekorganisatie {number + 1}") for number in range(organisations)
    ]
    members = [member for seat in seats for member in _members(seat, members_per_seat)]
    _save(Seat, seats, is_noted=is_noted)
    _save(Member, members, is_noted=is_noted)
    return forum


def _save(model: type[Model], rows: Sequence[Model], *, is_noted: bool) -> None:
    if not is_noted:
        model.objects.bulk_create(rows)
        return
    for row in rows:
        row.save()


def _members(seat: Seat, count: int) -> Iterator[Member]:
    """Who sits there when a forum is made."""
    if seat.organisation:
        yield _member(seat, "coördinator", kind=Member.Kind.SUPPORT)
        return
    for nth in range(count):
        yield _member(seat, "burgemeester" if nth == 0 else f"schepen {nth}")


def _make_municipalities(count: int) -> list[Municipality]:
    """The first so many, as `make_municipality` makes them one by one."""
    names = [f"{MUNICIPALITIES[number % 16]}{'-Zuid' * (number // 16)}" for number in range(count)]
    number = Municipality.objects.filter(is_fictional=True).count()
    found = {each.name: each for each in Municipality.objects.filter(is_fictional=True, name__in=names)}
    new = [
        Municipality(name=name, nis=f"F{number + nth:04}", is_fictional=True)
        for nth, name in enumerate(each for each in names if each not in found)
    ]
    found |= {each.name: each for each in Municipality.objects.bulk_create(new)}
    return [found[name] for name in names]


def make_seat(*, forum: Forum, municipality: Municipality | None = None, organisation: str = "") -> Seat:
    return Seat.objects.create(forum=forum, municipality=municipality, organisation=organisation)


def make_member(*, seat: Seat, function: str = "burgemeester", **fields: object) -> Member:
    """Named after function and seat: "burgemeester van Aldervoorde", burgemeester.aldervoorde@forum.example."""
    member = _member(seat, function, **fields)
    member.save()
    return member


def _member(seat: Seat, function: str, **fields: object) -> Member:
    defaults = {
        "name": f"{function} van {seat}",
        "email": f"{slugify(function)}.{slugify(str(seat))}@forum.example",
        "active_from": timezone.localdate() - datetime.timedelta(days=400),
    }
    return Member(forum=seat.forum, seat=seat, function=function, **defaults | fields)


def make_round(
    *,
    forum: Forum | None = None,
    kind: str = Round.Kind.BASELINE,
    opens_in: int = 7,
    closes_in: int = 21,
    **fields: object,
) -> Round:
    """A planned round; days are counted from today. The forum's running track is used, or made."""
    forum = forum or make_forum(coaches=[make_coach()])
    today = timezone.localdate()
    opens_on = today + datetime.timedelta(days=opens_in)
    track = forum.tracks.filter(starts_on__lte=opens_on, ends_on__gte=opens_on).first()
    track = track or Track.objects.create(
        forum=forum, starts_on=opens_on, ends_on=opens_on + datetime.timedelta(days=365)
    )
    closes_on = today + datetime.timedelta(days=closes_in)
    dates = {"opens_on": opens_on, "closes_on": closes_on}
    return Round.objects.create(forum=forum, track=track, kind=kind, version=make_version(), **dates | fields)


def make_open_round(*, forum: Forum | None = None, closes_in: int = 14, **fields: object) -> Round:
    """A round that opened today and invited every current member; no mail was sent."""
    fields = {"state": Round.State.OPEN, "opened_at": timezone.now()} | fields
    round = make_round(forum=forum, opens_in=0, closes_in=closes_in, **fields)
    members = round.forum.members.current().order_by("pk")
    Invitation.objects.bulk_create(_invitation(round, member) for member in members)
    return round


def make_invitation(*, round: Round, member: Member, **fields: object) -> Invitation:
    invitation = _invitation(round, member, **fields)
    invitation.save()
    return invitation


def _invitation(round: Round, member: Member, **fields: object) -> Invitation:
    invitation = Invitation(round=round, member=member, **fields)
    invitation.token_hash = token_hash(invitation.token)
    return invitation


def invitations_of(round: Round) -> list[Invitation]:
    """The invitations of a round in the order in which `make_forum` made the members."""
    return list(round.invitations.select_related("member__seat__municipality", "round").order_by("member_id"))


def fill_in(
    invitation: Invitation,
    *,
    role: str = "mayor",
    value: Values = 4,
    importance: Values = 3,
    change: Values = 3,
    texts: dict[str, str] | None = None,
    has_quote_consent: bool = False,
) -> Draft:
    """A draft that answers whatever this role is asked; `texts` by code of the open question. Not submitted."""
    round = invitation.round
    content = round.version.content
    draft, _ = Draft.objects.update_or_create(
        invitation=invitation, defaults={"role": role, "has_quote_consent": has_quote_consent}
    )
    dimensions = content.dimensions_for(role)
    asked = [
        (AnswerKind.STATEMENT, statement.code, value) for each in dimensions for statement in each.statements
    ]
    asked += [(AnswerKind.IMPORTANCE, dimension.code, importance) for dimension in dimensions]
    if content.round(round.kind).asks_change:
        asked += [(AnswerKind.CHANGE, dimension.code, change) for dimension in dimensions]
    answers = [_draft_answer(draft, kind, item, values) for kind, item, values in asked]
    answers += [
        DraftAnswer(draft=draft, kind=AnswerKind.OPEN, item=item, text=words)
        for item, words in (texts or {}).items()
    ]
    draft.answers.all().delete()
    DraftAnswer.objects.bulk_create(answers)
    return draft


def _draft_answer(draft: Draft, kind: AnswerKind, item: str, values: Values) -> DraftAnswer:
    value = values(item) if callable(values) else values
    return DraftAnswer(draft=draft, kind=kind, item=item, value=value, dont_know=value is None)


def varied_values() -> Values:
    """Answers that differ, one in seven "don't know", the same every time."""
    numbers = iter(range(10**6))

    def value(item: str) -> int | None:
        number = next(numbers)
        return None if number % 7 == 3 else number * 7 // 3 % 5 + 1

    return value


def submit(invitation: Invitation) -> None:
    """Mark the draft as submitted, without a receipt."""
    Draft.objects.filter(invitation=invitation).update(submitted_at=timezone.now())


def make_session(*, forum: Forum, starts_in: int = 7, **fields: object) -> Session:
    """A session of two hours in the morning; days are counted from today."""
    day = timezone.localdate() + datetime.timedelta(days=starts_in)
    fields = {"starts_at": brussels(day, "09:30"), "ends_at": brussels(day, "11:30")} | fields
    return Session.objects.create(forum=forum, **{"place": "Huis van de streek"} | fields)


def make_answered_round(*, forum: Forum | None = None, value: Values = 4, **fields: object) -> Round:
    """An open round in which every invited member has submitted; who sits for an organisation is support."""
    round = make_open_round(forum=forum, **fields)
    for invitation in invitations_of(round):
        fill_in(invitation, role=role_for(invitation.member), value=value)
        submit(invitation)
    return round


def make_closed_round(*, forum: Forum | None = None, value: Values = 4, **fields: object) -> Round:
    """A round in which everybody answered, closed by the real action: its snapshot is there."""
    round = make_answered_round(forum=forum, value=value, **fields)
    close_round(round=round, is_silent=True)
    round.refresh_from_db()
    return round


def role_for(member: Member) -> str:
    """The role that the cast chooses: mayor, alderman, or support for an organisation."""
    if member.seat.municipality_id is None:
        return "support"
    return "alderman" if member.function.startswith("schepen") else "mayor"
