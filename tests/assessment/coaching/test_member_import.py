"""Importing members on the desk: hand in, look, choose, apply; and what is kept of it meanwhile: nothing."""

import html
import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from assessment.actions.writing_tables import as_csv, as_xlsx
from assessment.models import Draft, Forum, Member
from tests import factories

HEAD = ["Naam", "E-mailadres", "Functie", "Gemeente of organisatie", "Lidmaatschap", "Taal"]
NEW = ["schepen van cultuur", "cultuur@forum.example", "schepen", "Aldervoorde", "raadgevend", "Nederlands"]


@pytest.fixture
def member(forum) -> Member:
    return forum.members.order_by("pk").first()


def path_of(forum: Forum) -> str:
    return f"/fora/{forum.slug}/leden/importeren/"


def cells(*rows: list[str]) -> str:
    return "\n".join("\t".join(row) for row in [HEAD, *rows])


def changed(member: Member, **fields: str) -> list[str]:
    details = {"name": member.name, "email": member.email, "function": member.function} | fields
    return [*details.values(), str(member.seat), "Stemgerechtigd", "Nederlands"]


def paste(client, forum: Forum, *rows: list[str]):
    return client.post(path_of(forum), {"paste": cells(*rows)})


def hidden(response) -> str:
    [field] = re.findall(r'name="list" value="([^"]*)"', response.content.decode())
    return html.unescape(field)


def text_of(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)))


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.mark.parametrize(
    "file", [("leden.csv", as_csv([HEAD, NEW])), ("leden.xlsx", as_xlsx([HEAD, NEW]))], ids=["csv", "xlsx"]
)
def test_a_file_is_shown_and_then_applied(coach_client, forum, file):
    preview = coach_client.post(path_of(forum), {"file": SimpleUploadedFile(*file)})

    assert "Eén nieuw lid" in text_of(preview)
    assert Member.objects.count() == 8

    done = coach_client.post(path_of(forum), {"list": hidden(preview), "apply": "1"}, follow=True)

    assert done.redirect_chain == [(f"/fora/{forum.slug}/leden/", 302)]
    assert "De ledenlijst is bijgewerkt." in done.content.decode()
    assert Member.objects.get(email=NEW[1]).name == NEW[0]


def test_pasted_cells_are_marked_row_by_row(coach_client, forum, member):
    second = forum.members.order_by("pk")[1]

    preview = paste(
        coach_client,
        forum,
        NEW,
        changed(member, function="waarnemend burgemeester"),
        changed(second),
        ["iemand", "geen adres", "", "Aldervoorde", "", ""],
    )

    told = text_of(preview)
    assert re.findall(r"(\d) (Fout|Gewijzigd|Nieuw|Zonder wijziging) ", told) == [
        ("5", "Fout"),
        ("3", "Gewijzigd"),
        ("2", "Nieuw"),
        ("4", "Zonder wijziging"),
    ]
    assert 'Regel 5: e-mailadres "geen adres" klopt niet.' in told
    assert "Functie: burgemeester wordt waarnemend burgemeester" in told
    assert "6 leden staan niet in de lijst. Zij blijven lid" in told


