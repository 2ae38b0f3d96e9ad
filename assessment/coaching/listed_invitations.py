"""The invitations of a round as a list: found by who is invited and by what became of the mail, in an order."""

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce, Lower, NullIf

from assessment.coaching.listed_members import members_with
from assessment.models import Invitation

SEAT = Lower(
    Coalesce(
        NullIf("member__seat__organisation", Value("")),
        F("member__seat__municipality__name"),
        output_field=CharField(),
    )
)
ORDERS: dict[str, tuple[Combinable | OrderBy, ...]] = {
    "": (),
    "zetel": (SEAT,),
    "verstuurd": (F("mailed_at").desc(nulls_last=True),),
}
# What `state` can be. Of who does not take part the mail says nothing that is still to be done.
MAILS: dict[str, dict[str, object]] = {
    **{state: {"mail_state": state} for state in Invitation.MailState.values},
    "again": {"times_mailed__gt": 1},
}
TAKING_PART: dict[str, dict[str, object]] = {
    **{state: {"mail_state": state, "is_declined": False} for state in Invitation.MailState.values},
    "declined": {"is_declined": True},
}
FEW = 6  # so few that nobody needs to search among them


def found_invitations(
    invitations: QuerySet[Invitation], *, words: str, state: dict[str, object], order: str
) -> QuerySet[Invitation]:
    """Those of `invitations` to members with all of these words and in this state; by name within the order.

    `state` is a value of MAILS or TAKING_PART, empty for all; `order` a key of ORDERS. Nothing depends on a draft.
    """
    if words:
        invitations = invitations.filter(member__in=members_with(words).values("pk"))
    return invitations.filter(**state).order_by(*ORDERS[order], Lower("member__name"), "pk")
