"""The page where a member asks for the invitation again, as a code for the projector."""

from typing import NamedTuple

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


class Code(NamedTuple):
    """The address in full, as people type it, and as a QR code that may stand in the page."""

    address: str
    typed: str
    qr: SafeString


def lost_link_code() -> Code:
    """SVG with attributes only, no style and no script, as the content security policy wants it."""
    address = settings.BASE_URL.rstrip("/") + reverse("filling:resend")
    drawn = segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=True
    )
    return Code(address, address.partition("://")[2].rstrip("/"), mark_safe(drawn))  # noqa: S308
