"""A whole site to documents: `load_site` reads its sitemap, or follows its links, politely and within limits."""

from knowledge.loaders.site.crawl import load_site
from knowledge.loaders.site.limits import Limits

__all__ = ["Limits", "load_site"]
