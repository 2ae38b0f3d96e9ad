"""Accounts of staff: who has one, inviting, changing, ending access; for programme managers."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import forums_for, users_for
from assessment.actions import accounts
from assessment.actions.refusals import RefusedError
from assessment.coaching.accounts import tell_owner
from assessment.coaching.forms.users import FindUserForm, UserForm
from assessment.coaching.second_step import KEYS, has_second_step
from assessment.coaching.views.guards import StaffRequest, manager_page, user_of
from assessment.models import User
from questionnaires.texts import text

ROWS = 20  # of a page
DETAILS = ("name", "email", "phone", "kind")
ORDERS = {
    "naam": (Lower("name"), "pk"),
    "soort": ("kind", Lower("name"), "pk"),
    "aangemeld": ("-last_login", Lower("name"), "pk"),
}


@manager_page("GET")
def index(request: StaffRequest) -> HttpResponse:
    """Everybody with an account; found by name or address, in an order of choice."""
    form = FindUserForm(request.GET)
    words = form.asked("zoek")
    found = _listed(request.user)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    found = found.order_by(*ORDERS[form.asked("volgorde") or "naam"])
    page = Paginator(found, ROWS).get_page(request.GET.get("pagina"))
    context = {"form": form, "page": page, "users": page.object_list}
    return render(request, "coaching/users.html", context)


@manager_page("GET", "POST")
def invite(request: StaffRequest) -> HttpResponse:
    form = UserForm(request.POST or None, by=request.user, initial={"kind": User.Kind.COACH})
    if form.is_valid():
        try:
            user = accounts.invite(by=request.user, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            messages.success(request, text("manage.users.invited", name=user.name))
            return redirect("coaching:users")
    return render(request, "coaching/user_invite.html", {"form": form})


@manager_page("GET", "POST")
def change(request: StaffRequest, user: int) -> HttpResponse:
    """Details, kind and forums; the old address hears of a new one."""
    found = user_of(request.user, user)
    form = UserForm(request.POST or None, by=request.user, user=found, initial=_present(request.user, found))
    if form.is_valid():
        try:
            is_other = accounts.change_account(user=found, by=request.user, **form.cleaned_data)
        except RefusedError as error:
            form.add_refusal(error)
        else:
            if is_other and found.has_begun:
                tell_owner(found)
            messages.success(request, text("msg.saved"))
            return redirect("coaching:users")
    context = {"account": found, "form": form, "has_second_step": has_second_step(found)}
    return render(request, "coaching/user.html", context)


@manager_page("POST")
def invite_again(request: StaffRequest, user: int) -> HttpResponse:
    found = user_of(request.user, user)
    _attempt(request, found, "manage.users.invited", lambda: accounts.invite_again(user=found))
    return redirect("coaching:user", found.pk)


@manager_page("GET", "POST")
def end_access(request: StaffRequest, user: int) -> HttpResponse:
    """Asked first, with the forums that nobody else coaches."""
    found, by = user_of(request.user, user), request.user
    if request.method == "POST":
        _attempt(request, found, "manage.users.ended", lambda: accounts.end_access(user=found, by=by))
        return redirect("coaching:user", found.pk)
    return render(request, "coaching/user_end.html", {"account": found, "alone": _coached_alone(by, found)})


@manager_page("POST")
def restore_access(request: StaffRequest, user: int) -> HttpResponse:
    found = user_of(request.user, user)
    _attempt(request, found, "manage.users.restored", lambda: accounts.restore_access(user=found))
    return redirect("coaching:user", found.pk)


@manager_page("GET", "POST")
@reauthentication_required(app="allauth.mfa")
def reset_second_step(request: StaffRequest, user: int) -> HttpResponse:
    """For somebody who lost the phone; whoever does it confirms first who they are themselves."""
    found, by = user_of(request.user, user), request.user
    if request.method == "POST":
        if _attempt(
            request, found, "manage.users.reset", lambda: accounts.reset_second_step(user=found, by=by)
        ):
            tell_owner(found)
        return redirect("coaching:user", found.pk)
    return render(request, "coaching/user_reset.html", {"account": found})


def _listed(by: User) -> QuerySet[User]:
    keys = Authenticator.objects.filter(user=OuterRef("pk"), type__in=KEYS)
    forums = Prefetch("forums", forums_for(by).filter(is_archived=False), to_attr="coached")
    return users_for(by).annotate(has_second_step=Exists(keys)).prefetch_related(forums)


def _coached_alone(by: User, user: User) -> list[str]:
    """The names of forums that would be left without an active coach."""
    others = User.objects.filter(is_active=True, forums=OuterRef("pk")).exclude(pk=user.pk)
    mine = forums_for(by).filter(coaches=user, is_archived=False)
    return list(mine.exclude(Exists(others)).values_list("name", flat=True))


def _present(by: User, user: User) -> dict[str, object]:
    return {name: getattr(user, name) for name in DETAILS} | {"forums": forums_for(by).filter(coaches=user)}


def _attempt(request: StaffRequest, user: User, key: str, act: Callable[[], None]) -> bool:
    """Do it, and say so or say why not. Returns whether it was done."""
    try:
        act()
    except RefusedError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, text(key, name=user.name))
    return True
