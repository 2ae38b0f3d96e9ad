"""A report being written: flowables for the pages and, with them, the structure tree for the reader."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, FrameBreak, KeepTogether, NextPageTemplate, PageBreak

from reports.pdf.flowables import (
    Callout,
    Caution,
    ContentsEntry,
    CoverText,
    Figure,
    Heading,
    Linked,
    ListItem,
    Logo,
    Quote,
    Rule,
    Text,
    WritingLine,
)
from reports.pdf.structure import Element
from reports.pdf.styles import (
    ASIDE,
    BAND,
    BAND_PADDING,
    BODY,
    CALLOUT,
    CONTENTS_TITLE,
    COVER_PUBLISHER,
    COVER_SUBTITLE,
    COVER_TITLE,
    H2,
    H3,
    H4,
    ITEM,
    LETTER_HEADING,
    LETTER_TITLE,
    LETTERHEAD,
    NOTE_ITEM,
    PAGE_HEIGHT,
    QUOTE,
    TITLE_WIDTH,
    TO_FILL_IN,
)
from reports.pdf.tables import table

SHORT_TABLE = 14  # rows, which fit on a page also when each takes three lines
FEW_NOTES = 8  # below a table, which move to the next page with it
ROOM_FOR_BEGINNING = 150  # points for a heading and the first rows of a long table
# Around a line of the contents; more lines than so many, or those below a band so high, fit only when close.
ROOMY, TIGHT, MOST_ROOMY, HIGH_BAND = 3, 1.5, 15, 230
BULLET = "\u2022"


class Story:
    """Told from first to last: each call adds to the section that was begun last."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.flowables: list[Flowable] = []
        self._section = self.root
        self.has_cover = False
        self._title: tuple[Text, ...] = ()

    def cover(self, *, publisher: str, title: str, subtitle: str, logo: str = "") -> None:
        """Strip and band of the first page; what follows stands in its columns. `logo` is a picture file."""
        self.has_cover = True
        self._section = self.root.add("Sect")
        if logo:
            self._add(Logo(logo, element=self._section.add("Figure", alt=publisher)))
        else:
            self.paragraph(publisher, COVER_PUBLISHER)
        heading = CoverText(title, COVER_TITLE, element=self._section.add("H1"))
        below = CoverText(subtitle, COVER_SUBTITLE, element=self._section.add("P"))
        self._title = heading, below
        self._add(FrameBreak(), *self._title, FrameBreak(), NextPageTemplate("page"))

    def band(self, width: float) -> float:
        """How high the band of the cover is when its title is so wide."""
        heights = [each.wrap(width, PAGE_HEIGHT)[1] for each in self._title]
        return max(BAND, sum(heights) + COVER_TITLE.spaceAfter + 2 * BAND_PADDING)

    def letterhead(self, name: str, *, title: str, key: str) -> None:
        """The top of a document without a cover: whose paper it is, a line, and the main heading."""
        self._section = self.root.add("Sect")
        self.paragraph(name, LETTERHEAD)
        self._add(Rule())
        self._heading(title, LETTER_TITLE, "H1", key=key, level=0)

    def letter_section(self, title: str, *, key: str, style: ParagraphStyle = LETTER_HEADING) -> None:
        """A section of such a document, which runs on."""
        self._section = self.root.add("Sect")
        self._heading(title, style, "H2", key=key, level=0)

    def place_to_write(self, words: str, *, lines: int) -> None:
        """What somebody still has to fill in, and room to do so on paper."""
        self._add(Text(words, TO_FILL_IN, element=self._section.add("P")), *[WritingLine()] * lines)

    def height(self, width: float) -> float:
        """Of what is on the last page so far, in one column: of two spaces between two things the larger one counts."""
        total = space = 0.0
        breaks = [place for place, each in enumerate(self.flowables) if isinstance(each, PageBreak)]
        for flowable in self.flowables[max(breaks, default=-1) + 1 :]:
            total += max(space, flowable.getSpaceBefore()) if total else 0
            total += flowable.wrap(width, PAGE_HEIGHT)[1]
            space = flowable.getSpaceAfter()
        return total

    def column_heading(self, title: str, *, key: str) -> None:
        """A main section that begins in a column of the cover."""
        self._section = self.root.add("Sect")
        self._heading(title, H2, "H2", key=key, level=0)

    def next_column(self) -> None:
        """Goes on in the other column of the cover, with what belongs to no section."""
        self._section = self.root.add("Sect")
        self._add(FrameBreak())

    def contents(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        """A table of contents of (destination, title)."""
        self.paragraph(title, CONTENTS_TITLE)
        contents = self._section.add("TOC")
        is_roomy = len(entries) <= MOST_ROOMY and self.band(TITLE_WIDTH) < HIGH_BAND
        padding = ROOMY if is_roomy else TIGHT
        for key, words in entries:
            link = contents.add("TOCI").add("Reference").add("Link")
            self._add(ContentsEntry(words, element=link, key=key, padding=padding))

    def section(self, title: str, *, key: str, room: float | None = None) -> None:
        """A main section, on a new page; with `room` only where fewer points than that are left on this one."""
        self.new_page(room=room)
        self._section = self.root.add("Sect")
        self._heading(title, H2, "H2", key=key, level=0)

    def subsection(self, title: str, *, key: str) -> None:
        self._heading(title, H3, "H3", key=key, level=1)

    def new_page(self, *, room: float | None = None) -> None:
        """With `room` only where fewer points than that are left on this one."""
        self._add(PageBreak() if room is None else CondPageBreak(room))

    @contextmanager
    def on_one_page(self) -> Iterator[None]:
        """What is told inside moves to the next page as a whole with its heading, unless it is longer than a page."""
        before = self._taken_along()
        begin = len(self.flowables)
        self._add(*before)
        yield
        parts = [
            getattr(each, "_content", [each]) for each in self.flowables[begin:]
        ]  # of groups their members
        self.flowables[begin:] = [KeepTogether([each for part in parts for each in part])]

    def lowest_heading(self, title: str) -> None:
        """A heading inside a subsection, not in the bookmarks."""
        self._add(Text(title, H4, element=self._section.add("H4")))

    def paragraph(self, words: str, style: ParagraphStyle = BODY) -> None:
        self._add(Text(words, style, element=self._section.add("P")))

    def link(self, words: str, *, address: str, style: ParagraphStyle) -> None:
        """A paragraph of its own that leads to a web address; the words should say to which."""
        element = self._section.add("P").add("Link")
        self._add(Linked(words, style, element=element, address=address))

    def callout(self, words: str) -> None:
        self._add(Callout(words, CALLOUT, element=self._section.add("P")))

    def caution(self, words: str) -> None:
        self._add(Caution(words, CALLOUT, element=self._section.add("P")))

    def quote(self, words: str) -> None:
        self._add(Quote(words, QUOTE, element=self._section.add("BlockQuote").add("P")))

    def aside(self, words: str, style: ParagraphStyle = ASIDE) -> None:
        """Words of somebody else than the report, behind a bar as a quote is, and set upright."""
        self._add(Quote(words, style, element=self._section.add("BlockQuote").add("P")))

    def bullets(self, items: Sequence[str], style: ParagraphStyle = ITEM) -> None:
        self._list([BULLET] * len(items), items, style)

    def numbers(self, items: Sequence[str], style: ParagraphStyle = ITEM) -> None:
        self._list([f"{number}." for number in range(1, len(items) + 1)], items, style)

    def figure(self, drawing: Drawing, *, alt: str, is_kept: bool = False) -> None:
        """`is_kept` on one page with what comes next."""
        made = Figure(drawing, element=self._section.add("Figure", alt=alt))
        made.keepWithNext = is_kept
        self._add(made)

    def table(
        self,
        *,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        numeric: Sequence[int] = (),
        marked: Sequence[int] = (),
        ends_in_pair: bool = False,
    ) -> None:
        """A table; a short one moves to the next page as a whole, a long one is split. `marked` rows stand out.

        `ends_in_pair` lets no last row of a long one go alone to a page.
        """
        made = table(
            self._section,
            head=head,
            rows=rows,
            widths=widths,
            numeric=numeric,
            marked=marked,
            ends_in_pair=ends_in_pair,
        )
        before = self._taken_along()
        if len(rows) <= SHORT_TABLE:
            self._add(KeepTogether([*before, made]))
            return
        for each in before:
            each.keepWithNext = 0  # with the whole table it would move to the next page
        self._add(CondPageBreak(ROOM_FOR_BEGINNING), *before, made)

    def table_with_notes(
        self,
        notes: Sequence[str],
        *,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        numeric: Sequence[int] = (),
    ) -> None:
        """A table and what is said of its rows, on one page while that is little."""
        with self.on_one_page() if len(notes) <= FEW_NOTES else nullcontext():
            self.table(head=head, rows=rows, widths=widths, numeric=numeric)
            self.bullets(notes, NOTE_ITEM)

    def _taken_along(self) -> list[Flowable]:
        """Headings and the like that lead to what comes next: reportlab keeps them with anything but a group."""
        taken: list[Flowable] = []
        while self.flowables and self.flowables[-1].getKeepWithNext():
            taken.insert(0, self.flowables.pop())
        return taken

    def _heading(self, title: str, style: ParagraphStyle, tag: str, *, key: str, level: int) -> None:
        self._add(Heading(title, style, element=self._section.add(tag), key=key, level=level))

    def _list(self, labels: Sequence[str], items: Sequence[str], style: ParagraphStyle) -> None:
        whole = self._section.add("L")
        for label, words in zip(labels, items, strict=True):
            element = whole.add("LI")
            label_element = element.add("Lbl")
            item = ListItem(words, style, element=element.add("LBody"))
            item.label, item.label_element = label, label_element
            self._add(item)

    def _add(self, *flowables: Flowable) -> None:
        self.flowables.extend(flowables)
