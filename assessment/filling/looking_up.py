"""The records behind an invitation link, in one query that carries what the pages of a member ask for.

Every page of a member begins here, and putting together a query for seven whole records takes longer than all the
rest of a save. What is not carried is loaded when it is asked for, as with any deferred field.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from assessment.models import Draft, Forum, Invitation, Member, Round, Seat
from assessment.prepared import PreparedQuery
from questionnaires.models import QuestionnaireVersion


def _carry(model: type[Model], *names: str) -> tuple[type[Model], tuple[str, ...]]:
    """Columns in the order of the model, as `from_db` wants them."""
    return model, tuple(f.attname for f in model._meta.concrete_fields if f.attname in names)


# By the path from the invitation: what is carried beside the id.
CARRIED = {
    "": _carry(Invitation, "round_id", "member_id", "key", "generation", "is_declined"),
    "draft__": _carry(Draft, "role", "has_quote_consent", "submitted_at"),
    "member__": _carry(Member, "seat_id", "name", "language"),
    "member__seat__": _carry(Seat, "municipality_id"),
    "round__": _carry(Round, "forum_id", "version_id", "kind", "state", "closes_on"),
    "round__forum__": _carry(Forum, "name", "article", "is_demo"),
    "round__version__": _carry(QuestionnaireVersion, "checksum"),
}


NAMES = [path + name for path, (_, columns) in CARRIED.items() for name in columns]
_invitations = PreparedQuery(
    lambda: Invitation.objects.filter(token_hash="").values_list("id", "draft__id", *NAMES)
)


def look_up(token_hash: str) -> Invitation | None:
    """The invitation of a link, with draft, member, seat, round, forum and version; None when there is none."""
    found = _invitations.rows(token_hash)
    return _assemble(*found[0]) if found else None


def _assemble(invitation_id: int, draft_id: int | None, *values: Any) -> Invitation:
    left = iter(values)
    invitation = _record("", invitation_id, left)
    draft = _record("draft__", draft_id, left)
    invitation.member = _record("member__", invitation.member_id, left)
    invitation.member.seat = _record("member__seat__", invitation.member.seat_id, left)
    invitation.round = _record("round__", invitation.round_id, left)
    invitation.round.forum = _record("round__forum__", invitation.round.forum_id, left)
    invitation.round.version = _record("round__version__", invitation.round.version_id, left)
    # As select_related does: an invitation without a draft knows that it has none.
    Invitation._meta.get_field("draft").set_cached_value(invitation, draft if draft_id else None)
    return invitation


def _record(path: str, pk: int | None, left: Iterator[Any]) -> Any:
    """The record at `path`, which takes its own values from those that are left."""
    model, columns = CARRIED[path]
    return model.from_db("default", ["id", *columns], [pk, *(next(left) for _ in columns)])
