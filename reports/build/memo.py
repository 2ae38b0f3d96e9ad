"""The memo for a college or a council: the forum report in four sentences, and what the forum works on.

The four: who answered, and the first three of what changed, what the members rate highest and see most room in, and
where they are divided. They follow the rules of the summary (reports/build/glance.py).
"""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from assessment.actions.agreeing import Agreed
from assessment.models import Action
from questionnaires.texts import text
from reports.build.glance import changes, extremes, most_divided, opinions
from reports.build.source import Source, Told
from reports.memo import Memo, Part, Reader

N_FINDINGS = 3
MOST_ACTIONS = 3


def memo_of(
    source: Source, *, reader: Reader, municipality: str, language: str, made_on: datetime.date
) -> Memo:
    """`made_on` is the day by which an action is late. Raises ValueError below the threshold: a result that is not
    shown is told to no council.
    """
    if not source.is_published:
        raise ValueError("there is no result to write a memo about")
    with translation.override(language):
        return Memo(
            language=language,
            reader=reader,
            municipality=municipality,
            title=text(f"memo.{reader}.title"),
            subject=text("memo.subject", **_about(source)),
            parts=tuple(_parts(source, reader, made_on)),
            annex=text("memo.annex", fingerprint=source.facts.fingerprint),
            publisher=source.publisher,
            closed_at=source.facts.closed_at,
        )


def _about(source: Source) -> dict[str, Any]:
    return {"round": source.round_name, "forum": source.facts.forum}


def _parts(source: Source, reader: Reader, made_on: datetime.date) -> Iterator[Part]:
    yield Part(text("memo.reason.title"), sentences=tuple(_reason(source, reader)))
    yield Part(
        text("memo.result.title"), sentences=(_response(source),), bullets=tuple(_findings(source, reader))
    )
    yield from _priorities(source)
    if reader == Reader.COLLEGE:
        yield from _actions(source, made_on)
    yield Part(text(f"memo.{reader}.own.title"), to_fill_in=text(f"memo.{reader}.own"))
    yield Part(text("memo.howto.title"), sentences=tuple(_howto(source, reader)))
    decision = text(f"memo.{reader}.decision", **_about(source))
    position = text("memo.college.position") if reader == Reader.COLLEGE else ""
    yield Part(text("memo.decision.title"), sentences=(decision,), to_fill_in=position)


def _reason(source: Source, reader: Reader) -> Iterator[str]:
    coached = "coached" if settings.ORGANISATION_NAME else "alone"
    yield text(f"memo.{reader}.reason")
    yield text(f"memo.{reader}.{coached}", forum=source.facts.forum)
    closed_on = date_format(timezone.localtime(source.facts.closed_at), "j F Y")
    yield text("memo.this_is", round=source.round_name, date=closed_on)


def _response(source: Source) -> str:
    response = source.response
    counts = {"members": response["responses"], "municipalities": response["delegations"]}
    if response["members"] is None:
        return text("memo.response_unknown", **counts)
    return text("memo.response", **counts, municipalities_total=response["members"])


def _findings(source: Source, reader: Reader) -> Iterator[str]:
    return islice(_candidates(source, reader), N_FINDINGS)


def _candidates(source: Source, reader: Reader) -> Iterator[str]:
    yield from changes(source)
    if found := extremes(source):
        highest, lowest = found
        yield _rated(source, reader, "highest", highest)
        yield _rated(source, reader, "growth", lowest)
    elif len(source.published) > 1:
        yield text("report.glance.close")
    else:
        yield from (source.level_sentence(told) for told in source.published)
    if most := most_divided(source):
        yield text("memo.divided", dimension=most.in_sentence)
    else:
        yield from opinions(source)


def _rated(source: Source, reader: Reader, which: str, told: Told) -> str:
    """The college reads the score too; in a council the level says enough, and can be misread less."""
    level = source.level_words(told.entry)
    return text(f"memo.{reader}.{which}", **told.measured, level=level)


def _priorities(source: Source) -> Iterator[Part]:
    """What the calculation proposes is told as a proposal: a forum works on nothing before it chose to."""
    if source.chosen is None and source.result["priorities"]:
        computed = (source.told(each["dimension"]).name for each in source.result["priorities"])
        yield Part(
            text("memo.proposed.title"), sentences=(text("memo.proposed.lead"),), bullets=tuple(computed)
        )
    names = {told.dimension.code: told.name for told in source.dimensions}
    if source.chosen:
        yield Part(text("memo.works_on.title"), bullets=tuple(names[code] for code in source.chosen))


def _actions(source: Source, made_on: datetime.date) -> Iterator[Part]:
    """For the college alone: the first of what the forum still has to do."""
    running = [each for each in source.agreed if each.status in Action.UNFINISHED][:MOST_ACTIONS]
    if running:
        yield Part(text("memo.actions.title"), bullets=tuple(_action(each, made_on) for each in running))


def _action(action: Agreed, made_on: datetime.date) -> str:
    due_on = date_format(action.due_on, "j F Y") if action.due_on else ""
    details = [
        text("memo.action.owner", owner=action.owner) if action.owner else "",
        text("memo.action.due", date=due_on) if due_on else "",
        text("memo.action.overdue") if action.due_on and action.due_on < made_on else "",
    ]
    told = ", ".join(filter(None, details))
    return f"{action.what} ({told})" if told else action.what


def _howto(source: Source, reader: Reader) -> Iterator[str]:
    """What the memo is not, and the cautions of the report without which a number would be misread."""
    yield text(f"memo.{reader}.howto")
    if source.response["warning"]:
        yield text("report.warning.low_response")
    if source.facts.is_entered:
        yield text("report.note.entered")
