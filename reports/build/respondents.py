"""Who answered: the cover line, the sentences with what may be told of roles, and what to bear in mind."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from assessment.scoring.disclosure import has_enough
from questionnaires.texts import text
from reports.build.source import Source
from reports.report import Cover, Respondents


def cover(source: Source) -> Cover:
    facts = source.facts
    closed_on = date_format(timezone.localtime(facts.closed_at), "l j F Y")
    return Cover(
        closed_on=text("report.cover.date", date=closed_on),
        response=_response(source),
        coach=_coach(facts.coach),
        version=version_line(facts.questionnaire_version, facts.software_version, facts.fingerprint),
    )


def version_line(questionnaire: str, software: str, fingerprint: str) -> str:
    """By what a result was made, and its verification code."""
    product = text("app.name")
    return text(
        "report.cover.version",
        version=questionnaire,
        product=product,
        software=software,
        fingerprint=fingerprint,
    )


def _response(source: Source) -> str:
    response = source.response
    members, delegations, total = response["responses"], response["delegations"], response["members"]
    if total is None:
        return text("report.cover.response_unknown", n=members, municipalities=delegations, members=members)
    if members == 1:
        return text("report.cover.response_one", municipalities_total=total)
    return text(
        "report.cover.response", municipalities=delegations, municipalities_total=total, members=members
    )


def _coach(name: str) -> str:
    if not name:
        return ""
    return (
        text("report.cover.coach", coach=name)
        if settings.ORGANISATION_NAME
        else text("report.cover.coach_only", coach=name)
    )


def respondents(source: Source) -> Respondents:
    """Below the threshold the counts, the reason and what is left to do, nothing else (rule 13.3)."""
    if not source.is_published:
        return Respondents(tuple(_counts(source)), (reason(source),), tuple(_what_now(source)))
    sentences = [*_counts(source), *_roles(source), *_partners(source)]
    return Respondents(sentences=tuple(sentences), cautions=tuple(_cautions(source)))


def reason(source: Source) -> str:
    """Why there is no result. Of too few members scoring says so first, whatever the number of municipalities."""
    code, privacy = source.result["reason"], source.content.privacy
    if source.response["responses"] == 0:
        code = "nobody"
    elif code == "too_few_responses" and source.response["delegations"] < privacy.min_municipalities_forum:
        code = "too_few_both"
    return text(f"report.warning.{code}")


def _what_now(source: Source) -> Iterator[str]:
    """Whoever filled in has a result of their own; an entered round has nobody's."""
    if source.response["responses"] and not source.facts.is_entered:
        yield text("report.who.own")
    yield text("report.who.next_round")


def count_sentence(source: Source) -> str:
    """How many members answered, of those invited, and from how many municipalities."""
    response, invited = source.response, source.facts.invited_members
    members, delegations, total = response["responses"], response["delegations"], response["members"]
    if source.facts.is_entered or total is None:
        return text("report.who.plain", n=members, members=members, municipalities=delegations)
    if members == 1:
        return text("report.who.sentence_one", members_total=invited, municipalities_total=total)
    return text(
        "report.who.sentence",
        members=members,
        members_total=invited,
        municipalities=delegations,
        municipalities_total=total,
    )


def _counts(source: Source) -> Iterator[str]:
    if source.response["responses"]:
        yield count_sentence(source)
    if not source.facts.is_entered:
        return
    delegations = source.response["delegations"]
    if delegations and delegations == source.response["members"]:
        yield text("report.who.all")
    yield text("report.note.entered")


def _roles(source: Source) -> Iterator[str]:
    """Rule 13.4: the numbers per role only if both groups may be told."""
    groups = source.response["by_group"]
    if groups is None:
        yield text("report.who.roles_hidden")
    else:
        yield text("report.who.roles", count=groups["mayors"], number=groups["other_local_members"])


def _partners(source: Source) -> Iterator[str]:
    others = source.response["others"]
    if has_enough(others, source.content.privacy.k_group):
        yield text("report.who.partners", count=others)
    elif others:
        yield text("report.who.partners_hidden")


def _cautions(source: Source) -> Iterator[str]:
    if source.response["members"] is None:
        yield text("report.warning.members_unknown")
    elif source.response["warning"]:
        yield text("report.warning.low_response")
    if source.result["flags"]["straightlining"]:
        yield text("report.warning.same_answers")
    if source.result["flags"]["weighting_sensitive"]:
        yield text("report.note.weighting_large")
