"""Forums themselves: made, changed, archived and taken back by a programme manager; never deleted."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from assessment.actions.holding import hold_forum
from assessment.actions.refusals import RefusedError
from assessment.models import Forum, Region, Round, User


class ForumError(RefusedError):
    """A change of a forum that would break a rule."""


@transaction.atomic
def add_forum(
    *,
    by: User,
    name: str,
    article: str,
    kind: str,
    rhythm: str = "",
    regions: Collection[Region] = (),
    coaches: Collection[User] = (),
    has_benchmark_consent: bool = False,
) -> Forum:
    """A forum without seats; its address is made from the name. Raises ForumError.

    What a demo account makes belongs to the demo, and can have the fictional municipalities of the demo.
    """
    _check_name(name)
    forum = Forum(name=name, article=article, kind=kind, rhythm=rhythm, is_demo=by.is_demo)
    forum.has_benchmark_consent = has_benchmark_consent
    forum.slug = _free_slug(name)
    try:
        with transaction.atomic():
            forum.save()
    except IntegrityError:  # somebody made the same forum in this moment
        raise ForumError("forum.name.taken", "name") from None
    forum.regions.set(regions)
    forum.coaches.set(coaches)
    return forum


@transaction.atomic
def change_forum(
    *,
    forum: Forum,
    name: str,
    article: str,
    kind: str,
    rhythm: str,
    regions: Collection[Region],
    coaches: Collection[User],
    has_benchmark_consent: bool,
) -> None:
    """Change what a forum is called and who coaches it; its address stays, since mails hold it. Raises ForumError."""
    forum = hold_forum(forum)
    _check_name(name, beside=forum)
    forum.name, forum.article, forum.kind, forum.rhythm = name, article, kind, rhythm
    forum.has_benchmark_consent = has_benchmark_consent
    forum.save()
    forum.regions.set(regions)
    forum.coaches.set(coaches)


@transaction.atomic
def archive_forum(*, forum: Forum) -> None:
    """Put a forum away: it can be read, and no round is planned any more. Raises ForumError while one is to come."""
    forum = hold_forum(forum)
    if forum.rounds.exclude(state=Round.State.CLOSED).exists():
        raise ForumError("forum.archive.rounds")
    forum.is_archived = True
    forum.save(update_fields=["is_archived"])


@transaction.atomic
def restore_forum(*, forum: Forum) -> None:
    """Take a forum back from the archive. Raises ForumError when another one has its name by now."""
    forum = hold_forum(forum)
    _check_name(forum.name, beside=forum)
    forum.is_archived = False
    forum.save(update_fields=["is_archived"])


def _check_name(name: str, *, beside: Forum | None = None) -> None:
    """Two forums that both run never have the same name: whoever assigns or chooses one goes by it."""
    others = Forum.objects.filter(is_archived=False, name__iexact=name)
    if beside is not None:
        others = others.exclude(pk=beside.pk)
    if others.exists():
        raise ForumError("forum.name.taken", "name")


def _free_slug(name: str) -> str:
    """The name as part of an address, with a number behind it when another forum has that already."""
    stem = slugify(name)[:70] or "forum"
    taken = set(Forum.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
