"""Office files are zips of parts: with one given time on each instead of the clock's, equal content is equal bytes."""

import datetime
import io
import zipfile

from django.utils import timezone


def packed(loose: io.BytesIO, moment: datetime.datetime) -> bytes:
    """The same parts in the same order, compressed, each of `moment`."""
    steady_time = timezone.localtime(moment).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(loose) as package, zipfile.ZipFile(out, "w") as steady:
        for name in package.namelist():
            part = zipfile.ZipInfo(name, steady_time)
            part.compress_type = zipfile.ZIP_DEFLATED
            steady.writestr(part, package.read(name))
    return out.getvalue()
