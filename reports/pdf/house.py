"""The house style of whoever runs the product, as far as a PDF shows it: its logo, and colours made of its own."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from reports.charts.palette import BRAND_DARK, tint

PICTURES = (".png", ".jpg", ".jpeg")
NET = tint(BRAND_DARK, 0.6)


def logo_file() -> str:
    """The logo as a file that a PDF can hold; empty without one. A drawing (SVG) is for pages only."""
    name = settings.ORGANISATION_LOGO
    found = finders.find(name) if Path(name).suffix.lower() in PICTURES else None
    return str(found or "")
