"""Versions of questionnaires on the desk of the programme manager."""

import threading

import pytest
from auditlog.models import LogEntry
from django.conf import settings as installation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from assessment.actions.versions import VersionError, delete_draft, publish_version, retire_version
from questionnaires.loading import check_file
from questionnaires.models import QuestionnaireVersion
from questionnaires.reading import MAX_BYTES
from tests import factories

VERSIONS = "/beheer/vragenlijsten/"
UPLOAD = f"{VERSIONS}opladen/"
FILE = installation.BASE_DIR / "questionnaires" / "files" / "burgemeestersforum-1.yaml"


def written(number: str = "1.1.0") -> str:
    """The real questionnaire under another number."""
    return FILE.read_text(encoding="utf-8").replace('version: "1.0.0"', f'version: "{number}"')


def upload(client, content: str | bytes, name: str = "vragenlijst.yaml"):
    raw = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, raw)})


def make_draft(client, number: str = "1.1.0") -> QuestionnaireVersion:
    upload(client, written(number))
    return QuestionnaireVersion.objects.get(version=number)


def states() -> dict[str, str]:
    return dict(QuestionnaireVersion.objects.values_list("version", "state"))


# --- Looking -------------------------------------------------------------------------------------------------


def test_list_tells_version_state_rounds_and_mark(manager_client, open_round):
    draft = make_draft(manager_client)

    page = manager_client.get(VERSIONS)

    listed = page.context["versions"]
    assert [(str(each), each.round_count) for each in listed] == [
        ("burgemeestersforum 1.1.0", 0),
        ("burgemeestersforum 1.0.0", 1),
    ]
    assert draft.checksum[:12] in page.content.decode()
    assert draft.checksum not in page.content.decode()


def test_newest_stands_first_by_number_and_not_by_letter(manager_client):
    for number in ("1.9.0", "1.10.0", "1.2.0"):
        make_draft(manager_client, number)

    listed = manager_client.get(VERSIONS).context["versions"]

    assert [each.version for each in listed] == ["1.10.0", "1.9.0", "1.2.0"]


@pytest.mark.parametrize("words, found", [("1.1", ["1.1.0"]), ("BURGEM", ["1.1.0", "1.0.0"]), ("x", [])])
def test_versions_are_found_by_name_and_number(manager_client, version, words, found):
    make_draft(manager_client)

    page = manager_client.get(VERSIONS, {"zoek": words})

    assert [each.version for each in page.context["versions"]] == found
    assert ("Geen versie gevonden." in page.content.decode()) == (found == [])


def test_without_a_questionnaire_the_list_says_what_to_do(manager_client):
    assert "Er is nog geen vragenlijst." in manager_client.get(VERSIONS).content.decode()


def test_page_of_a_version_names_its_rounds(manager_client, open_round):
    page = manager_client.get(f"{VERSIONS}{open_round.version_id}/").content.decode()

    assert open_round.forum.name in page
    assert "32 stellingen in 8 dimensies" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_three_versions_as_for_one(manager_client, django_assert_num_queries, count):
    for number in range(count):
        make_draft(manager_client, f"1.{number}.0")
    manager_client.get(VERSIONS)

    with django_assert_num_queries(3):
        manager_client.get(VERSIONS)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_three_rounds_as_for_one(
    manager_client, version, django_assert_num_queries, count
):
    for number in range(count):
        factories.make_round(forum=factories.make_forum(name=f"Forum {number}", municipalities=0))
    manager_client.get(f"{VERSIONS}{version.pk}/")

    with django_assert_num_queries(5):
        manager_client.get(f"{VERSIONS}{version.pk}/")


def test_the_rounds_of_a_version_are_searched_by_forum_kind_and_state(manager_client, version):
    for number in range(22):
        factories.make_round(forum=factories.make_forum(name=f"Forum {number:02}", municipalities=0))
    page = f"{VERSIONS}{version.pk}/"

    def found(**asked: str) -> list[str]:
        return [each.forum.name for each in manager_client.get(page, asked).context["page"]]

    assert (len(found()), len(found(pagina="2"))) == (20, 2)
    assert found(zoek="forum 07") == ["Forum 07"]
    assert found(volgorde="oudste")[0] == "Forum 00"
    assert found(toestand="closed") == found(ronde="final") == []
    assert "Geen ronde gevonden." in manager_client.get(page, {"toestand": "closed"}).content.decode()


def test_versions_are_found_by_state_and_the_oldest_can_come_first(manager_client, version):
    make_draft(manager_client, "1.2.0")

    def found(**asked: str) -> list[str]:
        return [each.version for each in manager_client.get(VERSIONS, asked).context["versions"]]

    assert found() == ["1.2.0", "1.0.0"]
    assert found(volgorde="oudste") == ["1.0.0", "1.2.0"]
    assert found(toestand="draft") == ["1.2.0"]
    assert found(toestand="retired") == []
    assert "Geen versie gevonden." in manager_client.get(VERSIONS, {"toestand": "retired"}).content.decode()


# --- Uploading -----------------------------------------------------------------------------------------------


def test_file_becomes_a_draft_with_what_the_command_would_store(manager_client, tmp_path):
    answer = upload(manager_client, written())

    version = QuestionnaireVersion.objects.get()
    (tmp_path / "file.yaml").write_text(written(), encoding="utf-8")
    assert answer["Location"] == f"{VERSIONS}{version.pk}/"
    assert (version.version, version.state) == ("1.1.0", "draft")
    assert version.document == check_file(tmp_path / "file.yaml").canonical()


