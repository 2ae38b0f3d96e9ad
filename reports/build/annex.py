"""The technical annex: on how many answers each score rests, indices of agreement, conventions, versions."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.formats import get_format

from assessment.scoring.disclosure import may_show_indices
from assessment.scoring.rounding import NOISE_DECIMALS
from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.build.statements import statements_of
from reports.report import Annex, Count, Indices, Parameter


def annex(source: Source) -> Annex:
    address = settings.BASE_URL.rstrip("/") + reverse("reports:check")
    return Annex(
        check=text("report.technical.check", address=address),
        check_address=address,
        notes=tuple(_notes(source)),
        counts=tuple(_count(told) for told in source.dimensions),
        indices=tuple(_indices(source)),
        parameters=tuple(Parameter(*each) for each in _parameters(source)),
    )


def _notes(source: Source) -> Iterator[str]:
    yield text("report.technical.lead")
    yield text("report.technical.margin")
    if not source.result["flags"]["weighting_sensitive"]:
        yield text("report.note.weighting_small")
    suppressed = _suppressed(source)
    if suppressed:
        yield text("report.technical.suppressed", n=suppressed, count=suppressed)
    else:
        yield text("report.technical.suppressed.none")


def _count(told: Told) -> Count:
    if not told.is_published:
        return Count(told.name, None, None)
    return Count(told.name, told.entry["n_responses"], told.entry["n_delegations"])


def _suppressed(source: Source) -> int:
    """Scores of dimensions and statements, and the total, that are not shown."""
    statements = [each for told in source.dimensions for each in statements_of(source, told)]
    hidden = [not told.is_published for told in source.dimensions]
    hidden += [each.score is None for each in statements]
    return sum(hidden) + (source.result["total"] is None)


def _indices(source: Source) -> Iterator[Indices]:
    """Rules 7.5 and 13.11; the only numbers with decimals in a report."""
    for told in source.published:
        if may_show_indices(source.result, told.dimension.code):
            indices = told.entry["annex"]
            yield Indices(
                told.name, _decimals(indices["rwg"]), _decimals(indices["awg"]), _decimals(indices["ad"])
            )


def _decimals(value: float | None, places: int = 2) -> str:
    """A number with its decimals as the active language writes them; a dash for none."""
    if value is None:
        return "–"
    return f"{round(value, NOISE_DECIMALS):.{places}f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def _parameters(source: Source) -> Iterator[tuple[str, str]]:
    scoring, privacy, facts = source.content.scoring, source.content.privacy, source.facts
    uncertainty = scoring.uncertainty
    threshold = {"members": privacy.k_forum, "municipalities": privacy.min_municipalities_forum}
    answered = {"count": scoring.min_answered_per_dimension, "total": scoring.items_per_dimension}
    yield text("report.technical.weight"), text("report.technical.weight_value")
    yield text("report.technical.answered"), text("report.technical.answered_value", **answered)
    yield text("report.technical.threshold"), text("report.technical.threshold_value", **threshold)
    yield text("report.technical.cuts"), ", ".join(map(str, scoring.level_cuts))
    yield text("report.technical.confidence"), f"{uncertainty.confidence * 100:.0f} %"
    yield text("report.technical.rho"), _decimals(uncertainty.damped_fpc_rho)
    yield text("report.technical.floor"), _decimals(uncertainty.sd_floor)
    yield text("report.technical.unseen"), f"{scoring.dont_know_flag_share * 100:.0f} %"
    yield text("report.technical.line"), str(scoring.priority.performance_line)
    yield text("report.technical.questionnaire"), facts.questionnaire_version
    yield text("report.technical.software"), facts.software_version
    yield text("report.technical.fingerprint"), facts.fingerprint
