"""Results to tell about: one written by hand for exact sentences, and two that scoring gives for a forum."""

import datetime
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from assessment.actions.agreeing import Agreed
from assessment.actions.choosing import Chosen
from assessment.actions.recording import Placement
from assessment.models import Round, Snapshot
from assessment.scoring.result import Parameters, fingerprint, forum_result
from questionnaires.content import Content
from reports.build import Earlier, Facts, Source, preparation_of, report_of
from reports.preparation import Preparation
from reports.report import Report, Voice
from tests.assessment.scoring.notation import CODES, answers_frame

CLOSED_AT = datetime.datetime(2026, 3, 3, 22, 59, tzinfo=datetime.UTC)
MEMBERS = "mayors"
OTHERS = "other_local_members"
PARTNERS = "support_and_partners"


@cache
def content() -> Content:
    path = Path(settings.BASE_DIR) / "questionnaires" / "files" / "burgemeestersforum-1.yaml"
    return Content.model_validate_json(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))


def make_source(
    result: dict[str, Any],
    *,
    placements: Mapping[str, Placement] | None = None,
    targets: Mapping[str, Chosen] | None = None,
    agreed: tuple[Agreed, ...] = (),
    decided: tuple[str, ...] | None = None,
    overruled: str = "",
    earlier: Sequence[Earlier] = (),
    voices: Sequence[Voice] = (),
    **facts: Any,
) -> Source:
    """The baseline of het Westhoekoverleg, closed on dinsdag 3 maart 2026 in a track of the calendar year."""
    defaults = {
        "kind": "baseline",
        "forum": "het Westhoekoverleg",
        "coach": "Begeleider Noord",
        "closed_at": CLOSED_AT,
        "invited_members": 12,
        "is_entered": False,
        "questionnaire_version": "1.0.0",
        "software_version": "0.1.0",
        "fingerprint": fingerprint(result),
        "track_starts_on": datetime.date(2026, 1, 1),
        "track_ends_on": datetime.date(2027, 1, 1),
    }
    return Source(
        result,
        content(),
        Facts(**defaults | facts),
        placements=placements or {},
        targets=targets or {},
        earlier=tuple(earlier),
        voices=tuple(voices),
        agreed=agreed,
        chosen=decided,
        overruled=overruled,
    )


def before(*results: dict[str, Any], days: int = 30) -> tuple[Earlier, ...]:
    """The rounds of the track before this one, so many days apart, the last of them so long ago."""
    kinds = ("baseline", "interim")
    return tuple(
        Earlier(kind, CLOSED_AT - datetime.timedelta(days=days * (len(results) - place)), result)
        for place, (kind, result) in enumerate(zip(kinds, results, strict=False))
    )


def make_report(result: dict[str, Any], *, language: str = "nl", **facts: Any) -> Report:
    return report_of(make_source(result, **facts), language=language)


def make_preparation(result: dict[str, Any], *, language: str = "nl", **facts: Any) -> Preparation:
    return preparation_of(make_source(result, **facts), language=language)


def level_of(score: int) -> int:
    return 1 + sum(score >= cut for cut in (20, 40, 60, 80))


def measured(score: int = 57, margin: int = 4, **fields: Any) -> dict[str, Any]:
    """The entry of a published dimension; a whole number as score, and as wide as its margin says."""
    lower, upper = max(0, score - margin), min(100, score + margin)
    low, high = level_of(lower), level_of(upper)
    defaults = {
        "published": True,
        "dont_know_share": 0.05,
        "low_visibility": False,
        "importance": {"score": 75.0, "display": 75, "n_responses": 9},
        "experienced_change": None,
        "priority_index": 75 * (100 - score) / 100,
        "quadrant": "later",
        "n_responses": 9,
        "n_delegations": 7,
        "score": float(score),
        "display": score,
        "level": level_of(score),
        "se": margin / 2.4,
        "lower": float(lower),
        "upper": float(upper),
        "margin": margin,
        "level_low": low,
        "level_high": high,
        "boundary": low != high,
        "consensus": 0.7,
        "agreement": "mostly_agreed",
        "groups": None,
        "group_difference": None,
        "others": None,
        "annex": None,
    }
    return defaults | fields


def hidden(**fields: Any) -> dict[str, Any]:
    """The entry of a dimension below the threshold."""
    defaults = {"published": False, "dont_know_share": 0.05, "low_visibility": False, "importance": None}
    return defaults | {"experienced_change": None, "priority_index": None, "quadrant": None} | fields


def stated(score: int = 57, **fields: Any) -> dict[str, Any]:
    """The entry of a published statement, on the same nine answers as its dimension."""
    defaults = {
        "published": True,
        "n_responses": 9,
        "score": float(score),
        "display": score,
        "consensus": 0.7,
        "agreement": "mostly_agreed",
        "two_camps": None,
        "shares": None,
    }
    return defaults | fields


