"""A list of members handed in as a file or pasted, and the list of members as it is shown."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from assessment.actions.member_rows import ROWS, GivenList, ListError, read_members
from assessment.actions.tables import TableError, read_lines
from assessment.coaching.forms.fields import DeskForm, FindForm, WordsField
from assessment.coaching.forms.fields import lazy_text as text

# The texts of what a file can be refused for; `not_readable` names the file.
REFUSALS = {
    "not_utf8": "import.error.not_utf8",
    "empty_file": "import.error.empty",
    "too_large": "error.upload_size",
}

SIZE = 1_000_000  # bytes of a file; sixty people fill a hundredth of it


class MemberListForm(DeskForm):
    """A file or pasted cells; cleaned `given` is the list that stands in them.

    `is_cut` says that a file came that was too large to be kept even while it was read.
    """

    file = forms.FileField(
        label=text("import.file.label"),
        help_text=text("import.file.hint", kilobytes=SIZE // 1000, rows=ROWS),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    paste = WordsField(
        label=text("import.paste.label"),
        help_text=text("import.paste.hint"),
        required=False,
        strip=False,  # a tab at the beginning is an empty cell
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: object, is_cut: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.is_cut = is_cut

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and paste, read to the end."""
        cleaned = super().clean() or self.cleaned_data
        file, paste = cleaned.get("file"), cleaned.get("paste") or ""
        if self.is_cut:
            self.add_error("file", text("error.upload_size"))
        elif file and paste.strip():
            self.add_error("file", text("import.error.both"))
        elif file is not None:
            cleaned["given"] = self._read("file", file.read(SIZE + 1), file)
        elif paste.strip():
            cleaned["given"] = self._read("paste", paste.encode())
        else:
            self.add_error("file", text("import.error.none"))
        return cleaned

    def _read(self, field: str, data: bytes, file: UploadedFile | None = None) -> GivenList | None:
        name = (file.name if file else "") or ""
        try:
            if len(data) > SIZE:
                raise TableError("too_large")
            return read_members(read_lines(data, name))
        except TableError as error:
            self.add_error(field, _told(error, name if file else ""))
        except ListError as error:
            self.add_error(field, str(error))
        return None


def _told(error: TableError, file: str) -> str:
    """Why a list could not be read; `file` is empty when it was pasted."""
    if not file and error.reason == "too_large":
        return text("import.error.paste_size", rows=ROWS)
    if error.reason in REFUSALS:
        return text(REFUSALS[error.reason])
    return text("import.error.file", file=file) if file else text("import.error.paste")


class FindMemberForm(FindForm):
    """Which members are shown and in which order."""

    zoek = forms.CharField(label=text("members.find.label"), required=False, widget=forms.SearchInput)
    wie = forms.ChoiceField(
        label=text("members.who.label"),
        required=False,
        choices=lambda: [("", text("members.who.current")), ("vroeger", text("members.who.ended"))],
    )
    volgorde = forms.ChoiceField(
        label=text("members.order.label"),
        required=False,
        choices=lambda: [
            ("", text("members.order.name")),
            ("zetel", text("members.order.seat")),
            ("lidmaatschap", text("members.order.kind")),
            ("sinds", text("members.order.from")),
        ],
    )
