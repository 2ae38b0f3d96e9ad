"""The forms for people: what they accept, what they say when not, and what they ask again."""

import pytest
from django.core.management import call_command
from django.utils.html import escape

from assessment.coaching.forms.members import MemberForm
from assessment.models import Draft, Forum, Invitation, Member, Merger, Municipality
from tests import factories

PERSON = {
    "name": "schepen van mobiliteit",
    "email": "mobiliteit@gemeente.example",
    "function": "schepen",
    "kind": "voting",
    "language": "nl",
}
WARNING = "gewist, ook als ze al waren ingediend"


@pytest.fixture
def seat(forum):
    return forum.seats.order_by("pk").first()


@pytest.fixture
def member(forum) -> Member:
    return forum.members.order_by("pk").first()


@pytest.fixture
def submitted(open_round, member) -> Invitation:
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation)
    factories.submit(invitation)
    return invitation


def add_path(forum: Forum) -> str:
    return f"/fora/{forum.slug}/leden/toevoegen/"


def path_of(member: Member, page: str = "") -> str:
    return f"/fora/{member.forum.slug}/leden/{member.pk}/{page}"


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def details(member: Member, **fields) -> dict[str, object]:
    names = ("name", "email", "function", "kind", "language")
    return {name: getattr(member, name) for name in names} | {"seat": member.seat_id} | fields


def test_a_member_is_added_on_a_seat(coach_client, forum, seat):
    response = coach_client.post(add_path(forum), PERSON | {"seat": seat.pk}, follow=True)

    added = Member.objects.get(email=PERSON["email"])
    assert (added.seat, added.function, added.forum) == (seat, "schepen", forum)
    assert "Schepen van mobiliteit is toegevoegd." in response.content.decode()


@pytest.mark.parametrize(
    "fields, field, error",
    [
        ({"name": ""}, "name", "Vul dit veld in."),
        ({"name": "x" * 121}, "name", "Deze tekst is te lang. U kunt hoogstens 120 tekens gebruiken."),
        (
            {"email": "geen adres"},
            "email",
            "Dit is geen geldig e-mailadres. Voorbeeld: naam@gemeente.example.",
        ),
        ({"kind": "koning"}, "kind", "Kies een van de mogelijkheden."),
        ({"language": "fr"}, "language", "Kies een van de mogelijkheden."),
        ({"seat": ""}, "seat", "Kies een zetel of voeg er een toe."),
        ({"seat": "999999"}, "seat", "Kies een van de mogelijkheden."),
        (
            {"organisation": "Huis van de streek"},
            "seat",
            "Kies één zetel: een bestaande, een gemeente of een organisatie.",
        ),
        (
            {"seat": "", "municipality": "Nergens"},
            "municipality",
            "We kennen geen gemeente &quot;Nergens&quot;.",
        ),
    ],
)
def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(
    coach_client, forum, seat, fields, field, error
):
    Forum.objects.update(is_demo=True)
    given = PERSON | {"seat": seat.pk} | fields

    response = coach_client.post(add_path(forum), given)

    page = response.content.decode()
    assert list(errors(response)) == [field]
    assert f'id="id_{field}_error"><p>{error}</p></div>' in page
    assert "Eén veld vraagt uw aandacht." in page
    assert f'value="{given["function"]}"' in page
    assert Member.objects.count() == 8


def test_an_address_in_use_is_told_at_the_field_whatever_its_capitals(coach_client, forum, seat, member):
    response = coach_client.post(add_path(forum), PERSON | {"seat": seat.pk, "email": member.email.upper()})

    assert [str(error)[:41] for error in errors(response)["email"]] == [
        "Dit e-mailadres staat al bij een ander li"
    ]


def test_a_full_forum_is_told_above_the_form(coach_client, forum, seat, settings):
    settings.FORUM_SIZE = (5, 8)

    response = coach_client.post(add_path(forum), PERSON | {"seat": seat.pk})

    assert errors(response) == {"__all__": ["Een forum telt hoogstens 8 leden."]}


@pytest.mark.parametrize(
    "words", ["Wilgenrade", " wilgenRADE ", "F9999", "Oud-Rade", "00099", "Rade aan de Leie"]
)
def test_a_municipality_is_known_by_every_name_it_had(coach_client, forum, words):
    municipality = Municipality.objects.create(
        name="Wilgenrade", nis="F9999", aliases="Rade aan de Leie\nRadegem", is_fictional=True
    )
    Merger.objects.create(
        municipality=municipality, old_nis="00099", old_name="Oud-Rade", valid_from="2025-01-01"
    )
    Forum.objects.update(is_demo=True)

    coach_client.post(add_path(forum), PERSON | {"municipality": words})

    assert Member.objects.get(email=PERSON["email"]).seat.municipality == municipality


def test_a_name_that_says_too_little_brings_suggestions(coach_client, forum):
    call_command("load_regions", verbosity=0)

    response = coach_client.post(add_path(forum), PERSON | {"municipality": "Pajotteg"})

    [error] = errors(response)["municipality"]
    assert error == 'Welke gemeente bedoelt u met "Pajotteg": Pajottegem?'


