"""What a questionnaire must be, one fault at a time, and how a file becomes a version."""

import pytest
from django.utils import translation

from questionnaires.loading import QuestionnaireError, check_file, load_questionnaire, load_questionnaires
from questionnaires.models import Questionnaire, QuestionnaireVersion
from questionnaires.wording import LANGUAGES
from tests.questionnaires.documents import GONE, REAL_FILE, at, put, told

State = QuestionnaireVersion.State
STEPS = (
    *("rol", "verandering", "eigen-woorden", "nakijken", "ingediend", "intrekken", "niet-deelnemen"),
    *("nieuwe-link", "later", "bewaren", "antwoorden"),
)
LONG = "x" * 60
UPPER = "X" * 21


@pytest.fixture
def faults_with(document, write):
    """The faults of the real questionnaire after changes at some paths."""

    def check(*changes):
        for path, value in changes:
            put(document, path, value)
        with pytest.raises(QuestionnaireError) as caught:
            check_file(write(document))
        assert_can_be_said(caught.value.faults)
        return sorted(told(caught.value.faults))

    return check


def assert_can_be_said(faults):
    """Every fault fills one line in every language, with no placeholder left open."""
    for language in LANGUAGES:
        with translation.override(language):
            lines = [str(fault) for fault in faults]
        assert not [line for line in lines if "{" in line or "\n" in line]


SHAPE = [
    ("instrument.colour", "blue", [("instrument.colour", "unknown_key")]),
    ("extra", {}, [("extra", "unknown_key")]),
    ("dimensions[2].statements[1].weight", 2, [("dimensions[2].statements[1].weight", "unknown_key")]),
    ("dimensions[0].name.fr", "Vision", [("dimensions[0].name.fr", "unknown_key")]),
    ("a key: with a colon", 1, [('"a key: with a colon"', "unknown_key")]),
    ("instrument.title", GONE, [("instrument.title", "missing_key")]),
    ("dimensions[7].dialogue_question", GONE, [("dimensions[7].dialogue_question", "missing_key")]),
    ("privacy", GONE, [("privacy", "missing_key")]),
    ("dimensions[2].statements[1].nl", GONE, [("dimensions[2].statements[1].nl", "missing_language")]),
    ("levels[4].description.en", GONE, [("levels[4].description.en", "missing_language")]),
    ("dimensions[2].statements[1].nl", "", [("dimensions[2].statements[1].nl", "empty_text")]),
    ("dimensions[2].statements[1].en", " \n ", [("dimensions[2].statements[1].en", "empty_text")]),
    ("sources[0].ref", "", [("sources[0].ref", "empty_text")]),
    ("open_answer_hint.nl", None, [("open_answer_hint.nl", "text_expected")]),
    ("open_answer_hint.nl", 12, [("open_answer_hint.nl", "text_expected")]),
    ("open_answer_hint.nl", False, [("open_answer_hint.nl", "text_expected")]),
    ("instrument.max_minutes", "12", [("instrument.max_minutes", "whole_number_expected")]),
    ("instrument.max_minutes", 12.5, [("instrument.max_minutes", "whole_number_expected")]),
    ("instrument.max_minutes", True, [("instrument.max_minutes", "whole_number_expected")]),
    ("scoring.dont_know_flag_share", "30%", [("scoring.dont_know_flag_share", "number_expected")]),
    ("rounds[0].asks_change", "no", [("rounds[0].asks_change", "true_or_false_expected")]),
    ("rounds[0].asks_change", 0, [("rounds[0].asks_change", "true_or_false_expected")]),
    ("dimensions[0].constructs", "trust", [("dimensions[0].constructs", "list_expected")]),
    ("dimensions[0].constructs", {}, [("dimensions[0].constructs", "list_expected")]),
    ("dimensions[0].name", "Visie", [("dimensions[0].name", "mapping_expected")]),
    ("levels[2]", None, [("levels", "missing_entry"), ("levels[2]", "mapping_expected")]),
    (
        "report_groups[0].code",
        "",
        [("report_groups[0].code", "wrong_form"), ("roles[0].report_group", "unknown_reference")],
    ),
    (
        "sources[17].id",
        "VVSG",
        [("dimensions[6].sources[4]", "unknown_reference"), ("sources[17].id", "wrong_form")],
    ),
    ("open_questions[0].code", "o1", [("open_questions[0].code", "wrong_form")]),
    ("open_questions[0].code", UPPER, [("open_questions[0].code", "text_too_long")]),
    ("instrument.id", "Burgemeesters forum", [("instrument.id", "wrong_form")]),
    ("instrument.id", LONG, [("instrument.id", "text_too_long")]),
    ("instrument.version", "1.0", [("instrument.version", "wrong_form")]),
    ("instrument.version", "1.0.0-beta", [("instrument.version", "wrong_form")]),
    ("instrument.version", "01.0.0", [("instrument.version", "wrong_form")]),
    ("instrument.version", "1.0.0\n", [("instrument.version", "wrong_form")]),
    ("instrument.version", 1.0, [("instrument.version", "text_expected")]),
    ("dimensions[0].referent", "region", [("dimensions[0].referent", "not_allowed")]),
    ("dimensions[0].statements[0].reverse", True, [("dimensions[0].statements[0].reverse", "not_allowed")]),
    ("quote_consent.default", True, [("quote_consent.default", "not_allowed")]),
    ("privacy.closing_is_final", False, [("privacy.closing_is_final", "not_allowed")]),
    ("scoring.unit_of_analysis", "person", [("scoring.unit_of_analysis", "not_allowed")]),
    ("instrument.language_default", "fr", [("instrument.language_default", "not_allowed")]),
    ("answer_scales.agreement.max", 7, [("answer_scales.agreement.max", "not_allowed")]),
    ("privacy.k_forum", 0, [("privacy.k_forum", "number_too_low")]),
    ("rounds[0].month", -1, [("rounds[0].month", "number_too_low")]),
    ("scoring.change.alpha", 1.5, [("scoring.change.alpha", "number_too_high")]),
    ("open_questions[0].max_chars", 10_001, [("open_questions[0].max_chars", "number_too_high")]),
    (
        "dimensions[0].statements[0].aims_at_level",
        6,
        [("dimensions[0].statements[0].aims_at_level", "number_too_high")],
    ),
    ("dimensions[0].next_steps[0].actions", [], [("dimensions[0].next_steps[0].actions", "too_few_entries")]),
    ("dimensions[0].applies_to_roles", [], [("dimensions[0].applies_to_roles", "too_few_entries")]),
    ("scoring.level_cuts", [20, 40, 60], [("scoring.level_cuts[3]", "missing_key")]),
    ("scoring.level_cuts", [20, 40, 60, 80, 90], [("scoring.level_cuts", "too_many_entries")]),
]


