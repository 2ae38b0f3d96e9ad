"""Entries of the audit trail in words: who did what, and what changed from what to what, without any number.

The trail itself is written by assessment/audit.py; what it must never hold is kept out there.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from auditlog.models import LogEntry
from django.utils import timezone
from django.utils.formats import date_format

from assessment.models import Forum
from questionnaires.texts import capital, lower, text

# What is chosen on the page -> the models it is about.
KINDS = {
    "forums": ("forum", "seat"),
    "members": ("member",),
    "rounds": ("round", "track"),
    "sessions": ("session", "commitment", "grouplevel", "theme", "quote", "sharedreport", "calendarlink"),
    "agreements": ("target", "priority", "action", "breakthrough"),
    "versions": ("questionnaireversion",),
    "benchmark": ("benchmark",),
    "users": ("user",),
}
MODELS = [model for models in KINDS.values() for model in models]
ACTIONS = {
    LogEntry.Action.CREATE: "create",
    LogEntry.Action.UPDATE: "update",
    LogEntry.Action.DELETE: "delete",
}
# Numbers, what another field says better, and what stands beside the entry already.
HIDDEN = {
    "id", "slug", "forum", "track", "round", "order", "is_demo", "opened_at", "closed_at", "document", "action",
    "place", "added_on", "coach", "generation", "made_on",
}  # fmt: skip
# That these changed is told, not from what to what.
UNTOLD = {
    "message", "checksum", "password", "evidence", "theme", "method", "reason", "partners", "result",
}  # fmt: skip
NOTHING = (None, "", "None")


class Told(NamedTuple):
    """An entry as the page shows it; `forum` is empty where there is none (any more)."""

    moment: datetime.datetime
    who: str
    what: str
    forum: str
    changes: list[str]


def told(entries: Iterable[LogEntry]) -> list[Told]:
    """Entries in words, in the active language; the names of their forums in one query."""
    entries = list(entries)
    numbers = {entry.additional_data["forum"] for entry in entries if entry.additional_data}
    forums = dict(Forum.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [_told(entry, forums) for entry in entries]


def _told(entry: LogEntry, forums: dict[int, str]) -> Told:
    model = entry.content_type.model
    return Told(
        timezone.localtime(entry.timestamp),
        _who(entry),
        text(f"manage.log.{model}.{ACTIONS[entry.action]}", what=_name(entry, model)),
        "" if model == "forum" else forums.get((entry.additional_data or {}).get("forum", 0), ""),
        [capital(words) for words in _changes(entry, model)],
    )


def _who(entry: LogEntry) -> str:
    return entry.actor.name if entry.actor else text("manage.log.who.automatic")


def _name(entry: LogEntry, model: str) -> str:
    """What the row was called then; a round by its kind, since the forum stands beside it."""
    if model == "round":
        return lower(text(f"round.kind.{entry.object_repr.rpartition(', ')[2]}"))
    if model in ("grouplevel", "target", "priority"):
        return entry.object_repr.rpartition(", ")[2]
    if model == "benchmark":
        questionnaire, _, kind = entry.object_repr.rpartition(", ")
        return f"{lower(text(f'round.kind.{kind}'))}, {questionnaire}"
    if model == "session":
        return _day_of_session(entry.object_repr)
    return entry.object_repr or text("manage.log.erased")


def _changes(entry: LogEntry, model: str) -> Iterator[str]:
    changes = entry.changes or {}
    for field in sorted(changes, key=lambda name: _place(entry, name)):
        if field in HIDDEN:
            continue
        change = changes[field]
        name = text(f"manage.log.field.{field}")
        if isinstance(change, dict):
            names = ", ".join(change["objects"])
            yield text(f"manage.log.change.{change['operation']}", field=name, names=names)
        elif field in UNTOLD:
            if entry.action == LogEntry.Action.UPDATE:
                yield text("manage.log.change.changed", field=name)
        else:
            before, after = (_in_words(model, field, value) for value in change)
            yield from _changed(name, before, after, is_gone=entry.action == LogEntry.Action.DELETE)


def _place(entry: LogEntry, field: str) -> tuple[int, str]:
    """In the order of the model; what is no column of it comes last."""
    names = [each.name for each in entry.content_type.model_class()._meta.fields]
    return (names.index(field) if field in names else len(names), field)


def _changed(name: str, before: str, after: str, *, is_gone: bool) -> Iterator[str]:
    """One sentence, none where nothing can be told; of what was deleted only how it was."""
    if before and after:
        yield text("manage.log.change.moved", field=name, before=before, after=after)
    elif after or (before and is_gone):
        yield text("manage.log.change.set", field=name, after=after or before)
    elif before:
        yield text("manage.log.change.cleared", field=name, before=before)


def _in_words(model: str, field: str, value: Any) -> str:
    """A stored value as people say it; empty for nothing."""
    if value in NOTHING:
        return ""
    return WORDS.get((model, field), WORDS.get(("", field), str))(str(value))


def _key(prefix: str) -> Callable[[str], str]:
    return lambda value: lower(text(f"{prefix}.{value}"))


def _day(value: str) -> str:
    return date_format(datetime.date.fromisoformat(value[:10]), "j F Y")


def _moment(value: str) -> str:
    """A time as the trail stores it, in UTC, without saying so."""
    moment = datetime.datetime.fromisoformat(value[:19]).replace(tzinfo=datetime.UTC)
    return date_format(timezone.localtime(moment), "j F Y, G.i")


def _day_of_session(words: str) -> str:
    """By its day, since the forum stands beside it."""
    return _day(words.rpartition(", ")[2])


def _yes_or_no(value: str) -> str:
    return text("manage.log.yes" if value == "True" else "manage.log.no")


WORDS: dict[tuple[str, str], Callable[[str], str]] = {
    ("forum", "kind"): _key("forum.kind"),
    ("member", "kind"): _key("member.kind"),
    ("round", "kind"): _key("round.kind"),
    ("benchmark", "kind"): _key("round.kind"),
    ("user", "kind"): _key("user.kind"),
    ("round", "state"): _key("manage.log.state"),
    ("action", "status"): _key("action.status"),
    ("action", "block"): _key("track.block"),
    ("breakthrough", "decision"): _key("action.breakthrough.decision"),
    ("questionnaireversion", "state"): _key("questionnaire.state"),
    ("", "language"): lambda code: text(f"member.language.{code}"),
    ("commitment", "session"): _day_of_session,
    **{("session", name): _moment for name in ("starts_at", "ends_at")},
    **{("sharedreport", name): _moment for name in ("shared_at", "updated_at", "ended_at")},
    ("", "second_step"): _key("manage.log.second_step"),
    **{
        ("", name): _yes_or_no
        for name in ("is_active", "is_archived", "has_reminders", "has_benchmark_consent")
    },
    **{
        ("", name): _day
        for name in (
            "active_from",
            "active_until",
            "starts_on",
            "ends_on",
            "opens_on",
            "closes_on",
            "invited_at",
            "frozen_at",
            "chosen_on",
            "replaced_on",
            "decided_on",
            "due_on",
            "evidence_seen_on",
        )
    },
}
