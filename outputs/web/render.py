"""Templates with what every page has: words, links, the hidden field of forms."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from outputs.templating import environment, printable
from outputs.web import links, statics
from outputs.web.filters import FILTERS
from outputs.web.options import Options
from outputs.web.pages.lists import LISTS
from outputs.web.safety import forms_token
from outputs.web.words import words


class Renderer:
    """Makes pages of templates."""

    def __init__(self, options: Options, facts: Path) -> None:
        # Control characters go once from the whole page: from each value that is printed it took a fifth of the time.
        self._environment = environment().overlay(cache_size=200, auto_reload=False, finalize=None)
        self._environment.filters |= FILTERS
        self._options = options
        self._facts = facts.name

    def page(self, request: Request, template: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
        """A page of a template in outputs/templates/web."""
        language = links.language(request)
        context = {
            "request": request, "language": language, "words": words(language), "facts": self._facts,
            "link": partial(links.link, request), "to_document": partial(links.to_document, request),
            "to_fact": partial(links.to_fact, request), "same_page": partial(links.same_page, request),
            "other_language": links.other_language(request), "csrf": forms_token(self._options),
            "styles": statics.addresses("css"), "scripts": statics.addresses("js"),
            "icons": statics.addresses("svg"),
            "standings": {}, "lists": LISTS, "locked": self._options.token is not None,
        }
        html = printable(self._environment.get_template(f"web/{template}").render(context | values))
        return HTMLResponse(html.encode("utf-8", "replace"), status)
