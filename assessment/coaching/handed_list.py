"""A list between its preview and its confirmation: in the page itself, signed, and nowhere else.

Neither session, cache nor database holds it, so a list that nobody confirms leaves nothing behind.
"""

from typing import NamedTuple

from django.core import signing

from assessment.actions.member_rows import GivenList, read_members
from assessment.models import Forum, User

MINUTES = 60  # after which a preview is shown anew before it can be applied


class HandedList(NamedTuple):
    """The list of a preview, the fingerprint of the plan that was shown, and whether that is long ago."""

    given: GivenList
    fingerprint: str
    is_stale: bool


def wrap(given: GivenList, fingerprint: str, *, forum: Forum, user: User) -> str:
    """The list as a hidden field of this user's page of this forum."""
    content = [given.table, given.ignored, given.has_party, fingerprint]
    return signing.dumps(content, salt=_salt(forum, user), compress=True)


def unwrap(field: str, *, forum: Forum, user: User) -> HandedList | None:
    """The list of a hidden field, None when it is not one that we gave this user for this forum."""
    salt = _salt(forum, user)
    try:
        table, ignored, has_party, fingerprint = signing.loads(field, salt=salt)
    except signing.BadSignature:
        return None
    try:
        signing.loads(field, salt=salt, max_age=MINUTES * 60)
        is_stale = False
    except signing.SignatureExpired:
        is_stale = True
    given = read_members(table)._replace(ignored=ignored, has_party=has_party)
    return HandedList(given, fingerprint, is_stale)


def _salt(forum: Forum, user: User) -> str:
    return f"members.{forum.pk}.{user.pk}"
