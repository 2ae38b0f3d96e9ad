"""Why two rounds cannot be compared as a whole: rule 10.1 in words, with the numbers behind it."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.comparison.pair import Pair
from reports.build.source import Source


def reason(pair: Pair) -> Iterator[str]:
    """Nothing when they can be compared; else the reason, what lies behind it, and what is left to read."""
    code = pair.compared["reason"]
    if code is None:
        return
    yield text(f"verdict.reason.{code}")
    if code == "other_version":
        yield text(
            "compare.why.other_version", **pair.named, version_1=_name(pair.first), version=_name(pair.second)
        )
    elif code == "membership_changed":
        before, after = (source.response["members"] for source in (pair.first, pair.second))
        percent = round(pair.parameters.max_membership_change * 100)
        yield text(
            "compare.why.membership_changed", **pair.named, before=before, after=after, percent=percent
        )
    yield text("compare.why.apart")


def _name(source: Source) -> str:
    return f"{source.content.instrument.title} {source.facts.questionnaire_version}"
