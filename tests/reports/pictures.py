"""Pages of reports as pictures: drawn anew by pdftoppm, and beside them the references that were looked at.

    .venv/bin/python -m tests.reports.pictures

makes the references anew. Look at them before committing: a picture says how a page looks, not that it looks well.
"""

import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

REFERENCES = Path(__file__).parent / "references"
DIFFERENCES = Path(__file__).parents[2] / "var" / "tests" / "pictures"
DOTS = 50  # per inch: words are grey bars, and another rasteriser draws nearly the same
BLOCK = 12  # dots; about half a line of text is this high
MOST = 20  # of 255, mean of a block: letters drawn a little differently stay below, a moved word does not


def drawn(data: bytes, page: int) -> Image.Image:
    """A page of a PDF in grey, the first one is 1."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        file.write_bytes(data)
        command = ["pdftoppm", "-r", str(DOTS), "-f", str(page), "-l", str(page), "-gray", "-singlefile"]
        subprocess.run([*command, "-png", str(file), str(file.with_suffix(""))], check=True)
        return Image.open(file.with_suffix(".png")).convert("L").copy()


def furthest(one: Image.Image, other: Image.Image) -> float:
    """How different the two most different blocks in the same place are, 0 to 255; 255 for another size of page."""
    if one.size != other.size:
        return 255.0
    first, second = (_blocks(each) for each in (one, other))
    return float(np.abs(first - second).max())


def _blocks(picture: Image.Image) -> np.ndarray:
    """The mean of each block."""
    values = np.asarray(picture, dtype=float)
    rows, columns = (size // BLOCK for size in values.shape)
    whole = values[: rows * BLOCK, : columns * BLOCK]
    return whole.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))


def keep_difference(name: str, one: Image.Image, other: Image.Image) -> Path:
    """Reference, page and what differs beside each other, for whoever looks into a failure."""
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    sheet = Image.new("L", (3 * one.width, max(one.height, other.height)), 255)
    differs = ImageChops.invert(ImageChops.difference(one, other.resize(one.size)))
    for place, each in enumerate((one, other, differs)):
        sheet.paste(each, (place * one.width, 0))
    path = DIFFERENCES / f"{name}.png"
    sheet.save(path)
    return path


def renew() -> None:
    """The references, made of the pages as they are now."""
    from tests.reports.test_pictures import PAGES, page_of

    REFERENCES.mkdir(exist_ok=True)
    for name in PAGES:
        page_of(name).quantize(16).save(REFERENCES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    renew()
