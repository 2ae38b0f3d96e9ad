import json

import pytest
from django.utils import translation
from pydantic import ValidationError

from questionnaires.content import Content, Text
from questionnaires.loading import check_file
from tests.questionnaires.documents import REAL_FILE

LOCAL_ROLES = ("mayor", "alderman", "official", "councillor")


@pytest.fixture(scope="module")
def content() -> Content:
    return check_file(REAL_FILE)


@pytest.mark.parametrize(
    "language, expected",
    [
        ("nl", "Visie"),
        ("nl-be", "Visie"),
        ("en", "Vision"),
        ("en-GB", "Vision"),
        ("fr", "Visie"),
        (None, "Visie"),
    ],
)
def test_text_speaks_the_language_asked_for_and_else_dutch(language, expected):
    assert Text(nl="Visie", en="Vision").in_language(language) == expected


@pytest.mark.parametrize("language, expected", [("nl", "Visie"), ("en", "Vision"), ("de", "Visie")])
def test_text_as_string_follows_the_active_language(language, expected):
    with translation.override(language):
        assert str(Text(nl="Visie", en="Vision")) == expected


def test_text_as_string_is_dutch_when_no_language_is_active():
    with translation.override(None):
        assert str(Text(nl="Visie", en="Vision")) == "Visie"


def test_what_carries_a_text_is_that_text(content):
    with translation.override("nl"):
        assert str(content.statement("VIS1")) == "Ik weet welk doel ons forum nastreeft."
        assert str(content.answer_scales.agreement.options[4]) == "Helemaal akkoord"
        assert str(content.open_question("O4")).startswith("Welke verandering van het voorbije jaar")
        assert str(content.report_group("mayors")) == "Burgemeesters"


def test_what_has_a_name_is_that_name(content):
    with translation.override("en"):
        named = (content.dimension("LER"), content.role("mayor"), content.round("interim"), content.level(4))
        assert [str(each) for each in named] == [
            "Learning and self-evaluation",
            "Mayor",
            "Interim measurement",
            "Steering",
        ]


@pytest.mark.parametrize(
    "look_up, code",
    [
        ("dimension", "XXX"),
        ("statement", "VIS5"),
        ("role", "minister"),
        ("report_group", "all"),
        ("round", "fourth"),
        ("level", 6),
        ("open_question", "O9"),
        ("dimensions_for", "minister"),
        ("open_questions_for", "fourth"),
    ],
)
def test_look_up_of_an_unknown_code_raises_key_error(content, look_up, code):
    with pytest.raises(KeyError):
        getattr(content, look_up)(code)


@pytest.mark.parametrize("role", LOCAL_ROLES)
def test_local_roles_are_asked_every_dimension_in_order(content, role):
    codes = [dimension.code for dimension in content.dimensions_for(role)]
    assert codes == ["VIS", "VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER"]


@pytest.mark.parametrize("role", ["support", "partner"])
def test_roles_without_municipality_are_not_asked_about_one(content, role):
    codes = [dimension.code for dimension in content.dimensions_for(role)]
    assert codes == ["VIS", "VER", "NET", "PAR", "MAT", "DOE", "LER"]


@pytest.mark.parametrize(
    "kind, expected",
    [("baseline", ["O1", "O2", "O3"]), ("interim", ["O1", "O2", "O3"]), ("final", ["O1", "O2", "O4"])],
)
def test_open_questions_belong_to_kinds_of_round(content, kind, expected):
    assert [question.code for question in content.open_questions_for(kind)] == expected


def test_dont_know_has_a_code_of_its_own(content):
    assert content.missing_code == "WN"


@pytest.mark.parametrize("code", ["VIS", "VER", "NET", "LOK", "PAR", "MAT", "DOE", "LER"])
def test_every_level_of_a_dimension_has_a_rubric_and_next_steps(content, code):
    dimension = content.dimension(code)
    assert list(dimension.rubric_by_level) == [1, 2, 3, 4, 5]
    assert [step.level for step in dimension.next_step_by_level.values()] == [1, 2, 3, 4, 5]


def test_content_cannot_be_changed(content):
    with pytest.raises(ValidationError):
        content.instrument.title.nl = "Iets anders"


def test_canonical_document_reads_back_as_the_same_content(content):
    assert Content.model_validate_json(content.canonical()) == check_file(REAL_FILE)


def test_canonical_document_holds_every_value_of_the_file(content, document):
    assert json.loads(content.canonical()) == document


def test_canonical_document_does_not_depend_on_the_order_of_keys_or_the_way_numbers_are_written(document):
    turned = {key: document[key] for key in reversed(document)}
    turned["scoring"]["agreement"]["labels"][3]["min"] = 0
    first = Content.model_validate_json(json.dumps(document))
    assert Content.model_validate_json(json.dumps(turned)).canonical() == first.canonical()


def test_canonical_document_leaves_out_what_was_left_empty(document):
    without = json.dumps(document)
    document["dimensions"][0]["intro"] = None
    assert (
        Content.model_validate_json(json.dumps(document)).canonical()
        == Content.model_validate_json(without).canonical()
    )
