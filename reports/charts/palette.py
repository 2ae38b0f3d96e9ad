"""The colours of charts and reports: one accent, the rest ink and paper; the same values as in static/site.css.

Every colour of text passes WCAG AA on every ground (tests/reports/test_charts.py).
"""

from reportlab.lib.colors import Color, HexColor, white

INK = HexColor(0x1C2B3A)
MUTED = HexColor(0x4A5866)
LINE = HexColor(0x8594A3)
HAIR = HexColor(0xD9E0E7)
SOFT = HexColor(0xF4F7FA)
BRAND = HexColor(0x0B4F9E)
BRAND_DARK = HexColor(0x08376F)
BRAND_SOFT = HexColor(0xE8F1FB)
WARN = HexColor(0x7A4B00)
WARN_SOFT = HexColor(0xFFF8E6)
PAPER = white


def tint(color: Color, share: float) -> Color:
    """So much of a colour on white paper; 1 is the colour itself."""
    return Color(*(1 - share * (1 - part) for part in color.rgb()))


# Five steps of one colour, in order of lightness: they are told apart in black and white, and none looks better.
STEPS = (tint(BRAND, 0.05), tint(BRAND, 0.18), tint(BRAND, 0.38), BRAND, BRAND_DARK)
ON_STEPS = (INK, INK, INK, PAPER, PAPER)  # the colour of words on each of them