@pytest.mark.parametrize("path, value, expected", SHAPE)
def test_what_has_not_the_shape_of_a_questionnaire_is_refused(faults_with, path, value, expected):
    assert faults_with((path, value)) == expected


DOUBLE = [
    ("dimensions[1].code", "VIS"),
    ("dimensions[1].statements[0].code", "VIS4"),
    ("dimensions[1].statements[1].code", "VER1"),
    ("dimensions[1].statements[0].code", "VIS"),
    ("open_questions[1].code", "O1"),
    ("open_questions[0].code", "LER4"),
    ("sources[1].id", "provan_kenis_2008"),
    ("dimensions[0].applies_to_roles[1]", "mayor"),
    ("dimensions[0].sources[1]", "provan_kenis_2008"),
    ("open_questions[0].rounds[1]", "baseline"),
    ("scoring.priority.enabling_dimensions[1]", "VER"),
    ("scoring.agreement.annex[1]", "rwg"),
    ("scoring.reliability.coefficients[1]", "alpha"),
]


@pytest.mark.parametrize("path, code", DOUBLE)
def test_code_that_stands_twice_is_refused_where_it_stands_again(faults_with, path, code):
    assert (path, "double_code") in faults_with((path, code))


@pytest.mark.parametrize(
    "path, code, also",
    [
        ("roles[1].code", "mayor", {"unknown_reference"}),
        ("report_groups[1].code", "mayors", {"unknown_reference"}),
        ("rounds[1].code", "baseline", {"unknown_reference", "missing_entry"}),
        ("dimensions[1].rubric[1].level", 1, {"missing_entry"}),
        ("dimensions[1].next_steps[1].level", 1, {"missing_entry"}),
        ("levels[1].level", 1, {"missing_entry"}),
        ("answer_scales.change.options[4].value", 4, {"missing_entry"}),
        ("scoring.change.verdicts[1].code", "progress", {"missing_entry"}),
    ],
)
def test_double_code_tells_what_it_pushed_out_as_well(faults_with, path, code, also):
    faults = faults_with((path, code))
    assert (path, "double_code") in faults
    assert {reason for _, reason in faults} == {"double_code"} | also


