"""Everything that a forum report tells, word for word and in its order, as who listens to it should hear it."""

from collections.abc import Iterator, Sequence

from questionnaires.texts import text
from reports.change import Change, Experience, Score
from reports.chapters import chapters_of
from reports.report import Annex, GroupLevel, Priority, Profile, Report, Result, Target, Track
from reports.statements import Statements

DASH = "–"


def expected_words(report: Report) -> Iterator[str]:
    """Without what stands in a contents entry or a chart, whose alternative text is looked at apart.

    A space at which no line breaks is read as any other.
    """
    for words in _told_words(report):
        yield words.replace("\u00a0", " ")


def _told_words(report: Report) -> Iterator[str]:
    cover = report.cover
    yield from (report.publisher, report.title, report.subtitle)
    if report.result:
        yield from (text("report.glance.title"), *report.result.glance.sentences)
        if report.result.glance.priorities:
            yield from (report.result.glance.priorities_title, *report.result.glance.priorities)
        yield text("report.glance.limits")
    else:
        yield from _who(report)
    yield from (cover.version, cover.closed_on, cover.response, cover.coach)
    if len(chapters_of(report)) > 1:
        yield text("report.contents")
    if report.omitted:
        yield from (text("report.omitted"), *report.omitted)
    if report.result:
        yield from _profile(report.result.profile)
        if report.foreword:
            foreword = report.foreword
            yield from (
                text("report.foreword.title"),
                foreword.note,
                *foreword.paragraphs,
                foreword.signature,
            )
        yield from _who(report)
        yield from _result(report, report.result)


def _who(report: Report) -> Iterator[str]:
    told = report.respondents
    yield from (text("report.who.title"), *told.sentences, *told.cautions, *told.what_now)
    if report.result:
        yield from _roles(report.result.profile)


def _result(report: Report, result: Result) -> Iterator[str]:
    yield text("report.howto.title")
    for each in result.guide:
        yield from (each.title, *each.paragraphs)
    if report.tells("agreement"):
        yield from _agreement(result)
    if report.tells("statements"):
        yield from _statements(result.statements)
    if result.change:
        yield from _change(result.change)
    if result.experience:
        yield from _experience(result.experience)
    if report.targets:
        yield from _targets(report.targets)
    if report.tells("importance"):
        yield from _importance(result)
    yield from _year_of_forum(report, result)
    yield from _annex(result.annex)


def _agreement(result: Result) -> Iterator[str]:
    yield text("report.agreement.title")
    if any(each.spread for each in result.agreement):
        yield text("report.spread.lead")
    elif result.agreement:
        yield from (
            *_columns("report.profile.col", "dimension", "agreement"),
            text("report.agreement.col.question"),
        )
        words = {each.name: each.agreement for each in result.profile.measures}
        for each in result.agreement:
            yield from (each.name, words[each.name], each.bare_question)
        yield from (camp for each in result.agreement for camp in each.camps_without_bar)
        return
    for each in result.agreement:
        yield from (each.name, each.sentence, *each.camps_without_bar, each.question)


def _year_of_forum(report: Report, result: Result) -> Iterator[str]:
    """What the forum wants, does and says of itself."""
    if report.tells("track"):
        yield from _track(result.track)
    if report.agreed:
        yield text("report.actions.title")
        yield from (*_columns("report.track", "actions", "who", "when"), text("report.actions.col.status"))
        yield text("report.track.evidence")
        for each in report.agreed:
            yield from (
                each.what,
                each.owner or DASH,
                each.due_on or DASH,
                each.status,
                each.evidence or DASH,
            )
    if report.group_levels:
        yield from _group_levels(report.group_levels)
    if result.voices:
        yield from (text("report.voices.title"), text("report.voices.lead"))
        for voice in result.voices:
            yield voice.title or text("report.voices.loose")
            yield from (*([voice.summary] if voice.summary else []), *voice.quotes)


def _number(value: int | None) -> str:
    return DASH if value is None else str(value)


def _columns(group: str, *names: str) -> Iterator[str]:
    yield from (text(f"{group}.{name}") for name in names)


def _profile(profile: Profile) -> Iterator[str]:
    yield from (text("report.profile.title"), text("report.profile.key"))
    has_targets = any(each.target for each in profile.measures)
    agreement = ("agreement",) if profile.has_agreement else ()
    yield from _columns("report.profile.col", "dimension", "score", "margin", "level", *agreement)
    yield from [text("report.profile.col.target")] if has_targets else []
    for each in profile.measures:
        yield from (each.name, _number(each.score), _number(each.margin), each.level)
        yield from (each.agreement,) if profile.has_agreement else ()
        yield from [each.target or DASH] if has_targets else []
    yield from profile.notes


def _roles(profile: Profile) -> Iterator[str]:
    yield from (*filter(None, [profile.roles_note]), *profile.roles)
    if profile.others:
        yield from (profile.others_name, text("report.profile.others"))
        yield from _columns("report.profile.col", "dimension", "score")
        for each in profile.others:
            yield from (each.name, str(each.score))


