"""What a PDF says about itself, outside its pages: XMP packet, information dictionary, viewer preferences."""

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


def describe(canvas: Canvas, *, title: str, author: str, language: str, made_at: datetime.datetime) -> None:
    """Title, author, language and time in both places; `made_at` is aware and makes equal reports equal files."""
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
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
