"""The result of a closed round computed again from its stored responses, and held against the frozen one.

Nothing is written: the snapshot stays what it is, whatever comes of it (Rule 1.1).
"""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from assessment.models import Round, Snapshot
from assessment.queries import answers_frame
from questionnaires.models import AlteredDocumentError

NOTHING = object()  # in the place of an entry that one side does not have


class CannotRecomputeError(Exception):
    """What is stored no longer suffices to compute the result; the words are for the operator."""


class Deviation(NamedTuple):
    """One place where the results differ: "dimensions.VIS.score", and both values as JSON or "nothing"."""

    path: str
    frozen: str
    computed: str


class Recomputed(NamedTuple):
    """What came of it. Without deviations the canonical JSON is equal to the last byte."""

    fingerprint: str
    deviations: list[Deviation]


def recompute(round: Round) -> Recomputed:
    """Computes a closed round again, with the parameters of its own questionnaire and N as it was frozen.

    Give it with its snapshot. Raises CannotRecomputeError when responses or delegation labels were erased, or when
    what is stored breaks the rules.
    """
    snapshot = round.snapshot
    try:
        result = _result(round, snapshot.result["response"])
    except ValueError as error:  # rules 1.4 and 5.2; it names no response and no delegation
        raise CannotRecomputeError(f"what is stored cannot be scored: {error}") from None
    except AlteredDocumentError:
        raise CannotRecomputeError("its questionnaire was altered after it was published") from None
    return _held_against(snapshot, result)


def _result(round_: Round, response: dict[str, Any]) -> dict[str, Any]:
    # `--help` has no use for pandas.
    from assessment.scoring.result import Parameters, forum_result

    parameters, responses = Parameters.from_content(round_.content), round_.responses.all()
    if response["responses"] + response["others"] > 0 and not responses.exists():
        raise CannotRecomputeError("its responses were erased, the frozen result is all there is")
    if responses.filter(group__in=parameters.counting_groups, delegation="").exists():
        raise CannotRecomputeError(
            "its delegation labels were erased, so nobody can tell any more who shares a vote"
        )
    return forum_result(answers_frame(round_), response["members"], parameters)


def _held_against(snapshot: Snapshot, result: dict[str, Any]) -> Recomputed:
    from assessment.scoring.result import canonical, fingerprint

    document, code = canonical(result), fingerprint(result)
    found = list(deviations(snapshot.result, json.loads(document)))
    if not found and document != snapshot.document:  # the same values, stored in another form
        found = [Deviation("document", snapshot.document, document)]
    if not found and code != snapshot.fingerprint:
        found = [Deviation("fingerprint", snapshot.fingerprint, code)]
    return Recomputed(code, found)


def deviations(frozen: Any, computed: Any, path: str = "") -> Iterator[Deviation]:
    """Every leaf in which two results differ, in the order of their keys; whole floats and integers differ too."""
    if isinstance(frozen, dict) and isinstance(computed, dict):
        for key in sorted(frozen.keys() | computed.keys()):
            parts = frozen.get(key, NOTHING), computed.get(key, NOTHING)
            yield from deviations(*parts, f"{path}.{key}" if path else key)
    elif isinstance(frozen, list) and isinstance(computed, list):
        for place, parts in enumerate(zip_longest(frozen, computed, fillvalue=NOTHING)):
            yield from deviations(*parts, f"{path}[{place}]")
    elif _told(frozen) != _told(computed):
        yield Deviation(path, _told(frozen), _told(computed))


def _told(value: Any) -> str:
    return "nothing" if value is NOTHING else json.dumps(value, ensure_ascii=False, sort_keys=True)
