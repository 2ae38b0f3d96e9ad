"""What an action says when it refuses: a text of the interface and, where one is at fault, the field."""

import datetime
from typing import Any

from django.utils.formats import date_format

from questionnaires.texts import text


class RefusedError(Exception):
    """A write that breaks a rule, carried to the screen by the key of its text.

    Without `field` no single field is at fault: things are no longer as the page showed them.
    """

    def __init__(self, key: str, field: str | None = None, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values

    def __str__(self) -> str:
        return text(self.key, **{name: _in_words(value) for name, value in self.values.items()})


def _in_words(value: Any) -> Any:
    return date_format(value, "l j F Y") if isinstance(value, datetime.date) else value
