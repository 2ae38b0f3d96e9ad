"""The colours of charts and reports: one accent, the rest ink and paper; the same values as in static/site.css.

Every colour of text passes WCAG AA on every ground (tests/reports/test_charts.py).
"""

from reportlab.lib.colors import HexColor, white

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
