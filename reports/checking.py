"""The public page that says whether a file or a code comes from here.

It shows nothing of a result and keeps nothing: an upload stays in memory, its checksum is all that is looked at. The
answer to a POST is the page itself, since a redirect would need to keep what was asked.
"""

import hashlib
import re
from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment.coaching.forms.fields import DeskForm
from assessment.coaching.forms.fields import lazy_text as text
from assessment.filling.links import WINDOW_MINUTES, is_busy
from assessment.models import IssuedFile, Snapshot

SHA256 = re.compile(r"[0-9a-f]{64}")
FINGERPRINT = re.compile(r"[0-9a-f]{12}")
# What programs, and our own files in both languages, write before a code.
BEFORE = re.compile(r"\A(?:sha256|controlecode|verificationcode)")


class CheckForm(DeskForm):
    """A file, a code, or both. `is_cut`: a file was sent that is larger than what is taken in."""

    file = forms.FileField(
        label=text("check.file.label"),
        help_text=text("check.file.hint", limit=settings.FILE_UPLOAD_MAX_MEMORY_SIZE // 1_000_000),
        required=False,
        allow_empty_file=True,
    )
    code = forms.CharField(
        label=text("check.code.label"),
        help_text=text("check.code.hint"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: object, is_cut: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._is_cut = is_cut

    def clean_code(self) -> str:
        """As it is stored: people copy a code with spaces, capitals or what stands before it."""
        code = BEFORE.sub("", re.sub(r"[\s:.-]", "", self.cleaned_data["code"].lower()))
        if code and not SHA256.fullmatch(code) and not FINGERPRINT.fullmatch(code):
            raise forms.ValidationError(text("check.code.error"))
        return code

    def clean(self) -> dict:
        data = super().clean() or {}
        if self._is_cut:
            self.add_error("file", text("error.upload_size"))
        elif not self.errors and not data.get("file") and not data.get("code"):
            self.add_error("file", text("check.error.nothing"))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form, and what is known of what was sent with it."""
    if request.method != "POST":
        return render(request, "reports/check.html", {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES, is_cut=_is_cut(request))
    outcomes = list(_outcomes(form)) if form.is_valid() else []
    is_unknown = any(each.startswith("unknown") for each in outcomes)
    if is_unknown and is_busy(request, "check", settings.FAILED_LOOKUPS):
        return render(request, "error.html", {"kind": "429", "minutes": WINDOW_MINUTES}, status=429)
    return render(request, "reports/check.html", {"form": form, "outcomes": outcomes})


def _outcomes(form: CheckForm) -> Iterator[str]:
    """For the file and for the code: the kind of file that was handed out, "frozen", or what is unknown."""
    file, code = form.cleaned_data["file"], form.cleaned_data["code"]
    if file:
        yield _kind_issued(_checksum(file)) or "unknown.file"
    if SHA256.fullmatch(code):
        yield _kind_issued(code) or "unknown.file"
    elif code:
        yield "frozen" if _is_frozen(code) else "unknown.code"


def _checksum(file: UploadedFile) -> str:
    checksum = hashlib.sha256()
    for chunk in file.chunks():
        checksum.update(chunk)
    return checksum.hexdigest()


def _kind_issued(sha256: str) -> str:
    """Empty when this file was never handed out, or its result is past its period."""
    demo = {} if settings.DEMO else {"snapshot__round__forum__is_demo": False}
    return IssuedFile.objects.filter(sha256=sha256, **demo).values_list("kind", flat=True).first() or ""


def _is_frozen(fingerprint: str) -> bool:
    demo = {} if settings.DEMO else {"round__forum__is_demo": False}
    return Snapshot.objects.filter(fingerprint=fingerprint, **demo).exists()


def _is_cut(request: HttpRequest) -> bool:
    """Whether a file was let go on the way in, because it was too large."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return not request.FILES and length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
