"""What the organisation fills in: the values of the privacy notice and of the accessibility statement.

A setting that is still empty reads as "(…: nog in te vullen)", so that an installation nobody configured makes no
promise in anybody's name.
"""

import datetime
from typing import Any

from django.conf import settings
from django.template.defaultfilters import date as date_in_words

from questionnaires.texts import text

# Placeholder of the privacy notice -> the setting that fills it.
FILLED_IN_BY_ORGANISATION = {
    "controller": "CONTROLLER",
    "address": "CONTROLLER_ADDRESS",
    "dpo_email": "DPO_EMAIL",
    "legal_basis": "LEGAL_BASIS",
    "host": "HOSTING_PROVIDER",
    "mail_provider": "MAIL_PROVIDER",
    "supervisor": "SUPERVISOR",
    "supervisor_url": "SUPERVISOR_URL",
}


def privacy_values() -> dict[str, Any]:
    """The placeholders of `privacy.*`, in the active language."""
    filled_in = {
        name: getattr(settings, setting) or _gap(name) for name, setting in FILLED_IN_BY_ORGANISATION.items()
    }
    return filled_in | _periods() | {"date": in_full(settings.PRIVACY_VERSION_ON)}


def is_privacy_complete() -> bool:
    """Whether the organisation filled in everything that the privacy notice names."""
    return all(getattr(settings, setting) for setting in FILLED_IN_BY_ORGANISATION.values())


def accessibility_values() -> dict[str, Any]:
    """The placeholders of `a11y.body`, in the active language."""
    return {
        "controller": settings.CONTROLLER or _gap("controller"),
        "compliance": text(f"a11y.status.{settings.ACCESSIBILITY_STATUS}"),
        "list_noncompliant": settings.ACCESSIBILITY_FAULTS or text("a11y.unexamined"),
        "list_burden": text("a11y.none"),
        "list_outside": text("a11y.none"),
        "examiner": settings.ACCESSIBILITY_EXAMINER or text("a11y.examiner"),
        "prepared_on": in_full(settings.ACCESSIBILITY_PREPARED_ON),
        "reviewed_on": in_full(settings.ACCESSIBILITY_REVIEWED_ON),
        "accessibility_email": settings.ACCESSIBILITY_EMAIL,
        "days": settings.ACCESSIBILITY_ANSWER_DAYS,
        "complaints_body": settings.COMPLAINTS_BODY or _gap("complaints_body"),
        "complaints_url": settings.COMPLAINTS_URL or _gap("complaints_url"),
    }


def in_full(iso_date: str) -> str:
    """ "2026-03-03" as "dinsdag 3 maart 2026"."""
    return date_in_words(datetime.date.fromisoformat(iso_date), "l j F Y")


def in_months(count: int) -> str:
    """A retention period in words: whole years as years from two years on."""
    if count >= 24 and count % 12 == 0:
        return text("privacy.period.years", n=count // 12, count=count // 12)
    return text("privacy.period.months", n=count, count=count)


def _gap(what: str) -> str:
    return text(f"privacy.gap.{what}")


def _periods() -> dict[str, str]:
    months = {name: in_months(count) for name, count in settings.KEEP_MONTHS.items()}
    days = {name: text("privacy.period.days", n=n, count=n) for name, n in settings.KEEP_DAYS.items()}

    def after_closing(period: str) -> str:
        return text("privacy.period.after_closing", period=period)

    return {
        "keep_members": text("privacy.period.members", period=months["members"], invitations=months["mails"]),
        "keep_responses": after_closing(months["responses"]),
        "keep_results": after_closing(months["results"]),
        "keep_mails": after_closing(months["mails"]),
        "keep_trail": months["trail"],
        "keep_logs": days["logs"],
        "keep_backups": days["backups"],
    }
