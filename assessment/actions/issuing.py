"""Handing out a file of a result: its checksum is kept, so that anybody can ask later whether it came from here."""

import hashlib

from django.conf import settings

from assessment.models import IssuedFile, Snapshot


def issue(*, snapshot: Snapshot, kind: IssuedFile.Kind, data: bytes) -> None:
    """Note that these bytes leave; a file that was handed out before changes nothing."""
    issued = IssuedFile(
        snapshot=snapshot,
        kind=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        software_version=settings.SOFTWARE_VERSION,
    )
    IssuedFile.objects.bulk_create([issued], ignore_conflicts=True)
