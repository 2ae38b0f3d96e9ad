import pytest
from django.core.management import call_command
from django.utils import translation

from questionnaires.models import Questionnaire, QuestionnaireVersion
from tests.questionnaires.documents import REAL_FILE, put


@pytest.fixture
def run(capsys):
    """Runs a command and gives its exit code, standard output and standard error."""

    def run_command(*arguments):
        code = 0
        try:
            call_command(*map(str, arguments))
        except SystemExit as leaving:
            code = leaving.code
        output = capsys.readouterr()
        return code, output.out, output.err

    return run_command


@pytest.fixture
def bad_file(document, write):
    """With two faults; written as one line."""
    put(document, "instrument.title.nl", "")
    put(document, "roles[0].report_group", "nobody")
    return write(document)


def bad_lines(path):
    known = "mayors, other_local_members, support_and_partners"
    return (
        f"{path}:1: instrument.title.nl: Deze tekst is leeg.\n"
        f"{path}:1: roles[0].report_group: Dit verwijst naar niets: nobody. Bekend: {known}.\n"
    )


def test_check_says_what_a_good_file_holds(run):
    said = "In orde: burgemeestersforum 1.0.0, 32 stellingen in 8 dimensies.\n"
    assert run("check_questionnaire", REAL_FILE) == (0, said, "")


def test_check_speaks_the_language_that_is_active(run):
    with translation.override("en"):
        _, said, _ = run("check_questionnaire", REAL_FILE)
    assert said == "All right: burgemeestersforum 1.0.0, 32 statements in 8 dimensions.\n"


def test_check_tells_every_fault_on_a_line_and_fails(run, bad_file):
    assert run("check_questionnaire", bad_file) == (1, "", bad_lines(bad_file))


def test_check_of_a_missing_file_fails(run, tmp_path):
    path = tmp_path / "nothing.yaml"
    assert run("check_questionnaire", path) == (1, "", f"{path}: Dit bestand bestaat niet.\n")


@pytest.mark.django_db
def test_load_stores_once_and_then_has_nothing_to_do(run):
    stored = "Bewaard: burgemeestersforum 1.0.0 (gepubliceerd).\n"
    nothing = "Niets te doen: burgemeestersforum 1.0.0 staat er al (gepubliceerd).\n"
    assert run("load_questionnaire", REAL_FILE) == (0, stored, "")
    assert run("load_questionnaire", REAL_FILE) == (0, nothing, "")
    assert QuestionnaireVersion.objects.get().state == "published"


@pytest.mark.django_db
def test_load_as_draft_keeps_a_draft(run):
    stored = "Bewaard: burgemeestersforum 1.0.0 (ontwerp).\n"
    assert run("load_questionnaire", "--draft", REAL_FILE) == (0, stored, "")
    assert QuestionnaireVersion.objects.get().state == "draft"


@pytest.mark.django_db
def test_load_with_one_bad_file_stores_nothing_and_fails(run, bad_file):
    assert run("load_questionnaire", REAL_FILE, bad_file) == (1, "", bad_lines(bad_file))
    assert Questionnaire.objects.count() == 0


@pytest.mark.django_db
def test_load_of_a_changed_version_in_use_asks_for_a_new_number(run, document, write):
    run("load_questionnaire", REAL_FILE)
    put(document, "instrument.title.nl", "Iets anders")
    path = write(document)
    refusal = (
        f"{path}:1: instrument.version: Versie 1.0.0 is al gepubliceerd en verandert niet meer. "
        "Geef het bestand een nieuw versienummer.\n"
    )
    assert run("load_questionnaire", path) == (1, "", refusal)
