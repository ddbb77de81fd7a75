"""A sealed page within the site: the same words and numbers, each number a link to where it comes from."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

from wardwell.web.published.addresses import figure_href

_MAIN = re.compile(r"\A<main(?P<attributes>[^>]*)>(?P<content>.*)</main>\s*\Z", re.DOTALL)
_NUMBER = re.compile(
    r'<data class="number" value="(?:-?[\d.]+|\[c\])" data-figure="(?P<slug>[a-z0-9-]+)" data-fact="[a-z0-9_]+">[^<]*</data>'
)


def on_the_site(body: str, *, code: str, reference: str) -> SafeString:
    """The `<main>` of a sealed page as a part of one of our own pages, which has a `<main>` of its own.

    Only numbers get a link: words that a figure gives, such as the name of a ward, stay words.
    """
    found = _MAIN.match(body.strip())
    if found is None:
        raise ValueError("A published page has exactly one <main>, which holds everything.")
    page = f"<div{found['attributes']}>{found['content']}</div>"

    def linked(number: re.Match[str]) -> str:
        return f'<a href="{figure_href(code, reference, number["slug"])}">{number[0]}</a>'

    return mark_safe(_NUMBER.sub(linked, page))  # noqa: S308  # printed by our own template and sealed since
