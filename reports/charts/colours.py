"""The arithmetic of colours, on parts of red, green and blue from 0 to 1; pages, charts and PDF share it.

Without the library that draws, so that a page can have the house colour without loading it.
"""

Parts = tuple[float, float, float]

_ENOUGH = 5.5  # WCAG AA asks 4.5 to 1 on white; the rest is for grounds with a tint


def parts_of(name: str) -> Parts:
    """The parts of a colour that is written as `#rrggbb`. ValueError for anything else."""
    digits = name.removeprefix("#")
    if len(digits) != 6 or len(name) != 7:
        raise ValueError(f"not a colour: {name}")
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def name_of(parts: Parts) -> str:
    """The colour as `#rrggbb`, each part rounded down: never lighter than what was computed."""
    return "#" + "".join(f"{int(part * 255 + 1e-9):02x}" for part in parts)


def tint(parts: Parts, share: float) -> Parts:
    """So much of a colour on white paper; 1 is the colour itself."""
    red, green, blue = (1 - share * (1 - part) for part in parts)
    return red, green, blue


def shade(parts: Parts, share: float) -> Parts:
    """A colour with so much black in it."""
    red, green, blue = (part * (1 - share) for part in parts)
    return red, green, blue


def luminance(parts: Parts) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(parts: Parts) -> Parts:
    """The colour, or the lightest shade of it that stands out from paper."""
    for step in range(100):
        shaded = shade(parts, step / 100)
        if 1.05 / (luminance(shaded) + 0.05) >= _ENOUGH:
            return shaded
    return shade(parts, 1)