def test_every_fault_is_told_with_line_and_path_and_nothing_is_stored(manager_client):
    faulty = (
        written().replace("estimated_minutes:", "estimated_minuten:").replace('code: "VIS1"', 'code: "VIS2"')
    )

    answer = upload(manager_client, faulty, "mijn vragenlijst.yaml")

    faults = answer.context["faults"]
    page = answer.content.decode()
    assert len(faults) > 2
    assert [fault for fault in faults if fault.path not in page] == []
    assert f"Er zijn {len(faults)} fouten in mijn vragenlijst.yaml." in page
    assert QuestionnaireVersion.objects.count() == 0


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "empty_file"),
        (b"a: [", "invalid_yaml"),
        (b"\xff\xfe", "not_utf8"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
        (b"x" * (3 * MAX_BYTES), "file_too_large"),
    ],
)
def test_what_is_no_questionnaire_is_refused(manager_client, content, reason):
    answer = upload(manager_client, content)

    assert [fault.reason for fault in answer.context["faults"]] == [reason]
    assert QuestionnaireVersion.objects.count() == 0


def test_without_a_file_the_form_asks_for_one(manager_client):
    page = manager_client.post(UPLOAD)

    assert page.context["form"].errors == {"file": ["Vul dit veld in."]}


def test_name_of_a_file_is_shown_as_text(manager_client):
    page = upload(manager_client, "a: [", "<b>x<b>.yaml").content.decode()

    assert "&lt;b&gt;x&lt;b&gt;.yaml" in page


def test_draft_is_replaced_and_a_published_version_is_not(manager_client):
    draft = make_draft(manager_client)
    upload(manager_client, written().replace("estimated_minutes: 10", "estimated_minutes: 9"))
    replaced = QuestionnaireVersion.objects.get()
    assert (replaced.pk, replaced.checksum != draft.checksum) == (draft.pk, True)
    publish_version(version=replaced, checksum=replaced.checksum)

    answer = upload(manager_client, written())

    assert [fault.reason for fault in answer.context["faults"]] == ["version_published"]
    assert QuestionnaireVersion.objects.get().checksum == replaced.checksum


def test_download_can_be_uploaded_again_and_changes_nothing(manager_client, version):
    answer = manager_client.get(f"{VERSIONS}{version.pk}/bestand/")

    assert answer["Content-Disposition"] == 'attachment; filename="burgemeestersforum-1.0.0.json"'
    assert answer.content.decode() == version.document
    again = upload(manager_client, answer.content, "burgemeestersforum-1.0.0.json")
    assert again["Location"] == f"{VERSIONS}{version.pk}/"
    assert states() == {"1.0.0": "published"}


# --- States --------------------------------------------------------------------------------------------------


def test_draft_is_published_retired_and_taken_back_into_use(manager_client):
    draft = make_draft(manager_client)
    page = f"{VERSIONS}{draft.pk}/"
    seen = []

    for act in ("publiceren", "uit-gebruik-nemen", "opnieuw-gebruiken"):
        assert manager_client.get(f"{page}{act}/").status_code == 200
        answer = manager_client.post(f"{page}{act}/", {"checksum": draft.checksum})
        assert answer["Location"] == page
        seen.append(states()["1.1.0"])

    assert seen == ["published", "retired", "published"]


def test_published_is_what_was_looked_at(manager_client):
    draft = make_draft(manager_client)
    upload(manager_client, written().replace("estimated_minutes: 10", "estimated_minutes: 9"))

    answer = manager_client.post(
        f"{VERSIONS}{draft.pk}/publiceren/", {"checksum": draft.checksum}, follow=True
    )

    assert "Iemand anders paste deze gegevens intussen aan." in answer.content.decode()
    assert states() == {"1.1.0": "draft"}


def test_only_a_draft_is_deleted(manager_client, version):
    draft = make_draft(manager_client)

    for each in (version, draft):
        manager_client.post(f"{VERSIONS}{each.pk}/verwijderen/")

    assert states() == {"1.0.0": "published"}


def test_draft_that_a_round_uses_stays(manager_client, forum):
    draft = make_draft(manager_client)
    factories.make_round(forum=forum).version.rounds.update(version=draft)

    with pytest.raises(VersionError, match="al gebruikt in een ronde"):
        delete_draft(version=draft)


def test_retiring_says_what_it_would_come_to(manager_client, forum):
    round = factories.make_round(forum=forum)
    page = f"{VERSIONS}{round.version_id}/uit-gebruik-nemen/"
    assert "kan niemand een ronde plannen" in manager_client.get(page).context["warning"]

    draft = make_draft(manager_client)
    publish_version(version=draft, checksum=draft.checksum)

    assert manager_client.get(page).context["warning"].startswith("Eén geplande ronde")
    assert manager_client.get(f"{VERSIONS}{draft.pk}/uit-gebruik-nemen/").context["warning"] == ""


def test_round_keeps_a_version_that_is_retired(open_round, client):
    retire_version(version=open_round.version)

    token = factories.invitations_of(open_round)[0].token
    assert client.get(f"/vragenlijst/{token}/").status_code == 200


def test_trail_knows_who_published_and_keeps_no_document(manager_client):
    draft = make_draft(manager_client)
    manager_client.post(f"{VERSIONS}{draft.pk}/publiceren/", {"checksum": draft.checksum})

    entries = LogEntry.objects.get_for_object(draft).order_by("pk")
    assert [entry.action for entry in entries] == [0, 1]
    assert entries[1].changes == {"state": ["draft", "published"]}
    assert {entry.actor.email for entry in entries} == {"programma@programma.example"}
    assert "document" not in entries[0].changes


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_do_it_once(manager_client):
    draft = make_draft(manager_client)
    results: list[str] = []

    def act() -> None:
        try:
            publish_version(version=draft, checksum=draft.checksum)
            results.append("published")
        except VersionError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["published", "refused"]
