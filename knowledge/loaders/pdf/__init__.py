"""PDF to Markdown: `reading` opens the file, `lines` puts fragments together, `furniture` and `layout` make a text."""

from knowledge.loaders.pdf.reading import parse

__all__ = ["parse"]
