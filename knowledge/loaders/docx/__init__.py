"""Word documents to Markdown: `packing` looks at the archive first, `reading` opens it, `body` makes the text."""

from knowledge.loaders.docx.reading import parse

__all__ = ["parse"]
