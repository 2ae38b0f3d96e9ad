"""The colours of charts and reports: one accent, the rest ink and paper; the same values as in static/site.css and
config/house.py.

The accent is a setting, made darker where it would not stand out from paper. Every colour of text passes WCAG AA on
every ground (tests/reports/test_charts.py).
"""

from django.conf import settings
from reportlab.lib.colors import Color, HexColor, white

from reports.charts import colours


def tint(color: Color, share: float) -> Color:
    """So much of a colour on white paper; 1 is the colour itself."""
    return Color(*colours.tint(color.rgb(), share))


def shade(color: Color, share: float) -> Color:
    """A colour with so much black in it."""
    return Color(*colours.shade(color.rgb(), share))


def luminance(color: Color) -> float:
    """WCAG 2.2, relative luminance."""
    return colours.luminance(color.rgb())


def readable(color: Color) -> Color:
    """The colour, or the lightest shade of it that stands out from paper."""
    return Color(*colours.readable(color.rgb()))


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


def steps_of(color: Color) -> tuple[Color, ...]:
    """Five steps of one colour, in order of lightness: they are told apart in black and white, and none looks better.

    Three light ones for dark words and two dark ones for white words, of which the first is as light as those allow.
    """
    tints = (tint(color, share / 100) for share in range(78, 101))
    fourth = next(each for each in tints if 1.05 / (luminance(each) + 0.05) >= 4.5)
    return tint(color, 0.03), tint(color, 0.2), tint(color, 0.42), fourth, shade(color, 0.5)


STEPS = steps_of(BRAND)
ON_STEPS = (INK, INK, INK, PAPER, PAPER)  # the colour of words on each of them
