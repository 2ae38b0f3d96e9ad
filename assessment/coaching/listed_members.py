"""The members of a forum as a list: found by words, those of today or of before, in an order."""

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils import timezone

from assessment.models import Forum, Member

SEAT = Lower(
    Coalesce(NullIf("seat__organisation", Value("")), F("seat__municipality__name"), output_field=CharField())
)
KIND = Case(*(When(kind=kind, then=Value(number)) for number, kind in enumerate(Member.Kind)))
ORDERS: dict[str, tuple[Combinable, ...]] = {
    "": (),
    "zetel": (SEAT,),
    "lidmaatschap": (KIND,),
    "sinds": (F("active_from"),),
}
SEARCHED = (
    "name",
    "email",
    "function",
    "seat__organisation",
    "seat__municipality__name",
    "seat__municipality__aliases",
    "seat__municipality__mergers__old_name",
)


def listed_members(
    forum: Forum, *, words: str = "", is_ended: bool = False, order: str = ""
) -> QuerySet[Member]:
    """Who sits today, or who ended; with all of these words, also in a former name of the municipality.

    `order` is a key of ORDERS; people who are equal in it follow by name.
    """
    members = forum.members.select_related("seat__municipality")
    members = members.filter(active_until__lt=timezone.localdate()) if is_ended else members.current()
    if words:
        members = members.filter(pk__in=members_with(words).values("pk"))
    return members.order_by(*ORDERS[order], Lower("name"), "pk")


def members_with(words: str) -> QuerySet[Member]:
    """Members of any forum with all of these words, also in a former name of the municipality."""
    members = Member.objects.all()
    for word in words.split():
        found = Q()
        for field in SEARCHED:
            found |= Q(**{f"{field}__icontains": word})
        members = members.filter(pk__in=Member.objects.filter(found).values("pk"))
    return members


def sitting_once(forum: Forum) -> list[Member]:
    """Who sits today by name, an address once: of two, who stays and not who leaves today."""
    sitting = listed_members(forum).order_by(F("active_until").asc(nulls_last=True), "pk")
    by_address = {member.email.casefold(): member for member in sitting}
    return sorted(by_address.values(), key=lambda member: (member.name.casefold(), member.pk))
