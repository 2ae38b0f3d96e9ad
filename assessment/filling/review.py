"""The review page: every answer in words, every gap by name."""

from collections.abc import Callable
from typing import NamedTuple

from assessment.filling.progress import Progress
from assessment.filling.steps import Step
from questionnaires.content import AnswerScale, Content
from questionnaires.questions import Question


class ReviewedAnswer(NamedTuple):
    """A question with its answer in words; `answer` is empty when there is none, `anchor` leads to its field."""

    question: str
    answer: str
    is_required: bool
    anchor: str


class ReviewedStep(NamedTuple):
    """A step with its answers and its address; `is_thin` when too many don't-knows leave it without a score."""

    code: str
    name: str
    url: str
    answers: list[ReviewedAnswer]
    is_thin: bool


def reviewed_steps(
    progress: Progress, names: dict[str, str], url_of: Callable[[str], str]
) -> list[ReviewedStep]:
    """All steps with questions, in order; `names` gives each step its name on the page."""
    return [
        ReviewedStep(
            step.code,
            names[step.code],
            url_of(step.code),
            _answers(step, progress),
            _is_thin(step, progress),
        )
        for step in progress.steps.values()
        if step.questions
    ]


def _answers(step: Step, progress: Progress) -> list[ReviewedAnswer]:
    return [
        ReviewedAnswer(
            question_text(progress.content, question),
            _in_words(progress, question),
            question.is_required,
            anchor(question),
        )
        for question in step.questions
    ]


def _in_words(progress: Progress, question: Question) -> str:
    value = progress.answers.get((question.kind, question.item), "")
    if not value or question.kind == "open":
        return value
    scale = scale_of(progress.content, question.kind)
    if value == scale.missing_option.code:
        return str(scale.missing_option)
    return next(str(option) for option in scale.options if str(option.value) == value)


def _is_thin(step: Step, progress: Progress) -> bool:
    """Rule 3.1 of docs/scoring.md: below the minimum of answered statements there is no score."""
    statements = [q for q in step.questions if q.kind == "statement"]
    values = [progress.answers.get((q.kind, q.item)) for q in statements]
    if not statements or None in values:
        return False
    answered = sum(value != progress.content.missing_code for value in values)
    return answered < progress.content.scoring.min_answered_per_dimension


def anchor(question: Question) -> str:
    """The id of the first control of a question on its page."""
    return f"id_{question.item}" if question.kind == "open" else f"{question.item}-1"


def question_text(content: Content, question: Question) -> str:
    """What is asked, in the active language."""
    if question.kind == "statement":
        return str(content.statement(question.item))
    if question.kind == "change":
        return str(content.dimension(question.item).name)
    if question.kind == "open":
        return str(content.open_question(question.item))
    return str(content.answer_scales.importance.question)


def scale_of(content: Content, kind: str) -> AnswerScale:
    """The answer scale of statements, importance or change."""
    scales = content.answer_scales
    return {"statement": scales.agreement, "importance": scales.importance, "change": scales.change}[kind]
