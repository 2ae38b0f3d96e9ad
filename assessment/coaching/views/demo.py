"""The mails of a demo, which go to a folder: how a newcomer without a mail server follows a personal link."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MAILS_SHOWN = 100
SEPARATOR = b"\n" + b"-" * 79 + b"\n"  # what Django's backend writes after each message of a file


class Mail(NamedTuple):
    """What a reader sees of a mail."""

    sent: str
    to: str
    subject: str
    body: str


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails first; outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "coaching/demo_mails.html", {"mails": list(islice(_mails(), MAILS_SHOWN))})


def _mails() -> Iterator[Mail]:
    files = Path(settings.EMAIL_FILE_PATH).glob("*.log")
    for path in sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for written in reversed(path.read_bytes().split(SEPARATOR)):
            if written.strip():
                yield _read(email.message_from_bytes(written, EmailMessage, policy=email.policy.default))


def _read(message: EmailMessage) -> Mail:
    text = message.get_body(preferencelist=("plain",))
    return Mail(
        sent=str(message["Date"]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=text.get_content() if text is not None else "",
    )
