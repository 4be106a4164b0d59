"""Explaining: the words and the rule behind every value."""

from __future__ import annotations

import html
import os
from typing import Any, Iterable, Mapping, Optional, Union

from . import _native
from .coding import document
from .documents import Day


class Explanation:
    """A page that shows itself in a notebook, and that can be saved and mailed: no scripts, nothing fetched."""

    def __init__(self, page: str, height: int = 640) -> None:
        #: The whole page.
        self.html = page
        #: Height in a notebook, in pixels.
        self.height = height

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Write the page into a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.html)

    def __str__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"Explanation({len(self.html)} characters of HTML)"

    def _repr_html_(self) -> str:
        # A frame of its own, so that neither the notebook's styles nor the page's get at the other.
        # The base keeps links from words to cards within it, where they would load the notebook otherwise.
        page = self.html.replace("<head>", '<head><base href="about:srcdoc">', 1)
        style = f"width:100%;height:{self.height}px;border:1px solid #8884;border-radius:4px"
        return f'<iframe sandbox title="marsad" style="{style}" srcdoc="{html.escape(page)}"></iframe>'


def explain_html(
    text: Union[str, Iterable[Mapping[str, Any]]],
    *,
    published: Optional[Day] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    url: Optional[str] = None,
    language: Optional[str] = None,
    id: str = "document",
    height: int = 640,
) -> Explanation:
    """Explain one report, or several dicts as :func:`marsad.code_many` takes them: the text with its coded words in colour,
    a card for every event, and the rule and the words behind every value. What ``marsad explain --html`` writes.

    >>> import marsad
    >>> page = marsad.explain_html("قُتل ثلاثة مدنيين أمس بقصف مدفعي على بلدة كفرنبل.", published="2024-03-03")
    >>> page.html.startswith("<!DOCTYPE html>"), "shelling" in page.html, "<script" in page.html
    (True, True, False)

    The last value of a cell in Jupyter shows itself; ``page.save("explained.html")`` writes it into a file.
    """
    common = {"published": published, "outlet": outlet, "title": title, "url": url, "language": language}
    documents = [{"text": text, "id": id}] if isinstance(text, str) else text
    top, bottom = _native.page_frame()
    sections = []
    for number, one in enumerate(documents):
        given = {**common, "id": str(number + 1), **{name: value for name, value in one.items() if value is not None}}
        fields: dict[str, Any] = {name: given.get(name) for name in ("text", "id", *common)}
        sections.append(_native.explain_section(document(**fields), number))
    return Explanation(top + "".join(sections) + bottom, height)
