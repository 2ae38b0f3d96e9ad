import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from questionnaires import models
from questionnaires.loading import check_file
from questionnaires.models import (
    AlteredDocumentError,
    FrozenVersionError,
    Questionnaire,
    QuestionnaireVersion,
    checksum_of,
)
from tests.questionnaires.documents import REAL_FILE

State = QuestionnaireVersion.State
IN_USE = (State.PUBLISHED, State.RETIRED)


@pytest.fixture(scope="module")
def real_document() -> str:
    return check_file(REAL_FILE).canonical()


@pytest.fixture
def questionnaire(db) -> Questionnaire:
    return Questionnaire.objects.create(slug="burgemeestersforum")


@pytest.fixture
def stored(questionnaire, real_document):
    """Makes a version in a state and reads it back, as a view would get it."""

    def make(state=State.PUBLISHED, version="1.0.0", document=real_document):
        made = QuestionnaireVersion.objects.create(
            questionnaire=questionnaire, version=version, state=state, document=document
        )
        return QuestionnaireVersion.objects.get(pk=made.pk)

    return make


@pytest.fixture
def empty_cache():
    models._content.cache_clear()
    yield
    models._content.cache_clear()


def test_version_and_questionnaire_say_who_they_are(stored):
    version = stored()
    assert (str(version), str(version.questionnaire)) == ("burgemeestersforum 1.0.0", "burgemeestersforum")


@pytest.mark.parametrize("version, number", [("1.0.0", 1), ("0.9.1", 0), ("12.3.4", 12)])
def test_number_is_the_major_part(version, number):
    assert QuestionnaireVersion(version=version).number == number


def test_newest_is_by_number_and_not_by_spelling(stored):
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        stored(version=version, document=version)
    assert QuestionnaireVersion.objects.newest().version == "1.10.0"


def test_newest_of_nothing_is_none(questionnaire):
    assert questionnaire.versions.newest() is None


def test_published_leaves_out_drafts_and_retired(stored):
    for number, state in enumerate(State):
        stored(state=state, version=f"{number}.0.0", document=state)
    assert [version.state for version in QuestionnaireVersion.objects.published()] == [State.PUBLISHED]


def test_checksum_is_the_sha_256_of_the_document(stored):
    version = stored(document="{}")
    assert version.checksum == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_version_is_stored_once_a_questionnaire(stored):
    stored()
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(document="other")


def test_database_refuses_an_unknown_state(stored):
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(state="half-way")


def test_questionnaire_with_versions_cannot_be_deleted(stored):
    version = stored()
    with pytest.raises(ProtectedError):
        version.questionnaire.delete()


# --- Frozen ---


@pytest.mark.parametrize("state", IN_USE)
@pytest.mark.parametrize("change", [{"document": "{}"}, {"version": "1.0.1"}, {"state": State.DRAFT}])
def test_version_in_use_refuses_a_change_by_save(stored, real_document, state, change):
    version = stored(state)
    for name, value in change.items():
        setattr(version, name, value)
    with pytest.raises(FrozenVersionError):
        version.save()
    read_back = QuestionnaireVersion.objects.values("state", "version", "checksum").get()
    assert read_back == {"state": state, "version": "1.0.0", "checksum": checksum_of(real_document)}


def test_version_in_use_refuses_a_change_of_the_document_alone(stored):
    version = stored()
    version.document = "{}"
    with pytest.raises(FrozenVersionError):
        version.save(update_fields=["document"])


def test_version_in_use_cannot_move_to_another_questionnaire(stored):
    version = stored()
    version.questionnaire = Questionnaire.objects.create(slug="another")
    with pytest.raises(FrozenVersionError):
        version.save()


@pytest.mark.parametrize("state", IN_USE)
@pytest.mark.parametrize("change", [{"document": "{}"}, {"version": "1.0.1"}, {"state": State.DRAFT}])
def test_version_in_use_refuses_a_change_by_queryset(stored, state, change):
    stored(state)
    with pytest.raises(FrozenVersionError):
        QuestionnaireVersion.objects.update(**change)


def test_version_in_use_refuses_a_change_in_bulk(stored):
    version = stored()
    version.state = State.DRAFT
    with pytest.raises(FrozenVersionError):
        QuestionnaireVersion.objects.bulk_update([version], ["state"])


@pytest.mark.parametrize("state", IN_USE)
def test_version_in_use_refuses_to_be_deleted(stored, state):
    version = stored(state)
    with pytest.raises(FrozenVersionError):
        version.delete()
    with pytest.raises(FrozenVersionError):
        QuestionnaireVersion.objects.all().delete()
    assert QuestionnaireVersion.objects.count() == 1


@pytest.mark.parametrize("before, after", [IN_USE, IN_USE[::-1]])
def test_version_in_use_can_be_retired_and_taken_back(stored, before, after):
    version = stored(before)
    version.state = after
    version.save()
    assert QuestionnaireVersion.objects.get().state == after
    QuestionnaireVersion.objects.update(state=before)
    assert QuestionnaireVersion.objects.get().state == before


def test_draft_changes_and_its_checksum_with_it(stored):
    version = stored(State.DRAFT)
    version.document = "{}"
    version.save()
    assert QuestionnaireVersion.objects.get().checksum == checksum_of("{}")


def test_draft_can_be_deleted(stored):
    stored(State.DRAFT).delete()
    stored(State.DRAFT)
    QuestionnaireVersion.objects.all().delete()
    assert QuestionnaireVersion.objects.count() == 0


# --- The content ---


def test_document_stays_in_the_database_until_it_is_asked_for(
    stored, real_document, django_assert_num_queries
):
    version = stored()
    assert version.get_deferred_fields() == {"document"}
    with django_assert_num_queries(1):
        assert version.document == real_document


def test_document_stays_behind_when_the_version_is_reached_through_another_row(open_round):
    open_round.refresh_from_db()
    assert open_round.version.get_deferred_fields() == {"document"}


def test_content_costs_one_query_and_one_parsing_a_process(stored, empty_cache, django_assert_num_queries):
    version = stored()
    with django_assert_num_queries(1):
        content = version.content
    with django_assert_num_queries(0):
        assert version.content is content
    same_version = QuestionnaireVersion.objects.get()
    with django_assert_num_queries(0):
        assert same_version.content is content


def test_content_of_a_changed_draft_is_the_new_content(stored, real_document):
    version = stored(State.DRAFT)
    assert version.content.instrument.estimated_minutes == 10
    version.document = real_document.replace('"estimated_minutes":10', '"estimated_minutes":11')
    version.save()
    assert version.content.instrument.estimated_minutes == 11


def test_document_altered_behind_the_back_of_the_model_is_refused(stored, empty_cache, real_document):
    version = stored()
    with connection.cursor() as cursor:
        altered = real_document.replace("Burgemeester", "Minister")
        cursor.execute("UPDATE questionnaires_questionnaireversion SET document = %s", [altered])
    with pytest.raises(AlteredDocumentError):
        assert version.content
