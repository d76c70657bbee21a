"""Addresses of pages, written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders.site.addresses import normal, site_of


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTP://Help.Example.COM:80", "http://help.example.com/"),
        ("https://help.example.com/a/../b/./c//d?x=1&utm_source=mail&y=#part", "https://help.example.com/b/c/d?x=1&y="),
        ("https://help.example.com/café au lait", "https://help.example.com/caf%C3%A9%20au%20lait"),
        ("https://help.example.com/caf%C3%A9/", "https://help.example.com/caf%C3%A9/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://user:secret@help.example.com:8443/", "https://help.example.com:8443/"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("mailto:help@example.com", None),
        ("javascript:alert(1)", None),
        ("https://example.com/" + "a" * 3000, None),
    ],
)
def test_an_address_is_written_one_way(written: str, address: str | None) -> None:
    """Without what does not tell pages apart."""
    assert normal(written) == address


def test_a_site_is_one_host_and_what_lies_below_a_folder() -> None:
    """By http or https; another port or a part of its name is another site."""
    site = site_of("https://help.example.com/en/index.html")
    assert site.page("b", "https://help.example.com/en/a") == "https://help.example.com/en/b"
    assert site.page("http://help.example.com/en/b") == "http://help.example.com/en/b"
    for other in ("https://example.com/", "https://help.example.com.evil.test/", "https://help.example.com:8443/"):
        assert site.page(other) is None
    assert site.covers("https://help.example.com/en/b")
    assert not site.covers("https://help.example.com/de/b")
    assert site.name("https://help.example.com/en/caf%C3%A9?x=1") == "help.example.com/en/café?x=1"


@given(st.text(max_size=60))
def test_a_link_is_a_page_of_the_site_or_none(link: str) -> None:
    """Whatever it is made of; and written the normal way, it stays as it is."""
    site = site_of("https://help.example.com/en/")
    address = site.page(link)
    if address is not None:
        assert address.startswith(("https://help.example.com/", "http://help.example.com/"))
        assert normal(address) == address
