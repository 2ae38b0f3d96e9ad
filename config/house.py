"""The house style of whoever runs the product on its pages: three colours in the place of the built-in ones.

Nothing is served, linked or computed while the colour is the built-in one.
"""

from functools import cache
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reports.charts.colours import name_of, parts_of, readable, shade, tint

BUILT_IN = "#0b4f9e"  # --brand in static/site.css
YEAR = 365 * 24 * 60 * 60


class Stylesheet(NamedTuple):
    """Rules, and what they are known by: other rules have another digest."""

    rules: str
    digest: str


@cache
def stylesheet(colour: str) -> Stylesheet | None:
    """The variables of static/site.css in the colour of the house, as reports have it; None for the built-in one.

    A colour in which letters could not be read on white, nor white letters on it, is made darker first.
    """
    if colour.lower() == BUILT_IN:
        return None
    brand = readable(parts_of(colour))
    values = {"brand": brand, "brand-dark": shade(brand, 0.3), "brand-soft": tint(brand, 0.09)}
    rules = ":root {" + "".join(f" --{name}: {name_of(value)};" for name, value in values.items()) + " }\n"
    return Stylesheet(rules, sha256(rules.encode()).hexdigest()[:12])


def house_style() -> str:
    """The digest with which pages ask for the stylesheet; empty when there is none."""
    made = stylesheet(settings.ORGANISATION_COLOUR)
    return made.digest if made else ""


@require_safe
def serve(request: HttpRequest) -> HttpResponse:
    """The stylesheet, to be kept for ever by whoever asked for this very one."""
    made = stylesheet(settings.ORGANISATION_COLOUR)
    if made is None:
        raise Http404
    is_this_one = request.GET.get("v") == made.digest
    kept = f"public, max-age={YEAR}, immutable" if is_this_one else "no-cache"
    return HttpResponse(made.rules, content_type="text/css; charset=utf-8", headers={"Cache-Control": kept})