def make_result(**parts: Any) -> dict[str, Any]:
    """Nine members from seven of eight municipalities; entries of dimensions by code, other parts by name.

    A dimension that is not given is published with 57 and margin 4; every statement is published.
    """
    dimensions = {code: parts.pop(code, None) or measured() for code in CODES}
    items = {f"{code}{number}": stated() for code in CODES for number in range(1, 5)}
    response = {
        "members": 8,
        "delegations": 7,
        "responses": 9,
        "others": 0,
        "rate": 0.875,
        "warning": False,
        "by_group": None,
    }
    result = {
        "schema": 1,
        "version": "1.0.0",
        "published": True,
        "reason": None,
        "response": response | parts.pop("response", {}),
        "total": None,
        "dimensions": dimensions,
        "items": items | parts.pop("items", {}),
        "priorities": [],
        "flags": {"weighting_sensitive": False, "straightlining": False} | parts.pop("flags", {}),
    }
    return result | parts


def unpublished(reason: str = "too_few_responses", **response: Any) -> dict[str, Any]:
    """Three members from two of eight municipalities, so nothing but the counts."""
    result = make_result(response={"delegations": 2, "responses": 3, "warning": True} | response)
    nothing = {"total": None, "dimensions": {}, "items": {}, "priorities": [], "flags": None}
    return result | {"published": False, "reason": reason} | nothing


def chosen(dimension: str, **flags: bool) -> dict[str, Any]:
    """A priority as a result holds it."""
    return {"dimension": dimension, "stable": True, "enabling": False, "dialogue_first": False} | flags


def close(round: Round, result: dict[str, Any] | None = None) -> Round:
    """Freeze a result for the round, without anybody answering."""
    Round.objects.filter(pk=round.pk).update(state=Round.State.CLOSED, closed_at=CLOSED_AT)
    Snapshot.objects.create(
        round=round,
        document=json.dumps(result or make_result()),
        fingerprint="0123456789ab",
        questionnaire_version="1.0.0",
        software_version="0.1.0",
        closed_at=CLOSED_AT,
        invited_members=8,
        invited_others=0,
    )
    return round


def _respondent(
    name: str, group: str, delegation: str | None, shift: int, skipped: str = "", asks: bool = False
) -> dict[str, Any]:
    """Somebody who judges each dimension a step higher or lower than the next person; x in `skipped` ones.

    Who is asked about change sees it differently in each dimension.
    """
    statements = {}
    for place, code in enumerate(CODES):
        if code == "LOK" and group == PARTNERS:
            continue
        first = (1, 3, 5)[shift % 3] if code == "PAR" else 2 + (place * 2 + shift) % 3
        marks = "".join(str(max(1, min(5, first + step))) for step in (1, 0, 0, -1))
        statements[code] = "xxxx" if code in skipped.split() else marks
    return {
        "response": name,
        "group": group,
        "delegation": delegation,
        "statements": statements,
        "importance": "".join(str(3 + (place + shift) % 3) for place in range(len(CODES))),
    } | ({"change": "".join(str(2 + (place + shift) % 4) for place in range(len(CODES)))} if asks else {})


@cache
def large_result() -> dict[str, Any]:
    """20 of 24 municipalities, 20 mayors, 12 others and 6 partners: everything is told."""
    people = [_respondent(f"m{n}", MEMBERS, f"d{n}", n) for n in range(20)]
    people += [_respondent(f"o{n}", OTHERS, f"d{n}", n + 1) for n in range(12)]
    people += [_respondent(f"p{n}", PARTNERS, None, n) for n in range(6)]
    return forum_result(answers_frame(people), 24, Parameters.from_content(content()))


@cache
def final_result() -> dict[str, Any]:
    """The members of the large result a year later: mayors a step further, and everybody asked about change."""
    people = [_respondent(f"m{n}", MEMBERS, f"d{n}", 1 + n % 2, asks=True) for n in range(20)]
    people += [_respondent(f"o{n}", OTHERS, f"d{n}", 2, asks=True) for n in range(12)]
    people += [_respondent(f"p{n}", PARTNERS, None, n, asks=True) for n in range(6)]
    return forum_result(answers_frame(people), 24, Parameters.from_content(content()))


@cache
def small_result() -> dict[str, Any]:
    """Five mayors of eight municipalities, of whom one or more know nothing of three dimensions."""
    skipped = ("PAR LER MAT", "PAR", "LER", "", "")
    people = [_respondent(f"m{n}", MEMBERS, f"d{n}", n, skipped[n]) for n in range(5)]
    return forum_result(answers_frame(people), 8, Parameters.from_content(content()))
