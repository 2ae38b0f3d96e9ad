"""Cut the typeface to what pages and reports need: `python -m scripts.make_fonts` (with Debian's fonts-lato).

static/fonts/README.md says what comes out and why it has another name inside.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/truetype/lato")
TARGET = Path("static/fonts")
FAMILY = "Regiospiegel Sans"

EUROPEAN = "U+20-7E,U+A0-FF,U+152-153,U+160-161,U+178,U+17D-17E"
PAGE = f"{EUROPEAN},U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+20AC,U+2190-2193,U+2212"
PDF = (
    "U+20-7E,U+A0-24F,U+1E00-1EFF,U+2000-2010,U+2012-2022,U+2026,U+202F-2030,U+2032-2034,U+2039-203A,"
    "U+203C-203E,U+2044,U+205E-205F,U+20A0-20BF,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)


def main() -> None:
    for style in ("Regular", "Bold", "Italic"):
        cut(style, PDF, TARGET / f"lato-{style.lower()}.ttf", features=[])  # reportlab does no layout
    for style in ("Regular", "Bold"):
        cut(style, PAGE, TARGET / f"lato-{style.lower()}.woff2", features=["kern"])


def cut(style: str, ranges: str, target: Path, *, features: list[str]) -> None:
    """One file with the characters of `ranges`, under the name that the licence allows."""
    options = subset.Options(
        flavor=target.suffix[1:] if target.suffix == ".woff2" else None,
        hinting=False,
        name_IDs=["*"],
        layout_features=features,
        # The same input gives the same file.
        recalc_timestamp=False,
    )
    font = TTFont(SOURCE / f"Lato-{style}.ttf", recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(ranges))
    subsetter.subset(font)
    rename(font, style)
    subset.save_font(font, target, options)
    print(f"{target}: {target.stat().st_size} bytes")


def rename(font: TTFont, style: str) -> None:
    names = {
        1: FAMILY,
        3: f"Regiospiegel;{FAMILY};{style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        10: "A subset of a typeface by Lukasz Dziedzic, under another name as its licence asks.",
    }
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


if __name__ == "__main__":
    main()
