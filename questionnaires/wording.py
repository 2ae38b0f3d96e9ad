"""The words of a questionnaire: every text in both languages, and the things that carry one."""

from typing import Annotated, Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
FALLBACK_LANGUAGE: Language = "nl"

NOT_BLANK = r"\S"

Words = Annotated[str, StringConstraints(pattern=NOT_BLANK)]
Count = Annotated[int, Field(ge=1)]


class Node(BaseModel):
    """A mapping of the document: no key unknown, no value converted, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Node):
    """One text in every language; `str()` gives it in the language that Django has active."""

    nl: Words
    en: Words

    def in_language(self, code: str | None) -> str:
        """The text in the language of `code` ("nl", "en", "nl-be"); Dutch for any other code and for None."""
        language = (code or "").partition("-")[0].lower()
        return getattr(self, language if language in LANGUAGES else FALLBACK_LANGUAGE)

    def __str__(self) -> str:
        return self.in_language(get_language())


class Named(Node):
    """Something with a name; `str()` gives the name in the active language."""

    name: Text

    def __str__(self) -> str:
        return str(self.name)
