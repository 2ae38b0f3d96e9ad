"""Parts of a page that look the same to all who gave the same answers, drawn once in a process for each of them.

Thirty radio buttons and a list of twelve steps through the template engine are more than half of the time of a page.
What is kept is a question, an answer, a step and a language, nothing of who gave or saw it.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from assessment.filling.forms import Row


class ListedStep(NamedTuple):
    """A step in the list of steps."""

    code: str
    name: str
    is_done: bool
    is_current: bool


def question_html(row: "Row") -> SafeString:
    """A question as it stands on the page."""
    return _question(row, get_language() or "nl")


def steps_html(steps: tuple[ListedStep, ...]) -> SafeString:
    """The list of steps under a form."""
    return _steps(steps, get_language() or "nl")


@lru_cache(maxsize=4000)
def _question(row: "Row", language: str) -> SafeString:
    return render_to_string("filling/includes/question.html", {"row": row})


@lru_cache(maxsize=4000)
def _steps(steps: tuple[ListedStep, ...], language: str) -> SafeString:
    return render_to_string("filling/includes/steps.html", {"steps": steps})
