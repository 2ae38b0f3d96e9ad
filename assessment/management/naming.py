"""What the command line names: a forum by its slug, a kind of round in either language, a version by its number."""

from django.core.management.base import CommandError

from assessment.actions.planning import newest_version
from assessment.models import Forum
from questionnaires.content import Content
from questionnaires.models import QuestionnaireVersion


def forum_with(slug: str) -> Forum:
    """The forum with this slug. Raises CommandError, which tells the slugs that there are."""
    found = Forum.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(Forum.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"there is no forum {slug}; there are: {slugs}")
    return found


def kind_named(name: str, content: Content) -> str:
    """The code of a kind of round, given as code or as name in any language. Raises CommandError."""
    for each in content.rounds:
        if name.casefold() in {each.code, each.name.nl.casefold(), each.name.en.casefold()}:
            return each.code
    kinds = ", ".join(f"{each.code} ({each.name.nl.casefold()})" for each in content.rounds)
    raise CommandError(f"there is no kind {name}; there are: {kinds}")


def version_numbered(number: str | None) -> QuestionnaireVersion:
    """The version with this number of the questionnaire in use, a retired one too; the newest published one without.

    Raises CommandError, or PlanningError when nothing is published.
    """
    newest = newest_version()
    if number is None:
        return newest
    frozen = newest.questionnaire.versions.exclude(state=QuestionnaireVersion.State.DRAFT)
    found = frozen.filter(version=number).first()
    if found is None:
        numbers = ", ".join(sorted(frozen.values_list("version", flat=True)))
        raise CommandError(f"there is no version {number}; there are: {numbers}")
    return found