def _statements(statements: Statements) -> Iterator[str]:
    yield from (text("report.statements.title"), text("report.statements.lead"), *statements.notes)
    for key, ranked in (("highest", statements.highest), ("lowest", statements.lowest)):
        if ranked:
            yield from (text(f"report.statements.{key}"), *(f"{each.text} ({each.score})" for each in ranked))
    yield text("report.statements.all")
    every = [each for group in statements.groups for each in group.statements]
    has_agreement, has_spread = any(each.agreement for each in every), any(each.shares for each in every)
    yield from _columns("report.statements.col", "statement", "dimension", "score")
    yield from _columns("report.statements.col", *["agreement"] * has_agreement, *["spread"] * has_spread)
    for group in statements.groups:
        for each in group.statements:
            yield from (each.text, group.short_name, _number(each.score))
            yield from [each.agreement or DASH] * has_agreement
            yield from [" · ".join(map(str, each.shares)) or DASH] * has_spread


def _change(change: Change) -> Iterator[str]:
    yield from (text("report.change.title"), text("report.change.lead"))
    for since in change.comparisons:
        yield from filter(None, (since.title, since.reason))
        yield from filter(None, [" ".join(since.total)])
        if since is change.comparisons[0]:
            yield from since.findings
        yield from since.notes
    yield text("report.profile.col.dimension")
    first, last = change.comparisons[0], change.comparisons[-1]
    if first is last:
        yield from _columns("report.change.col", "before", "after", "difference", "margin", "verdict")
        for each in first.changes:
            yield from (each.name, _score(each.before), _score(each.after), each.signed_difference)
            yield from (_number(each.margin), each.verdict)
        return
    yield from (first.names[0], *last.names, first.title, last.title)
    for each, newer in zip(first.changes, last.changes, strict=True):
        yield from (each.name, _score(each.before), _score(newer.before), _score(each.after))
        for told in (each, newer):
            yield ", ".join(filter(None, (told.told, told.verdict)))


def _score(score: Score | None) -> str:
    return str(score.display) if score else DASH


def _experience(experience: Sequence[Experience]) -> Iterator[str]:
    yield from (text("report.experienced.title"), text("report.experienced.lead"))
    yield text("report.profile.col.dimension")
    yield from _columns("report.experienced.col", "experienced", "answer", "verdict")
    for each in experience:
        yield from (each.name, each.signed_experienced, each.answer, each.verdict)
    yield from filter(None, (each.sentence for each in experience))


def _importance(result: Result) -> Iterator[str]:
    importance = result.importance
    yield from (text("report.importance.title"), text("report.importance.lead"), *importance.notes)
    yield from (text("report.profile.col.dimension"), text("report.importance.axis_importance"))
    yield from (text("report.profile.col.score"), text("report.importance.col.meaning"))
    for each in importance.dimensions:
        meaning = each.meaning or text("report.suppressed")
        yield from (each.name, _number(each.importance), _number(each.score), meaning)


def _targets(targets: Sequence[Target]) -> Iterator[str]:
    yield from (text("report.targets.title"), text("report.targets.lead"))
    yield from _columns("report.profile.col", "dimension", "target")
    yield from _columns("report.targets.col", "reason", "chosen_on")
    for each in targets:
        yield from (each.name, each.level, each.reason or DASH, each.chosen_on)
    yield from (each.sentence for each in targets)


def _track(track: Track) -> Iterator[str]:
    yield from (track.title, track.lead, *filter(None, [track.overruled]))
    if track.make_visible:
        yield text("report.track.visible")
        yield from (f"{each.name}. {each.sentence}" for each in track.make_visible)
    for number, priority in enumerate(track.priorities, start=1):
        yield f"{number}. {priority.name}"
        yield from _priority(priority)


def _priority(priority: Priority) -> Iterator[str]:
    yield from (text("report.track.now"), priority.now)
    yield from _columns("report.ladder.col", "level", "text", "marks")
    for each in priority.ladder:
        yield from filter(None, (each.level, each.text, ", ".join(each.marks)))
    yield from (
        *filter(None, [" ".join(priority.notes)]),
        *filter(None, [priority.question]),
        text("report.track.next_step"),
        priority.step,
    )
    for action in priority.actions:
        yield from (action.what, action.method, f"{text('report.track.who')}: {action.who}")
    yield from (text("report.track.evidence"), priority.evidence)
    if priority.agreed:
        yield text("report.actions.title")
        yield from (*_columns("report.track", "actions", "who", "when"), text("report.actions.col.status"))
        for each in priority.agreed:
            yield from (each.what, each.owner or DASH, each.due_on or DASH, each.status)


def _group_levels(levels: Sequence[GroupLevel]) -> Iterator[str]:
    yield from (text("report.group_level.title"), text("report.group_level.lead"))
    yield text("report.profile.col.dimension")
    yield from _columns("report.group_level.col", "calculated", "group", "evidence")
    for each in levels:
        yield from (each.name, each.calculated, each.level, each.evidence or DASH)
    yield from (each.sentence for each in levels)


def _annex(annex: Annex) -> Iterator[str]:
    indices = {each.name: (each.rwg, each.awg, each.deviation) for each in annex.indices}
    yield from (text("report.technical.title"), " ".join(annex.notes), text("report.technical.counts"))
    yield text("report.technical.indices_note" if indices else "report.technical.indices_hidden")
    yield from (
        text("report.profile.col.dimension"),
        *_columns("report.technical.col", "members", "municipalities"),
    )
    yield from ("r_wg", "a_wg", "AD") if indices else ()
    for each in annex.counts:
        counts = (each.members, each.municipalities)
        yield from (each.name, *(text("report.suppressed") if n is None else str(n) for n in counts))
        yield from indices.get(each.name, (DASH,) * 3) if indices else ()
    yield text("report.technical.parameters")
    yield from _columns("report.technical.col", "parameter", "value")
    for each in annex.parameters:
        yield from (each.name, each.value)
