"""What a child of a batch does: one report at a time, from the database to its bytes, writing nothing.

A child unpickles this module before Django is set up, hence no model is imported at the top.
"""

import multiprocessing
import os
import signal
import threading
from typing import NamedTuple

import django
from django.db import connection
from django.utils import translation


class Made(NamedTuple):
    """A report as it is handed back; `name` has no extension."""

    name: str
    data: bytes


def prepare(database: str) -> None:
    """Begin as `manage.py` does, on the database of the parent, and end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the children too; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    connection.settings_dict["NAME"] = database


def make_report(snapshot_id: int, language: str) -> Made:
    """What a single download would be, with its name."""
    from assessment.models import Snapshot
    from reports.build import build_report
    from reports.downloads import name_of
    from reports.pdf.forum import forum_pdf  # loads reportlab: in the children only

    known = Snapshot.objects.select_related("round__forum", "round__track", "round__version")
    snapshot = known.get(pk=snapshot_id)
    with translation.override(language):
        return Made(name_of(snapshot), forum_pdf(build_report(snapshot, language=language)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
