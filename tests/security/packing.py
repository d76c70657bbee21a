"""Small files of formats that pack what they say: who turns bytes of such a file over never comes to its text."""

import io
import zipfile
import zlib
from typing import Final

_SHOWN: Final = b"BT /F 12 Tf 40 700 Td (After seven days it is lost.) Tj ET"
_UNICODE: Final = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"1 beginbfchar <41> <0061> endbfchar 1 beginbfrange <42> <5A> <0062> endbfrange endcmap"
)


def pdf(content: bytes = _SHOWN, letters: bytes = _UNICODE, about: bytes = b"/Title(Lost parcels)") -> bytes:
    """Return a PDF of one page: what is drawn on it, what the font's letters are, and the file's properties."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        _stream(letters),
        b"<<" + about + b">>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Info 7 0 R/Size 8>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 8\n0000000000 65535 f \n" + table + end


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


_W: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-"
TEXT: Final = (
    b'<w:document xmlns:w="%s"><w:body><w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Lost</w:t></w:r></w:p>'
    b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>seven days</w:t></w:r>'
    b"</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    b"</w:body></w:document>" % _W
)
STYLES: Final = (
    b'<w:styles xmlns:w="%s"><w:style w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:pPr>'
    b'<w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="N"><w:name w:val="Normal"/></w:style></w:styles>'
    % _W
)
NUMBERS: Final = (
    b'<w:numbering xmlns:w="%s"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    b'</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>' % _W
)
ABOUT: Final = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Lost parcels</dc:title>'
    b"<cp:keywords>audience: public</cp:keywords>"
    b'<dcterms:modified xsi:type="dcterms:W3CDTF">2026-03-02T10:00:00Z</dcterms:modified></cp:coreProperties>'
)


def word(text: bytes = TEXT, styles: bytes = STYLES, numbers: bytes = NUMBERS, about: bytes = ABOUT) -> bytes:
    """Return a Word document of these parts."""
    kinds = {
        "/word/document.xml": "officedocument.wordprocessingml.document.main+xml",
        "/word/styles.xml": "officedocument.wordprocessingml.styles+xml",
        "/word/numbering.xml": "officedocument.wordprocessingml.numbering+xml",
        "/docProps/core.xml": "package.core-properties+xml",
    }
    named = "".join(f'<Override PartName="{part}" ContentType="{_KIND}{kind}"/>' for part, kind in kinds.items())
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{_KIND}package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{named}</Types>"
    )
    whole = _links(
        (f"{_OFFICE}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )
    inner = _links((f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/numbering", "numbering.xml"))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": whole,
        "word/_rels/document.xml.rels": inner,
        "word/document.xml": text,
        "word/styles.xml": styles,
        "word/numbering.xml": numbers,
        "docProps/core.xml": about,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _links(*links: tuple[str, str]) -> str:
    each = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(links))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
