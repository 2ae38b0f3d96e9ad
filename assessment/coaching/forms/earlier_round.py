"""An earlier round handed in as a file: which it was, when it closed, and how many municipalities there were."""

import base64
from typing import Any

from django import forms
from django.core import signing

from assessment.coaching.forms.fields import DayField, DeskForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.models import Forum, Round, User

SIZE = 500_000  # bytes; sixty respondents fill a twentieth of it


class EarlierRoundForm(DeskForm):
    """Cleaned `given` is the name and the bytes of the file, from the coach's disk or from the page that asks again.

    Between the two the file is in that page, signed, and nowhere else. `is_cut` says that a file came that was too
    large to be kept even while it was read.
    """

    kind = forms.ChoiceField(label=text("round.kind.label"), widget=forms.RadioSelect)
    closed_on = DayField(label=text("import_round.closed_on.label"), help_text=text("form.hint.date"))
    members = forms.IntegerField(
        label=text("import_round.members.label"),
        help_text=text("import_round.members.hint"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=text("import.file.label"),
        help_text=text("import_round.file.hint", kilobytes=SIZE // 1000),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    handed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, forum: Forum, user: User, is_cut: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_cut, self._salt = is_cut, f"earlier_round.{forum.pk}.{user.pk}"
        kind: Any = self.fields["kind"]
        kind.choices = [(each, text(f"round.kind.{each}")) for each in Round.Kind]
        members: Any = self.fields["members"]
        members.error_messages["invalid"] = text("import_round.error.members")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if self.is_cut or (file is not None and file.size > SIZE):
            self.add_error("file", text("error.upload_size"))
        elif file is not None:
            cleaned["given"] = file.name, file.read()
        elif (given := self._unwrap(cleaned.get("handed") or "")) is not None:
            cleaned["given"] = given
        else:
            self.add_error("file", text("form.error.required"))
        return cleaned

    def wrapped(self) -> str:
        """The file as a hidden field of this user's page of this forum."""
        name, content = self.cleaned_data["given"]
        return signing.dumps([name, base64.b64encode(content).decode()], salt=self._salt, compress=True)

    def _unwrap(self, field: str) -> tuple[str, bytes] | None:
        try:
            name, content = signing.loads(field, salt=self._salt)
        except signing.BadSignature:
            return None
        return name, base64.b64decode(content)
