"""What the forum agreed to do, as it stands when the report is built."""

from django.utils.formats import date_format

from assessment.actions.agreeing import Agreed as Action
from questionnaires.texts import text
from reports.build.source import Source
from reports.report import Agreed


def agreed(source: Source) -> tuple[Agreed, ...]:
    """By state: what is still to start, what runs, what was done and what stopped."""
    names = {each.code: str(each) for each in source.content.dimensions}
    return tuple(_told(each, names.get(each.dimension, each.dimension)) for each in source.agreed)


def _told(action: Action, dimension: str) -> Agreed:
    return Agreed(
        what=action.what,
        dimension=dimension,
        owner=action.owner,
        due_on=date_format(action.due_on, "j F Y") if action.due_on else "",
        status=text(f"action.status.{action.status}"),
        evidence=action.evidence,
    )