def test_nothing_of_a_preview_is_stored_anywhere(coach_client, forum, caplog, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    caplog.set_level("DEBUG")
    coach_client.get(path_of(forum))
    session = dict(coach_client.session)
    big = as_csv([HEAD, NEW, *([] for _ in range(4000))])

    coach_client.post(path_of(forum), {"file": SimpleUploadedFile("leden.csv", big)})

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "cultuur@forum.example" not in repr(cursor.fetchall()), table
    assert (dict(coach_client.session), list(tmp_path.iterdir())) == (session, [])
    assert "cultuur" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


@pytest.mark.parametrize(
    "given, field, told",
    [
        ({}, "file", "Kies een bestand of plak een lijst."),
        ({"paste": " \n "}, "file", "Kies een bestand of plak een lijst."),
        ({"file": ("x.csv", "Renée".encode("cp1252"))}, "file", "Dit bestand is niet in UTF-8 bewaard,"),
        ({"file": ("x.xlsx", b"no workbook")}, "file", "We kunnen x.xlsx niet lezen."),
        ({"file": ("x.csv", b"")}, "file", "In deze lijst staan geen leden."),
        ({"file": ("x.csv", b"a" * 1_000_001)}, "file", "Dit bestand is te groot."),
        ({"file": ("x.csv", b"a" * 3_000_000)}, "file", "Dit bestand is te groot."),
        ({"paste": "a\tb\nc\td"}, "paste", "Deze kolommen ontbreken: Naam, E-mailadres,"),
        ({"paste": '"a" b\tc'}, "paste", "We kunnen deze lijst niet lezen."),
        (
            {"file": ("x.csv", b"a"), "paste": "a"},
            "file",
            "Kies een bestand of plak een lijst, niet allebei.",
        ),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_what_was_pasted_stays(
    coach_client, forum, given, field, told
):
    data = {name: SimpleUploadedFile(*value) if name == "file" else value for name, value in given.items()}

    response = coach_client.post(path_of(forum), data)

    assert [(name, found[0][: len(told)]) for name, found in errors(response).items()] == [(field, told)]
    assert response.context["form"]["paste"].value() == (given.get("paste") or None)
    assert Member.objects.count() == 8


def test_a_paste_of_more_than_a_megabyte_is_refused_and_stays(coach_client, forum):
    pasted = cells(*[NEW] * 15_000)

    response = coach_client.post(path_of(forum), {"paste": pasted})

    assert len(pasted) > 1_048_576
    assert errors(response)["paste"][0].startswith("Wat u plakte, is te lang")
    assert response.context["form"]["paste"].value() == pasted


def test_a_question_is_asked_before_anything_can_be_applied(coach_client, forum):
    preview = paste(coach_client, forum, [*NEW[:3], "Huis van de streek", *NEW[4:]])

    assert 'Welke zetel bedoelt u met "Huis van de streek"?' in text_of(preview)
    assert 'name="apply"' not in preview.content.decode()

    chosen = {"list": hidden(preview), "seat-2": "organisation"}
    again = coach_client.post(path_of(forum), chosen)

    assert 'value="organisation" checked' in again.content.decode()
    coach_client.post(path_of(forum), chosen | {"list": hidden(again), "apply": "1"})
    assert str(Member.objects.get(email=NEW[1]).seat) == "Huis van de streek"


def test_a_choice_that_was_not_shown_is_shown_before_it_is_applied(coach_client, forum, member):
    rows = changed(member, name="Iemand anders")
    choice = {"person-2": "same"}
    shown = coach_client.post(path_of(forum), choice | {"list": hidden(paste(coach_client, forum, rows))})

    other = coach_client.post(path_of(forum), {"list": hidden(shown), "person-2": "other", "apply": "1"})

    assert "Het overzicht is veranderd" in text_of(other)
    assert Member.objects.get(pk=member.pk).name == member.name


def test_what_an_open_round_loses_is_told_before_and_done_after(coach_client, forum, member, open_round):
    factories.fill_in(factories.invitations_of(open_round)[0])
    first = paste(coach_client, forum, changed(member, email="nieuw@forum.example"), NEW)

    preview = coach_client.post(path_of(forum), {"list": hidden(first), "address-2": "same"})

    told = text_of(preview)
    assert "Bij één lid vervalt de link en worden antwoorden gewist, ook als ze al waren ingediend." in told
    assert "Nieuwe leden krijgen niet vanzelf een uitnodiging" in told
    assert 'class="btn grave" name="apply"' in preview.content.decode()
    assert Draft.objects.count() == 1
    coach_client.post(path_of(forum), {"list": hidden(preview), "address-2": "same", "apply": "1"})
    assert (Draft.objects.count(), Member.objects.get(pk=member.pk).email) == (0, "nieuw@forum.example")


def test_no_preview_tells_whether_there_was_a_draft(coach_client, forum, member, open_round):
    def told() -> str:
        first = paste(coach_client, forum, changed(member, name="Iemand anders"))
        return text_of(coach_client.post(path_of(forum), {"list": hidden(first), "person-2": "other"}))

    before = told()
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation)
    factories.submit(invitation)

    assert ("vervalt" in before, told()) == (True, before)


def test_what_somebody_else_changed_meanwhile_is_shown_anew(coach_client, forum, member):
    preview = paste(coach_client, forum, changed(member, function="voorzitter"), NEW)
    Member.objects.filter(pk=member.pk).update(function="ondervoorzitter")

    response = coach_client.post(path_of(forum), {"list": hidden(preview), "apply": "1"})

    told = text_of(response)
    assert "Het overzicht is veranderd" in told
    assert "Functie: ondervoorzitter wordt voorzitter" in told
    assert Member.objects.count() == 8


def test_a_preview_that_stood_open_for_long_is_shown_anew(coach_client, forum, monkeypatch):
    preview = paste(coach_client, forum, NEW)
    monkeypatch.setattr("assessment.coaching.handed_list.MINUTES", -1)

    response = coach_client.post(path_of(forum), {"list": hidden(preview), "apply": "1"})

    assert "Dit overzicht stond lang open." in text_of(response)
    assert Member.objects.count() == 8


@pytest.mark.parametrize("field", ["", "made up", signing.dumps([[], [], False, ""])])
def test_a_list_that_we_did_not_give_is_not_read(coach_client, forum, field):
    response = coach_client.post(path_of(forum), {"list": field, "apply": "1"})

    assert "Deze lijst kan niet meer gelezen worden." in text_of(response)


def test_a_list_of_another_forum_is_not_read(coach, coach_client, forum):
    other = factories.make_forum(name="Zuidoverleg", coaches=[coach], municipalities=0)
    preview = paste(coach_client, forum, NEW)

    coach_client.post(path_of(other), {"list": hidden(preview), "apply": "1"})

    assert other.members.count() == 0


def test_a_list_goes_back_to_its_cells_without_the_party(coach_client, forum):
    table = [["Partij", *HEAD], ["Groene Lijst", "=1", *NEW[1:]]]
    preview = coach_client.post(path_of(forum), {"file": SimpleUploadedFile("x.csv", as_csv(table))})
    assert "De lijst bevat een kolom over politieke partij." in text_of(preview)
    assert "Groene Lijst" not in preview.content.decode()

    form = coach_client.post(path_of(forum), {"list": hidden(preview), "edit": "1"}).context["form"]

    assert form["paste"].value() == "\n".join("\t".join(row) for row in [HEAD, ["'=1", *NEW[1:]]]) + "\n"
    again = coach_client.post(path_of(forum), {"paste": form["paste"].value()})
    assert "=1" in [row.given.name for row in again.context["plan"].rows]


def test_a_download_that_nobody_changed_changes_nothing(coach_client, forum):
    content = coach_client.get(f"/fora/{forum.slug}/leden/xlsx/").content

    preview = coach_client.post(path_of(forum), {"file": SimpleUploadedFile("leden.xlsx", content)})

    assert preview.context["plan"].counts == {"same": 8}
    assert "Er is niets om door te voeren." in text_of(preview)
    assert 'name="apply"' not in preview.content.decode()


def test_a_full_forum_says_so_and_asks_nothing(coach_client, forum, settings):
    settings.FORUM_SIZE = (5, 8)

    preview = paste(coach_client, forum, [*NEW[:3], "Huis van de streek", *NEW[4:]])

    assert "Een forum telt hoogstens 8 leden. Met deze lijst zouden het er 9 zijn." in text_of(preview)
    assert ('type="radio"' in preview.content.decode(), 'name="apply"' in preview.content.decode()) == (
        False,
        False,
    )


def test_a_cell_is_never_markup(coach_client, forum):
    preview = paste(coach_client, forum, ["<script>", "x@forum.example", "<b>", "<i>Huis</i>", "", ""])

    assert re.findall(r"<script>|<b>&|<i>", preview.content.decode()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_preview_costs_the_same_for_any_number_of_rows(
    coach, coach_client, number, django_assert_num_queries
):
    forum = factories.make_forum(coaches=[coach], municipalities=number, is_demo=True)
    factories.make_open_round(forum=forum)
    rows = [changed(each, function="x") for each in forum.members.select_related("seat__municipality")]
    rows += [
        [f"lid {each}", f"lid{each}@x.example", "", f"Onbekend {each}", "", ""] for each in range(number)
    ]

    with django_assert_num_queries(9):
        paste(coach_client, forum, *rows)


def test_importing_speaks_english_too(coach_client, forum):
    coach_client.cookies["taal"] = "en"

    preview = paste(coach_client, forum, NEW)

    assert "One new member" in text_of(preview)