@pytest.mark.parametrize(
    "path",
    [
        "instrument.languages",
        "rounds",
        "answer_scales.agreement.options",
        "answer_scales.importance.options",
        "answer_scales.change.options",
        "dimensions[3].rubric",
        "dimensions[3].next_steps",
        "target_levels.statuses",
        "scoring.agreement.labels_similarity",
        "scoring.change.verdicts",
        "scoring.change.reasons",
        "scoring.change.signals",
        "scoring.role_difference.verdicts",
        "scoring.individual_report.positions",
        "scoring.priority.quadrants",
        "privacy.never_publish",
    ],
)
def test_list_that_lacks_what_the_software_counts_on_is_refused(document, faults_with, path):
    shortened = at(document, path)[:-1]
    assert (path, "missing_entry") in faults_with((path, shortened))


@pytest.mark.parametrize("code", [step.upper() for step in STEPS])
def test_code_of_a_step_is_no_code_of_a_dimension(faults_with, code):
    assert faults_with(("dimensions[0].code", code)) == [("dimensions[0].code", "reserved_code")]


@pytest.mark.parametrize(
    "path, code",
    [
        ("roles[5].report_group", "neighbours"),
        ("dimensions[0].applies_to_roles[5]", "minister"),
        ("dimensions[0].sources[0]", "nobody_1999"),
        ("scoring.priority.enabling_dimensions[0]", "XXX"),
    ],
)
def test_reference_to_nothing_is_refused(faults_with, path, code):
    assert faults_with((path, code)) == [(path, "unknown_reference")]


def test_open_question_in_an_unknown_round_is_refused(faults_with):
    assert ("open_questions[0].rounds[0]", "not_allowed") in faults_with(
        ("open_questions[0].rounds[0]", "fourth")
    )


def test_open_question_in_a_round_that_is_left_out_is_refused(document, faults_with):
    assert faults_with(("rounds", document["rounds"][:2])) == [
        ("open_questions[0].rounds[2]", "unknown_reference"),
        ("open_questions[1].rounds[2]", "unknown_reference"),
        ("open_questions[3].rounds[0]", "unknown_reference"),
        ("rounds", "missing_entry"),
    ]


@pytest.mark.parametrize(
    "path, value, expected",
    [
        ("levels[0].min_score", 1, [("levels[0].min_score", "levels_do_not_join")]),
        ("levels[4].max_score", 99, [("levels[4].max_score", "levels_do_not_join")]),
        ("levels[1].max_score", 38, [("levels[2].min_score", "levels_do_not_join")]),
        ("levels[1].max_score", 40, [("levels[2].min_score", "levels_do_not_join")]),
        (
            "levels[1].max_score",
            19,
            [("levels[1].max_score", "unreachable_level"), ("levels[2].min_score", "levels_do_not_join")],
        ),
        ("scoring.level_cuts[2]", 61, [("scoring.level_cuts[2]", "wrong_value")]),
        ("dimensions[5].rubric[4].level", 3, None),
    ],
)
def test_levels_that_cannot_all_be_reached_are_refused(faults_with, path, value, expected):
    if expected is None:
        expected = [
            ("dimensions[5].rubric", "missing_entry"),
            ("dimensions[5].rubric[4].level", "double_code"),
            ("dimensions[5].rubric[4].level", "wrong_order"),
        ]
    assert faults_with((path, value)) == expected


@pytest.mark.parametrize("path", ["levels", "dimensions[0].rubric", "dimensions[0].next_steps"])
def test_levels_out_of_order_are_refused(document, faults_with, path):
    turned = at(document, path)[::-1]
    assert (f"{path}[1].level", "wrong_order") in faults_with((path, turned))


@pytest.mark.parametrize("path", ["rounds[1]", "roles[1]", "dimensions[1]", "group_session.steps[1]"])
def test_order_is_the_place_in_the_list(faults_with, path):
    assert faults_with((f"{path}.order", 9)) == [(f"{path}.order", "wrong_value")]


def test_numbers_of_statements_must_be_true(document, faults_with):
    statements = document["dimensions"][0]["statements"]
    assert faults_with(("dimensions[0].statements", statements[:3])) == [
        ("dimensions[0].statements", "wrong_count"),
        ("instrument.n_statements", "wrong_value"),
    ]


@pytest.mark.parametrize(
    "path, value",
    [
        ("instrument.estimated_minutes", 13),
        ("scoring.min_answered_per_dimension", 5),
        ("scoring.total_score.min_valid_dimensions_per_unit", 9),
        ("scoring.priority.n_priorities", 9),
        ("privacy.k_item_distribution", 16),
    ],
)
def test_number_beyond_what_there_is_is_refused(faults_with, path, value):
    assert faults_with((path, value)) == [(path, "number_too_high")]


