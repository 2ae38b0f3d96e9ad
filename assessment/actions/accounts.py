"""Accounts of staff: inviting, changing, ending access. Made and changed by a programme manager, never deleted.

Every function that could leave the programme without somebody to manage it holds the rows of all programme managers
first, in the order of their keys, so that two of them never take each other's rights at once.
"""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.access import forums_for
from assessment.actions.batching import erase_batches
from assessment.actions.refusals import RefusedError
from assessment.models import Batch, Forum, User
from assessment.tasks import queue_activation


class AccountError(RefusedError):
    """A change of an account that would break a rule."""


@transaction.atomic
def invite(*, by: User, name: str, email: str, phone: str, kind: str, forums: Collection[Forum] = ()) -> User:
    """Make an account without a password, and have the link to choose one mailed. Raises AccountError."""
    _check_address(email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, name=name, phone=phone, kind=kind, invited_at=timezone.now()
            )
    except IntegrityError:
        raise AccountError("manage.users.known", "email") from None
    _assign(user, forums, by)
    queue_activation(user)
    return user


@transaction.atomic
def invite_again(*, user: User) -> None:
    """Mail a new link to somebody who has not begun; the links before it end. Raises AccountError."""
    user = _held(user)
    if user.has_begun or not user.is_active:
        raise AccountError("form.error.changed")
    user.set_unusable_password()
    user.invited_at, user.mail_fault = timezone.now(), ""
    user.save()
    queue_activation(user)


@transaction.atomic
def change_account(
    *, user: User, by: User, name: str, email: str, phone: str, kind: str, forums: Collection[Forum]
) -> bool:
    """Change details, kind and forums; a forum that `by` does not see stays as it is. Raises AccountError.

    Whoever was invited at another address and has not begun gets a new link; who signs in at the organisation is
    recognised there by the new address, once. Returns whether the address is
    another one than before, so that the old one can be told.
    """
    managers = _held_managers()
    user = _held(user)
    if kind != user.kind:
        _check_not_self(user, by)
        if user.is_programme_manager:
            _check_somebody_stays(user, managers)
    if is_other := email.casefold() != user.email.casefold():
        _check_address(email)
        SocialAccount.objects.filter(user=user).delete()
    user.name, user.email, user.phone, user.kind = name, email.strip().lower(), phone, kind
    user.save()
    _assign(user, forums, by)
    if is_other and user.is_active and not user.has_begun:
        invite_again(user=user)
    return is_other


@transaction.atomic
def end_access(*, user: User, by: User) -> None:
    """Sign somebody out everywhere, for good until access is given back. Raises AccountError."""
    managers = _held_managers()
    user = _held(user)
    _check_not_self(user, by)
    if user.is_programme_manager:
        _check_somebody_stays(user, managers)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.browsers.all().delete()
    erase_batches(Batch.objects.filter(user=user))
    SocialAccount.objects.filter(user=user).delete()


@transaction.atomic
def bind_elsewhere(*, user: User, provider: str, uid: str) -> None:
    """Let the account go by what the provider calls somebody; whoever is bound already stays so."""
    user = _held(user)
    if user.is_active and not SocialAccount.objects.filter(user=user, provider=provider).exists():
        SocialAccount.objects.get_or_create(provider=provider, uid=uid, defaults={"user": user})


@transaction.atomic
def restore_access(*, user: User) -> None:
    """Let somebody sign in again, with the same password and second step."""
    user = _held(user)
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def reset_second_step(*, user: User, by: User) -> None:
    """Take app, passkeys and codes away from somebody who lost them, and sign them out. Raises AccountError.

    Nobody does this for themselves: the own account page asks for the second step first.
    """
    user = _held(user)
    _check_not_self(user, by)
    for authenticator in Authenticator.objects.filter(user=user).order_by("pk"):
        authenticator.delete()
        authenticator_removed.send(sender=Authenticator, request=None, user=user, authenticator=authenticator)
    user.browsers.all().delete()


def _held(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _held_managers() -> list[User]:
    """Everybody who can manage the programme today; demo accounts cannot outside the demo."""
    managers = User.objects.select_for_update(no_key=True).filter(
        kind=User.Kind.PROGRAMME_MANAGER, is_active=True
    )
    return [each for each in managers.order_by("pk") if settings.DEMO or not each.is_demo]


def _check_not_self(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise AccountError("manage.users.self", "kind")


def _check_somebody_stays(user: User, managers: Collection[User]) -> None:
    if all(each.pk == user.pk for each in managers):
        raise AccountError("manage.users.last", "kind")


def _check_address(email: str) -> None:
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AccountError("manage.users.known", "email")


def _assign(user: User, forums: Collection[Forum], by: User) -> None:
    """Coach of these forums and no others; from the side of the forum, where the audit trail looks."""
    present, wanted = set(forums_for(by).filter(coaches=user)), set(forums)
    for forum in sorted(present ^ wanted, key=lambda each: each.pk):
        change = forum.coaches.add if forum in wanted else forum.coaches.remove
        change(user)
