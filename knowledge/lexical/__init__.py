"""Search by words and codes: the port, and the store on tantivy."""

from knowledge.lexical.port import Entry, Lexical, LexicalWriter
from knowledge.lexical.tantivy import TantivyLexical, TantivyWriter

__all__ = ["Entry", "Lexical", "LexicalWriter", "TantivyLexical", "TantivyWriter"]
