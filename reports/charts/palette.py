"""The colours of charts and reports: one accent, the rest ink and paper; the same values as in static/site.css.

The accent is a setting, made darker where it would not stand out from paper. Every colour of text passes WCAG AA on
every ground (tests/reports/test_charts.py).
"""

from django.conf import settings
from reportlab.lib.colors import Color, HexColor, white

_ENOUGH = 5.5  # WCAG AA asks 4.5 to 1 on white; the rest is for grounds with a tint


def tint(color: Color, share: float) -> Color:
    """So much of a colour on white paper; 1 is the colour itself."""
    return Color(*(1 - share * (1 - part) for part in color.rgb()))


def shade(color: Color, share: float) -> Color:
    """A colour with so much black in it."""
    return Color(*(part * (1 - share) for part in color.rgb()))


def luminance(color: Color) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.rgb()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def readable(color: Color) -> Color:
    """The colour, or the lightest shade of it that stands out from paper."""
    for step in range(100):
        shaded = shade(color, step / 100)
        if 1.05 / (luminance(shaded) + 0.05) >= _ENOUGH:
            return shaded
    return shade(color, 1)


INK = HexColor(0x1C2B3A)
MUTED = HexColor(0x4A5866)
LINE = HexColor(0x8594A3)
HAIR = HexColor(0xD9E0E7)
SOFT = HexColor(0xF4F7FA)
BRAND = readable(HexColor(settings.ORGANISATION_COLOUR))
BRAND_DARK = shade(BRAND, 0.3)
BRAND_SOFT = tint(BRAND, 0.09)
WARN = HexColor(0x7A4B00)
WARN_SOFT = HexColor(0xFFF8E6)
PAPER = white

# Five steps of one colour, in order of lightness: they are told apart in black and white, and none looks better.
STEPS = (tint(BRAND, 0.05), tint(BRAND, 0.18), tint(BRAND, 0.38), BRAND, BRAND_DARK)
ON_STEPS = (INK, INK, INK, PAPER, PAPER)  # the colour of words on each of them
