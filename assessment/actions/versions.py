"""Versions of a questionnaire: uploading, publishing, retiring, taking back into use, deleting a draft.

Each function holds the row of the questionnaire, as loading does, so that nothing is published and replaced at once.
What a version may become is guarded by the model too: once published it never changes (questionnaires/models.py).
"""

from django.db import transaction

from assessment.actions.refusals import RefusedError
from questionnaires.loading import GivenFile, load_given
from questionnaires.models import Questionnaire, QuestionnaireVersion

State = QuestionnaireVersion.State


class VersionError(RefusedError):
    """A version that is not, or no longer, in the state that this needs."""


def upload_version(*, file: GivenFile) -> tuple[QuestionnaireVersion, bool]:
    """Store a file as a draft, in the place of an earlier draft of that number; and whether anything was stored.

    Raises QuestionnaireError with every fault; nothing is stored then.
    """
    return load_given(file, draft=True)


@transaction.atomic
def publish_version(*, version: QuestionnaireVersion, checksum: str) -> None:
    """Freeze a draft, which new rounds use from now on; `checksum` is of the document that was looked at.

    Raises VersionError, also when another file took its place meanwhile.
    """
    held = _held(version, State.DRAFT)
    if held.checksum != checksum:
        raise VersionError("form.error.changed")
    _move(held, State.PUBLISHED)


@transaction.atomic
def retire_version(*, version: QuestionnaireVersion) -> None:
    """Let no new round use it; rounds that have it keep it. Raises VersionError."""
    _move(_held(version, State.PUBLISHED), State.RETIRED)


@transaction.atomic
def restore_version(*, version: QuestionnaireVersion) -> None:
    """Let new rounds use it again. Raises VersionError."""
    _move(_held(version, State.RETIRED), State.PUBLISHED)


@transaction.atomic
def delete_draft(*, version: QuestionnaireVersion) -> None:
    """Delete a draft; what was published stays for ever. Raises VersionError."""
    held = _held(version, State.DRAFT)
    if held.rounds.exists():
        raise VersionError("manage.questionnaires.locked")
    held.delete()


def _held(version: QuestionnaireVersion, state: str) -> QuestionnaireVersion:
    Questionnaire.objects.select_for_update(no_key=True).get(pk=version.questionnaire_id)
    held = QuestionnaireVersion.objects.filter(pk=version.pk, state=state).first()
    if held is None:
        raise VersionError("form.error.changed")
    return held


def _move(version: QuestionnaireVersion, state: str) -> None:
    version.state = state
    version.save(update_fields=["state"])