@pytest.mark.parametrize("is_demo, count", [(True, 9), (False, 1)])
def test_fictional_municipalities_are_for_demo_forums_only(forum, is_demo, count):
    call_command("load_regions", verbosity=0)
    Municipality.objects.filter(is_fictional=False).exclude(name="Gent").delete()
    forum.is_demo = is_demo

    assert MemberForm(forum=forum).municipalities.count() == count


def test_every_seat_says_who_sits_there(coach_client, forum, member):
    factories.make_seat(forum=forum, organisation="Huis van de streek")

    page = coach_client.get(add_path(forum)).content.decode()

    assert "Aldervoorde (burgemeester van Aldervoorde)</option>" in page
    assert "Huis van de streek (Niemand op deze zetel)</option>" in page


def test_fields_of_somebody_else_offer_nothing_of_the_coach(forum):
    form = MemberForm(forum=forum)

    names = ("name", "email", "function", "municipality", "organisation")
    assert [form.fields[name].widget.attrs["autocomplete"] for name in names] == ["off"] * 5
    assert 'aria-describedby="id_function_helptext"' in str(form["function"])
    assert form["function"].help_text == "Noteer geen politieke partij."


def test_details_change_without_a_question_when_no_round_is_open(coach_client, member):
    response = coach_client.post(path_of(member), details(member, email="ander@gemeente.example"))

    member.refresh_from_db()
    assert (response.status_code, member.email) == (302, "ander@gemeente.example")


def test_a_corrected_name_asks_nothing_while_a_round_is_open(coach_client, submitted, member):
    response = coach_client.post(path_of(member), details(member, name="burgemeester met titel"))

    assert (response.status_code, Draft.objects.count()) == (302, 1)


def test_another_address_is_asked_again_while_a_round_is_open(coach_client, submitted, member):
    given = details(member, email="ander@gemeente.example")

    asked = coach_client.post(path_of(member), given)

    assert WARNING in asked.content.decode()
    assert Member.objects.get(pk=member.pk).email == member.email
    assert Draft.objects.count() == 1

    done = coach_client.post(path_of(member), given | {"confirmed": "1"})

    assert done.status_code == 302
    assert Member.objects.get(pk=member.pk).email == "ander@gemeente.example"
    assert Draft.objects.count() == 0


def test_a_seat_with_other_roles_is_asked_again_too(coach_client, submitted, member):
    given = details(member, seat="", organisation="Huis van de streek")

    asked = coach_client.post(path_of(member), given)

    assert "Met deze wijziging vervalt de oude link" in asked.content.decode()
    assert Draft.objects.count() == 1


def test_the_question_carries_everything_that_was_typed(coach_client, submitted, member):
    given = details(member, email="ander@gemeente.example", name='de "nieuwe" naam')

    page = coach_client.post(path_of(member), given).content.decode()

    for name, value in given.items():
        assert f'<input type="hidden" name="{name}" value="{escape(value)}"' in page


@pytest.mark.parametrize("method, page", [("post", ""), ("post", "vervangen/"), ("get", "beeindigen/")])
def test_no_warning_tells_whether_there_was_a_draft(coach_client, open_round, member, method, page):
    given = details(member, email="ander@gemeente.example") if method == "post" else {}

    def asked() -> str:
        response = getattr(coach_client, method)(path_of(member, page), given)
        return response.content.decode().partition("<main")[2].partition("csrfmiddlewaretoken")[0]

    without = asked()
    assert WARNING in without
    factories.fill_in(factories.invitations_of(open_round)[0])

    assert asked() == without


def test_another_person_is_asked_again_while_a_round_is_open(coach_client, submitted, member):
    path = path_of(member, "vervangen/")

    asked = coach_client.post(path, PERSON)

    assert (WARNING in asked.content.decode(), Member.objects.count()) == (True, 8)

    coach_client.post(path, PERSON | {"confirmed": "1"})

    person = Member.objects.get(email=PERSON["email"])
    assert (person.seat, Draft.objects.count()) == (member.seat, 0)
    assert not Invitation.objects.filter(pk=submitted.pk).exists()


def test_another_person_starts_with_the_function_and_never_the_name(coach_client, member):
    form = coach_client.get(path_of(member, "vervangen/")).context["form"]

    assert (form["function"].value(), form["name"].value(), form["email"].value()) == (
        "burgemeester",
        None,
        None,
    )


@pytest.mark.parametrize("is_open", [True, False])
def test_ending_a_membership_warns_while_a_round_is_open(coach_client, forum, member, is_open):
    if is_open:
        factories.make_open_round(forum=forum)

    page = coach_client.get(path_of(member, "beeindigen/")).content.decode()

    assert "Burgemeester van Aldervoorde krijgt geen mails meer." in page
    assert (WARNING in page) is is_open


def test_a_membership_ends(coach_client, member):
    response = coach_client.post(path_of(member, "beeindigen/"), follow=True)

    assert "Burgemeester van Aldervoorde is geen lid meer." in response.content.decode()
    assert Member.objects.current().count() == 7
    assert coach_client.get(path_of(member)).status_code == 404


def test_forms_speak_english_too(coach_client, forum):
    coach_client.cookies["taal"] = "en"

    page = coach_client.post(add_path(forum), {"name": ""}).content.decode()

    assert "5 fields need your attention." in page
    assert page.count("<p>Fill in this field.</p>") == 4
    assert "Do not record a political party." in page
