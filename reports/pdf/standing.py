"""The chapters that say where the forum stands: profile, agreement, statements and importance."""

from questionnaires.texts import text
from reports.charts.heat_table import heat_table
from reports.charts.importance import importance_matrix
from reports.charts.profile import profile_plot
from reports.charts.spread_bars import classes_of, key_in_words, spread_bars, spread_key
from reports.pdf.measures import NOTHING, number, shares
from reports.pdf.story import Story
from reports.pdf.styles import BESIDE, KEPT_BODY, NOTE_ITEM, QUESTION, SMALL, SMALL_ITEM
from reports.report import Measure, Profile, Result
from reports.statements import Statement, StatementGroup, Statements

# By the columns that are not always there.
PROFILE_WIDTHS = {
    ("agreement", "target"): (29, 8, 9, 20, 18, 16),
    ("agreement",): (39, 8, 9, 22, 22),
    ("target",): (40, 8, 9, 25, 18),
    (): (52, 8, 9, 31),
}


def tell_profile(story: Story, result: Result) -> None:
    profile = result.profile
    story.paragraph(text("report.profile.key"), SMALL)
    story.figure(profile_plot(profile), alt=profile.description)
    optional = _optional_columns(profile)
    story.table(
        head=[
            text(f"report.profile.col.{column}")
            for column in ("dimension", "score", "margin", "level", *optional)
        ],
        rows=[_measured(each, optional) for each in profile.measures],
        widths=shares(*PROFILE_WIDTHS[optional]),
        numeric=(1, 2),
    )
    for note in profile.notes:
        story.callout(note)


def _optional_columns(profile: Profile) -> tuple[str, ...]:
    agreement = ("agreement",) if profile.has_agreement else ()
    return (*agreement, "target") if any(each.target for each in profile.measures) else agreement


def _measured(measure: Measure, optional: tuple[str, ...]) -> tuple[str, ...]:
    row = (measure.name, number(measure.score), number(measure.margin), measure.level)
    told = {"agreement": measure.agreement, "target": measure.target or NOTHING}
    return (*row, *(told[column] for column in optional))


def tell_roles(story: Story, profile: Profile) -> None:
    """How mayors and other local members compare, and what support and partners say, as far as that may be told."""
    if profile.roles_note:
        story.paragraph(profile.roles_note, KEPT_BODY)
    story.bullets(profile.roles, NOTE_ITEM)
    if profile.others:
        _others(story, profile)


def _others(story: Story, profile: Profile) -> None:
    story.subsection(profile.others_name, key="others")
    story.paragraph(text("report.profile.others"), KEPT_BODY)
    story.table(
        head=[text("report.profile.col.dimension"), text("report.profile.col.score")],
        rows=[(each.name, str(each.score)) for each in profile.others],
        widths=shares(60, 12),
        numeric=(1,),
    )


def tell_agreement(story: Story, result: Result) -> None:
    if any(each.spread for each in result.agreement):
        story.paragraph(text("report.spread.lead"), KEPT_BODY)
        classes = classes_of(result.agreement)
        story.figure(spread_key(classes), alt=key_in_words(classes), is_kept=True)
    if result.agreement and not any(each.spread for each in result.agreement):
        _agreement_in_words(story, result)
        return
    for place, each in enumerate(result.agreement):
        story.subsection(each.name, key=f"agreement-{place}")
        story.paragraph(each.sentence, BESIDE)
        if each.spread:
            story.figure(spread_bars(each.spread), alt=each.description, is_kept=True)
        for sentence in each.camps_without_bar:
            story.paragraph(sentence, SMALL)
        story.paragraph(each.question, QUESTION)
    if not result.agreement:
        story.paragraph(text("report.suppressed.why"))


def _agreement_in_words(story: Story, result: Result) -> None:
    """Without any spread to draw, the same sentence would come back under each dimension."""
    words = {each.name: each.agreement for each in result.profile.measures}
    columns = ("profile.col.dimension", "profile.col.agreement", "agreement.col.question")
    story.table(
        head=[text(f"report.{column}") for column in columns],
        rows=[(each.name, words[each.name], each.bare_question) for each in result.agreement],
        widths=shares(30, 20, 50),
    )
    story.bullets([camp for each in result.agreement for camp in each.camps_without_bar], NOTE_ITEM)


def tell_statements(story: Story, result: Result) -> None:
    statements = result.statements
    story.paragraph(text("report.statements.lead"))
    for note in statements.notes:
        story.callout(note)
    for key, ranked in (("highest", statements.highest), ("lowest", statements.lowest)):
        if ranked:
            story.subsection(text(f"report.statements.{key}"), key=key)
            story.numbers([f"{each.text} ({each.score})" for each in ranked], SMALL_ITEM)
    story.figure(heat_table(statements), alt=statements.description)
    _every(story, statements)


def _every(story: Story, statements: Statements) -> None:
    """Without the columns of words that no statement has, whose width the statement gets."""
    columns = ("statement", "dimension", "score", "agreement", "spread")
    parts = (43, 12, 7, 21.5, 16.5)
    rows = [_row(group, each) for group in statements.groups for each in group.statements]
    kept = [place for place in range(5) if place < 3 or any(row[place] != NOTHING for row in rows)]
    others = [parts[place] for place in kept[1:]]
    story.subsection(text("report.statements.all"), key="all")
    story.table(
        head=[text(f"report.statements.col.{columns[place]}") for place in kept],
        rows=[[row[place] for place in kept] for row in rows],
        widths=shares(100 - sum(others), *others),
        numeric=(2,),
        ends_in_pair=True,
    )


def _row(group: StatementGroup, statement: Statement) -> tuple[str, ...]:
    return (
        statement.text,
        group.short_name,
        number(statement.score),
        statement.agreement or NOTHING,
        " · ".join(map(str, statement.shares)) or NOTHING,
    )


def tell_importance(story: Story, result: Result) -> None:
    importance = result.importance
    story.paragraph(text("report.importance.lead"))
    story.figure(importance_matrix(importance), alt=importance.description)
    for note in importance.notes:
        story.callout(note)
    story.table(
        head=[
            text("report.profile.col.dimension"),
            text("report.importance.axis_importance"),
            text("report.profile.col.score"),
            text("report.importance.col.meaning"),
        ],
        rows=[
            (
                each.name,
                number(each.importance),
                number(each.score),
                each.meaning or text("report.suppressed"),
            )
            for each in importance.dimensions
        ],
        widths=shares(35, 14, 8, 43),
        numeric=(1, 2),
    )
