"""What a PDF says about itself outside its pages; title and author stand in it twice, as PDF/UA wants."""

import datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

PRODUCER = "Regiospiegel"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made_at}</xmp:CreateDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def information(*, title: str, author: str) -> dict[str, str]:
    """The information dictionary, as the arguments that a document template passes on to its canvas."""
    return {"title": title, "author": author, "subject": "", "creator": PRODUCER, "producer": PRODUCER}


def describe(canvas: Canvas, *, title: str, author: str, language: str, made_at: datetime.datetime) -> None:
    """The XMP packet, the time and the viewer's preferences.

    `made_at` is aware; it stands for the clock, so that equal reports are equal files.
    """
    in_utc = made_at.astimezone(datetime.UTC)
    canvas.setDateFormatter(lambda *_now: in_utc.strftime("D:%Y%m%d%H%M%SZ"))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    packet = _PACKET.format(
        title=escape(title),
        author=escape(author),
        language=language,
        made_at=in_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        producer=PRODUCER,
    )
    # Bytes, not text, and no filter: whoever looks for the packet in the file must find it readable, in UTF-8.
    stream = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), packet.encode()
    )
    canvas._doc.Catalog.Metadata = stream
