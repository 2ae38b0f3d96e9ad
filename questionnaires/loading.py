"""From a file to a stored version: read, checked, and refused whole with every fault, or stored in one transaction."""

import pathlib
from collections.abc import Iterable

from django.db import transaction

from questionnaires.content import Content
from questionnaires.faults import Fault, QuestionnaireError
from questionnaires.fitting import misfits
from questionnaires.models import Questionnaire, QuestionnaireVersion, checksum_of
from questionnaires.reading import GivenFile, Plain, read_file, read_given
from questionnaires.shape import shaped

__all__ = [
    "Fault",
    "GivenFile",
    "QuestionnaireError",
    "check_file",
    "load_given",
    "load_questionnaire",
    "load_questionnaires",
]

State = QuestionnaireVersion.State


def check_file(path: pathlib.Path | str) -> Content:
    """The content of a YAML file. Raises QuestionnaireError with every fault; touches no database."""
    return _checked(read_file(pathlib.Path(path)))[0]


@transaction.atomic
def load_questionnaires(
    paths: Iterable[pathlib.Path | str], *, draft: bool = False
) -> list[tuple[QuestionnaireVersion, bool]]:
    """Several files, all or none: what `load_questionnaire` gives for each, or the faults of them all."""
    loaded: list[tuple[QuestionnaireVersion, bool]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            loaded.append(load_questionnaire(path, draft=draft))
        except QuestionnaireError as error:
            faults += error.faults
    if faults:
        raise QuestionnaireError(faults)
    return loaded


def load_questionnaire(path: pathlib.Path | str, *, draft: bool = False) -> tuple[QuestionnaireVersion, bool]:
    """One file of this machine as one version; see `load_given`."""
    return load_given(read_file(pathlib.Path(path)), draft=draft)


@transaction.atomic
def load_given(file: GivenFile, *, draft: bool = False) -> tuple[QuestionnaireVersion, bool]:
    """One file as one version, and whether anything was stored.

    A version that is stored already with the same checksum stays as it is, except that a draft is published unless
    `draft` is true. A draft with another checksum is replaced. Raises QuestionnaireError for a file with faults, for
    other content under the number of a version that was published, and for other dimensions or statements than another
    version with the same major number has.
    """
    content, plain = _checked(file)
    document, number = content.canonical(), content.instrument.version
    questionnaire, _ = Questionnaire.objects.select_for_update(no_key=True).get_or_create(
        slug=content.instrument.id
    )
    version = questionnaire.versions.filter(version=number).first()
    if version is None:
        version = QuestionnaireVersion(questionnaire=questionnaire, version=number)
    elif version.state != State.DRAFT and version.checksum != checksum_of(document):
        raise QuestionnaireError(
            [plain.fault(("instrument", "version"), "version_published", version=number)]
        )
    elif version.checksum == checksum_of(document) and (draft or version.state != State.DRAFT):
        return version, False
    for other in questionnaire.versions.exclude(pk=version.pk):
        if other.number == content.instrument.number and _asked(other.content) != _asked(content):
            raise QuestionnaireError([plain.fault(("dimensions",), "other_codes", version=other.version)])
    version.document = document
    version.state = State.DRAFT if draft else State.PUBLISHED
    version.save()
    return version, True


def _asked(content: Content) -> list[tuple[str, list[str]]]:
    """The codes of dimensions and their statements in order, which results of one major number have in common."""
    return [(each.code, [statement.code for statement in each.statements]) for each in content.dimensions]


def _checked(file: GivenFile) -> tuple[Content, Plain]:
    plain = read_given(file)
    content, shape_faults = shaped(plain)
    aliases = {fault.path for fault in plain.faults if fault.reason == "alias"}  # their values were not read
    unfit = [plain.fault(place, reason, **values) for place, reason, values in misfits(plain.values)]
    faults = plain.faults + [fault for fault in shape_faults + unfit if fault.path not in aliases]
    if content is None or faults:
        raise QuestionnaireError(sorted(faults, key=lambda fault: (fault.line or 0, fault.path)))
    return content, plain