def test_number_is_the_major_part_of_the_version(faults_with):
    assert faults_with(("instrument.version", "2.0.0")) == [("instrument.number", "wrong_value")]


@pytest.mark.parametrize("scale", ["importance", "change"])
def test_dont_know_has_one_code_on_every_scale(faults_with, scale):
    path = f"answer_scales.{scale}.missing_option.code"
    assert faults_with((path, "NA")) == [(path, "wrong_value")]


def test_words_for_agreement_fall_to_zero(faults_with):
    path = "scoring.agreement.labels"
    assert faults_with((f"{path}[1].min", 0.85), (f"{path}[3].min", 0.1)) == [
        (f"{path}[1].min", "wrong_order"),
        (f"{path}[3].min", "wrong_value"),
    ]


def test_role_that_counts_has_a_municipality(faults_with):
    assert faults_with(("roles[0].needs_municipality", False)) == [
        ("dimensions[3].applies_to_roles[0]", "role_without_municipality"),
        ("roles[0].counts_in_forum_score", "counts_without_municipality"),
    ]


def test_role_without_municipality_is_not_asked_about_its_own(faults_with):
    path = "dimensions[3].applies_to_roles[3]"
    assert faults_with((path, "partner")) == [(path, "role_without_municipality")]


def test_report_group_counts_as_a_whole(faults_with):
    assert faults_with(("roles[3].counts_in_forum_score", False)) == [
        ("roles[3].report_group", "group_half_counting")
    ]


def test_every_fault_of_a_file_is_told_in_the_order_of_its_lines(write):
    """Faults of writing, of shape and of fit stand side by side; one does not hide another."""
    broken = REAL_FILE.read_text(encoding="utf-8")
    for before, after in [
        ("  subtitle:\n", '  titel: "Twee"\n  subtitle: &anchor\n'),
        ("    max_score: 39\n", "    max_score: 38\n"),
        ('      nl: "Doel"\n', ""),
        ('        nl: "Ik weet welk doel ons forum nastreeft."\n', ""),
        ('      - code: "VER1"\n', '      - code: "VIS1"\n'),
        ("  k_group: 5\n", "  k_group: *anchor\n"),
    ]:
        broken = broken.replace(before, after)
    with pytest.raises(QuestionnaireError) as caught:
        check_file(write(broken))
    assert told(caught.value.faults) == [
        ("instrument.titel", "unknown_key"),
        ("instrument.subtitle", "anchor"),
        ("levels[2].min_score", "levels_do_not_join"),
        ("dimensions[0].statements[0].nl", "missing_language"),
        ("dimensions[1].statements[0].code", "double_code"),
        ("privacy.k_group", "alias"),
    ]
    lines = [fault.line for fault in caught.value.faults]
    assert lines == sorted(lines)
    assert broken.splitlines()[lines[4] - 1] == '      - code: "VIS1"'


def test_fault_is_told_with_file_line_path_and_what_was_expected(write):
    path = write(REAL_FILE.read_text(encoding="utf-8").replace("max_minutes: 12", "max_minutes: twelve"))
    with pytest.raises(QuestionnaireError) as caught:
        check_file(path)
    (fault,) = caught.value.faults
    with translation.override("nl"):
        assert str(fault) == f"{path}:{fault.line}: instrument.max_minutes: Hier moet een geheel getal staan."
    with translation.override("en"):
        assert str(fault) == f"{path}:{fault.line}: instrument.max_minutes: A whole number is expected here."
    assert str(caught.value) == f"{path}: instrument.max_minutes: whole_number_expected"


# --- Storing ---


def with_version(document, version):
    put(document, "instrument.version", version)
    put(document, "instrument.number", int(version.partition(".")[0]))
    return document


@pytest.mark.django_db
def test_real_questionnaire_is_stored_and_published():
    version, is_stored = load_questionnaire(REAL_FILE)
    assert is_stored
    assert (str(version), version.state, version.number) == ("burgemeestersforum 1.0.0", State.PUBLISHED, 1)
    assert QuestionnaireVersion.objects.get().content == check_file(REAL_FILE)


@pytest.mark.django_db
def test_same_file_again_changes_nothing(write, document):
    first, _ = load_questionnaire(REAL_FILE)
    again, is_stored = load_questionnaire(write(document))
    assert (again, is_stored) == (first, False)
    assert load_questionnaire(REAL_FILE, draft=True) == (first, False)
    assert QuestionnaireVersion.objects.get().state == State.PUBLISHED


