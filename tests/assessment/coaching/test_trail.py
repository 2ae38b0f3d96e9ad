"""The audit trail on the desk of the programme manager: readable, found again, and never a secret in it."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessment.actions import membership
from assessment.actions.agreeing import Agreement, Bid, add_action, move_action
from assessment.actions.choosing import Wish, choose_targets
from assessment.actions.closing import close_round
from assessment.actions.opening import open_round
from assessment.actions.submitting import submit
from assessment.coaching import trail
from assessment.models import Forum, Member, Seat
from questionnaires.texts import text
from tests import factories
from tests.assessment.coaching.second_steps import make_app

TRAIL = "/beheer/logboek/"


def shown(client: Client, **asked: str) -> list[trail.Told]:
    return client.get(TRAIL, asked).context["entries"]


def change(member: Member, **fields: object) -> None:
    present = {
        name: getattr(member, name) for name in ("seat", "name", "email", "function", "kind", "language")
    }
    membership.change_member(member=member, **present | fields)


@pytest.fixture
def forum(coach) -> Forum:
    return factories.make_forum(coaches=[coach], is_noted=True)


# --- Words ---------------------------------------------------------------------------------------------------


def test_change_is_told_from_what_to_what(manager_client, forum):
    member = forum.members.order_by("pk").first()
    seat = forum.seats.order_by("pk").last()

    change(member, kind="advisory", seat=seat, language="en", function="")

    entry = shown(manager_client)[0]
    assert entry.what == "Lid gewijzigd: burgemeester van Aldervoorde"
    assert entry.forum == "Burgemeestersoverleg Noordrand"
    assert entry.changes == [
        f"Zetel: van Aldervoorde naar {seat}",
        "Functie: burgemeester weggehaald",
        "Soort: van stemgerechtigd naar raadgevend",
        "Taal: van Nederlands naar Engels",
    ]


def test_it_is_told_who_did_it_and_what_went_by_itself(manager_client, coach_client, forum, coach):
    coach_client.post(f"/fora/{forum.slug}/leden/{forum.members.first().pk}/beeindigen/")

    entries = shown(manager_client)

    assert [(entry.who, entry.what.partition(":")[0]) for entry in entries[:1]] == [
        ("Begeleider Noord", "Lid gewijzigd")
    ]
    assert {entry.who for entry in entries[1:]} == {"Automatisch"}


def test_year_of_a_forum_reads_as_sentences(manager_client, forum):
    factories.make_version()
    LogEntry.objects.all().delete()
    round = factories.make_round(forum=forum)
    open_round(round=round, is_silent=True)
    close_round(round=round, is_silent=True)
    today = timezone.localdate()

    entries = shown(manager_client)

    assert [entry.what for entry in entries] == [
        "Ronde gewijzigd: nulmeting",
        "Ronde gewijzigd: nulmeting",
        "Ronde toegevoegd: nulmeting",
        f"Traject toegevoegd: {forum} {(today + datetime.timedelta(days=7)).year}",
    ]
    assert entries[0].changes == ["Toestand: van open naar gesloten"]
    assert "Toestand: van gepland naar open" in entries[1].changes
    assert "Versie van de vragenlijst: burgemeestersforum 1.0.0" in entries[2].changes


def test_coaches_are_told_by_name(manager_client, forum):
    forum.coaches.add(factories.make_coach("zuid@programma.example", name="Begeleider Zuid"))

    assert shown(manager_client)[0].changes == ["Begeleiders: Begeleider Zuid toegevoegd"]


def test_what_was_deleted_is_told_as_it_was(manager_client, forum):
    seat = factories.make_seat(forum=forum, organisation="Streekhuis")
    Seat.objects.get(pk=seat.pk).delete()

    entry = shown(manager_client)[0]

    assert (entry.what, entry.changes) == ("Zetel verwijderd: Streekhuis", ["Organisatie: Streekhuis"])


def test_what_a_forum_chose_and_agreed_is_told_without_its_reasons(manager_client, open_round, coach):
    track = open_round.track
    choose_targets(track=track, wishes={"NET": Wish(3, "Geheim.")}, chosen_on=datetime.date(2026, 3, 3))
    agreement = Agreement("NET", "network", "Kies een voorzitter", method="Geheim.", owner="Voorzitter")
    action = add_action(track=track, agreement=agreement, by=coach, bid=Bid("Geheim.", 9000))
    move_action(action=action, to="doing", by=coach)

    entries = shown(manager_client, wat="agreements")

    assert [entry.what for entry in entries] == [
        "Actie gewijzigd: Kies een voorzitter",
        "Regionale doorbraak toegevoegd: Kies een voorzitter",
        "Actie toegevoegd: Kies een voorzitter",
        "Streefniveau gekozen: NET",
    ]
    assert entries[0].changes == ["Stand: van nog te starten naar loopt"]
    assert "Bouwblok: duurzaam netwerken" in entries[2].changes
    assert {entry.forum for entry in entries} == {"Burgemeestersoverleg Noordrand"}
    assert "Geheim" not in str(entries)


def test_erased_member_has_no_name(manager_client, forum):
    LogEntry.objects.get_for_model(Member).update(object_repr="", changes={"kind": ["None", "voting"]})

    assert shown(manager_client, wat="members")[0].what == "Lid toegevoegd: naam gewist"


def test_english_speaks_english(manager_client, forum):
    manager_client.cookies["taal"] = "en"
    change(forum.members.first(), kind="guest")

    assert shown(manager_client)[0].changes == ["Kind: from voting to guest"]


def test_no_number_of_a_row_is_shown(manager_client, open_round):
    entries = shown(manager_client)
    kept = [value for entry in LogEntry.objects.all() for value in str(entry.changes).split()]
    assert [value for value in kept if value.startswith("assessment.")] == []

    words = [words for entry in entries for words in entry.changes]
    assert len(words) > 30
    assert [each for each in words if re.search(r": (van |from )?\d+( |$)(?!\w+ \d{4})", each)] == []


def test_every_model_and_field_of_the_trail_has_its_words():
    """Whoever registers a model or adds a field says here how it reads."""
    models = {model._meta.model_name: model for model in auditlog.get_models()}
    assert set(models) == set(trail.MODELS)
    for name, model in models.items():
        for action in trail.ACTIONS.values():
            assert text(f"manage.log.{name}.{action}", what="x")
        excluded = set(auditlog.get_model_fields(model)["exclude_fields"])
        registered = {field.name for field in model._meta.fields} - excluded - trail.HIDDEN
        registered |= {"coaches", "regions"} if name == "forum" else set()
        for field in registered:
            assert text(f"manage.log.field.{field}")
            if (choices := getattr(model._meta.get_field(field), "choices", None)) and field != "article":
                assert [trail._in_words(name, field, value) for value, _ in choices]


# --- Finding -------------------------------------------------------------------------------------------------


def test_entries_are_found_by_who(manager_client, coach_client, coach, forum):
    coach_client.post(f"/fora/{forum.slug}/leden/{forum.members.first().pk}/beeindigen/")

    assert [entry.who for entry in shown(manager_client, wie=str(coach.pk))] == ["Begeleider Noord"]
    assert {entry.who for entry in shown(manager_client, wie="automatisch")} == {"Automatisch"}


@pytest.mark.parametrize(
    "what, found",
    [
        ("forums", {"Forum", "Zetel"}),
        ("members", {"Lid"}),
        ("rounds", {"Ronde", "Traject"}),
        ("versions", {"Versie"}),
        ("users", {"Gebruiker"}),
    ],
)
def test_entries_are_found_by_what(manager_client, open_round, what, found):
    entries = shown(manager_client, wat=what)

    assert {entry.what.split()[0] for entry in entries} == found


def test_entries_are_found_by_forum_also_of_what_is_gone(manager_client, forum):
    other = factories.make_forum(name="Zuidoverleg", municipalities=1, is_noted=True)
    Member.objects.filter(forum=other).delete()

    entries = shown(manager_client, forum="zuidoverleg")

    assert [entry.what for entry in entries] == [
        "Lid verwijderd: burgemeester van Aldervoorde",
        "Lid toegevoegd: burgemeester van Aldervoorde",
        "Zetel toegevoegd: Aldervoorde",
        "Forum toegevoegd: Zuidoverleg",
    ]


def test_entries_are_found_by_period(manager_client, forum):
    LogEntry.objects.update(timestamp=timezone.make_aware(datetime.datetime(2026, 3, 3, 23, 59)))
    count = LogEntry.objects.count()

    def found(**asked: str) -> int:
        return len(shown(manager_client, **asked))

    assert [found(van="03/03/2026"), found(van="04/03/2026")] == [count, 0]
    assert [found(tot="03/03/2026"), found(tot="02/03/2026")] == [count, 0]


def test_what_cannot_be_read_is_said_and_kept(manager_client, forum):
    page = manager_client.get(TRAIL, {"forum": "Bestaat niet", "van": "gisteren"})

    assert set(page.context["form"].errors) == {"forum", "van"}
    assert 'value="gisteren"' in page.content.decode()


def test_nothing_found_says_so(manager_client):
    assert (
        "Niets gevonden in het logboek." in manager_client.get(TRAIL, {"tot": "01/01/2020"}).content.decode()
    )


def test_list_is_paged_and_keeps_the_search(manager_client, forum, coach):
    for number in range(60):
        coach.name = f"Begeleider {number}"
        coach.save()

    first = manager_client.get(TRAIL, {"wat": "users"})
    last = manager_client.get(TRAIL, {"wat": "users", "pagina": "2"})

    assert [len(page.context["entries"]) for page in (first, last)] == [50, 12]
    assert first.context["entries"][0].changes == ["Naam: van Begeleider 58 naar Begeleider 59"]
    assert "?wat=users&amp;pagina=2" in first.content.decode()
    assert manager_client.get(TRAIL, {"pagina": "99"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_trail_asks_as_often_for_three_entries_as_for_one(manager_client, django_assert_num_queries, count):
    forums = [factories.make_forum(name=f"Forum {n}", municipalities=1) for n in range(count)]
    LogEntry.objects.exclude(
        pk__in=[LogEntry.objects.get_for_object(each).get().pk for each in forums]
    ).delete()
    assert len(shown(manager_client)) == count

    with django_assert_num_queries(7):
        manager_client.get(TRAIL)


# --- What is never in it -------------------------------------------------------------------------------------


def test_neither_answer_nor_link_nor_receipt_nor_secret_is_ever_in_it(manager_client, forum, coach):
    round = factories.make_round(forum=forum)
    open_round(round=round)
    receipts = []
    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation, texts={"O1": "Meer tijd voor de agenda."})
        receipts.append(submit(invitation=invitation))
    tokens = [invitation.token for invitation in factories.invitations_of(round)]
    hashes = [invitation.token_hash for invitation in factories.invitations_of(round)]
    close_round(round=round)
    secret = make_app(coach)
    manager_client.post(
        "/beheer/gebruikers/uitnodigen/",
        {"name": "Begeleider Oost", "email": "oost@programma.example", "kind": "coach"},
    )
    links = re.findall(r"/(?:welkom|vragenlijst|resultaat)/(\S+)/", "".join(m.body for m in mail.outbox))
    stored = [data["secret"] for data in Authenticator.objects.values_list("data", flat=True)]
    coach.set_password("een ander lang wachtwoord")
    coach.save()

    everything = str(list(LogEntry.objects.values())) + "".join(
        manager_client.get(TRAIL, {"pagina": str(page)}).content.decode() for page in (1, 2)
    )

    forbidden = [*receipts, *tokens, *hashes, *links, *stored, secret, coach.password, "Meer tijd voor"]
    assert len(links) > 8
    assert [each for each in forbidden if each in everything] == []
    assert "Begeleider Oost" in everything