@pytest.mark.django_db
def test_version_that_was_retired_stays_retired():
    version, _ = load_questionnaire(REAL_FILE)
    QuestionnaireVersion.objects.update(state=State.RETIRED)
    assert load_questionnaire(REAL_FILE) == (version, False)
    assert QuestionnaireVersion.objects.get().state == State.RETIRED


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PUBLISHED, State.RETIRED])
@pytest.mark.parametrize("draft", [False, True])
def test_other_content_under_a_number_in_use_is_refused(write, document, state, draft):
    load_questionnaire(REAL_FILE)
    QuestionnaireVersion.objects.update(state=state)
    put(document, "instrument.title.nl", "Iets anders")
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(write(document), draft=draft)
    assert told(caught.value.faults) == [("instrument.version", "version_published")]
    assert_can_be_said(caught.value.faults)
    assert QuestionnaireVersion.objects.get().content == check_file(REAL_FILE)


def _without_the_last_dimension(document):
    dropped = document["dimensions"].pop()
    put(document, "instrument.n_statements", 32 - len(dropped["statements"]))


def _with_two_dimensions_swapped(document):
    first, second, *others = document["dimensions"]
    document["dimensions"] = [second | {"order": 1}, first | {"order": 2}, *others]


def _with_a_statement_of_another_code(document):
    put(document, "dimensions[2].statements[0].code", "NIEUW1")


@pytest.mark.django_db
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("number, is_refused", [("1.0.1", True), ("1.1.0", True), ("2.0.0", False)])
@pytest.mark.parametrize(
    "change",
    [_without_the_last_dimension, _with_two_dimensions_swapped, _with_a_statement_of_another_code],
)
def test_other_dimensions_or_statements_need_another_major_number(
    write, document, change, number, is_refused, draft
):
    load_questionnaire(REAL_FILE, draft=draft)
    change(document)
    path = write(with_version(document, number))
    if not is_refused:
        assert load_questionnaire(path)[1]
        return
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(path, draft=True)
    assert told(caught.value.faults) == [("dimensions", "other_codes")]
    assert_can_be_said(caught.value.faults)
    assert QuestionnaireVersion.objects.get().version == "1.0.0"


@pytest.mark.django_db
def test_draft_is_replaced_and_then_published(write, document):
    version, is_stored = load_questionnaire(REAL_FILE, draft=True)
    assert (version.state, is_stored) == (State.DRAFT, True)
    put(document, "instrument.title.nl", "Iets anders")
    changed = write(document)
    assert load_questionnaire(changed, draft=True) == (version, True)
    assert load_questionnaire(changed, draft=True) == (version, False)
    assert QuestionnaireVersion.objects.get().state == State.DRAFT
    assert load_questionnaire(changed) == (version, True)
    published = QuestionnaireVersion.objects.get()
    assert (published.state, published.content.instrument.title.nl) == (State.PUBLISHED, "Iets anders")


@pytest.mark.django_db
def test_new_number_stands_beside_the_old_one(write, document):
    first, _ = load_questionnaire(REAL_FILE)
    second, is_stored = load_questionnaire(write(with_version(document, "1.1.0")))
    assert is_stored
    assert list(first.questionnaire.versions.order_by("pk")) == [first, second]
    assert QuestionnaireVersion.objects.newest() == second


@pytest.mark.django_db
def test_another_slug_is_another_questionnaire(write, document):
    load_questionnaire(REAL_FILE)
    put(document, "instrument.id", "schepenforum")
    load_questionnaire(write(document))
    assert set(Questionnaire.objects.values_list("slug", flat=True)) == {"burgemeestersforum", "schepenforum"}


@pytest.mark.django_db
def test_several_files_are_stored_all_or_none(write, document):
    second = write(with_version(document, "2.0.0"))
    bad = write("instrument: 1\n", "bad.yaml")
    worse = write("- a\n", "worse.yaml")
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaires([REAL_FILE, bad, second, worse])
    assert {fault.file for fault in caught.value.faults} == {str(bad), str(worse)}
    assert (Questionnaire.objects.count(), QuestionnaireVersion.objects.count()) == (0, 0)
    loaded = load_questionnaires([REAL_FILE, second])
    assert [(str(version), is_stored) for version, is_stored in loaded] == [
        ("burgemeestersforum 1.0.0", True),
        ("burgemeestersforum 2.0.0", True),
    ]
