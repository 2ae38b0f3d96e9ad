"""A list of members: what each row would do, what is asked, and what is stored once it is applied."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.actions.importing_members import import_members
from assessment.actions.member_plan import Plan
from assessment.actions.member_rows import ListError, as_table, read_members
from assessment.actions.membership import MembershipError
from assessment.actions.planning_members import plan_members
from assessment.actions.tables import read_lines
from assessment.actions.writing_tables import as_csv, as_xlsx
from assessment.coaching.listed_members import sitting_once
from assessment.models import Draft, Forum, Invitation, Member, Merger, Municipality, Round, Seat
from tests import factories

HEAD = ["Naam", "E-mailadres", "Functie", "Gemeente of organisatie", "Lidmaatschap", "Taal"]
NEW = ["schepen van cultuur", "cultuur@forum.example", "schepen", "Aldervoorde", "raadgevend", "Engels"]
WARNING = "gewist, ook als ze al waren ingediend"


@pytest.fixture
def member(forum) -> Member:
    return forum.members.order_by("pk").first()


def row_of(member: Member, **fields: str) -> list[str]:
    """A member as a row of the list, some of it different."""
    row = dict(zip(HEAD, as_table([member])[1], strict=True))
    names = dict(zip(("name", "email", "function", "seat", "kind", "language"), HEAD, strict=True))
    return list((row | {names[name]: words for name, words in fields.items()}).values())


def plan_of(forum: Forum, *rows: list[str], head: list[str] = HEAD, **choices: str) -> Plan:
    given = read_members([head, *rows])
    return plan_members(forum=forum, rows=given.rows, choices=_named(choices))


def apply(forum: Forum, *rows: list[str], head: list[str] = HEAD, **choices: str) -> Plan:
    plan = plan_of(forum, *rows, head=head, **choices)
    return import_members(
        forum=forum,
        rows=read_members([head, *rows]).rows,
        choices=_named(choices),
        fingerprint=plan.fingerprint,
    )


def _named(choices: dict[str, str]) -> dict[str, str]:
    """seat_2 as seat-2, as a keyword can be written."""
    return {name.replace("_", "-"): value for name, value in choices.items()}


def states(plan: Plan) -> list[str]:
    return [row.state.value for row in sorted(plan.rows, key=lambda row: row.given.line)]


# --- Which columns and words are known -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ["Name", "E-mail address", "Function", "Municipality or organisation", "Membership", "Language"],
        ["NAAM *", " e-mail: ", "functie", "ZETEL", "Lidmaatschap", "taal"],
    ],
)
def test_columns_are_known_in_both_languages_however_written(head):
    [given] = read_members([head, NEW]).rows

    assert given == (
        2, "schepen van cultuur", "cultuur@forum.example", "schepen", "Aldervoorde", "", "raadgevend", "Engels"
    )  # fmt: skip


@pytest.mark.parametrize("last", ["Naam", "Achternaam", "Familienaam"])
def test_first_and_last_name_become_one(last):
    [given] = read_members(
        [["Voornaam", last, "Mail", "Gemeente"], ["Renée", "De Cock", "r@x.example", "Gent"]]
    ).rows

    assert (given.name, given.place, given.place_is) == ("Renée De Cock", "Gent", "municipality")


def test_lines_are_numbered_as_in_the_file_and_empty_ones_left_out():
    given = read_members([[], HEAD, [], NEW, ["", ""], [*NEW]])

    assert [row.line for row in given.rows] == [4, 6]


def test_a_party_is_never_taken_over_and_unknown_columns_are_named():
    given = read_members([["Partij", *HEAD, "Schoenmaat"], ["Groene Lijst", *NEW, "42"]])

    assert (given.has_party, given.ignored, given.table) == (True, ["Schoenmaat"], [HEAD, NEW])


@pytest.mark.parametrize(
    "table, told",
    [
        ([["Naam", "Gemeente"], ["a", "b"]], 'De kolom "E-mailadres" ontbreekt.'),
        ([["a"], ["b"]], "Deze kolommen ontbreken: Naam, E-mailadres, Gemeente of organisatie."),
        ([["Voornaam", "Mail", "Zetel"], ["a", "b", "c"]], 'De kolom "Naam" ontbreekt.'),
        ([HEAD], "In deze lijst staan geen leden."),
        ([[]], "In deze lijst staan geen leden."),
        ([HEAD, *[NEW] * 501], "Een lijst kan hoogstens 500 regels hebben."),
    ],
)
def test_what_is_no_list_of_members_says_why(table, told):
    with pytest.raises(ListError) as caught:
        read_members(table)

    assert str(caught.value) == told


@pytest.mark.parametrize(
    "words, code",
    [
        ("", "voting"),
        ("voting", "voting"),
        ("Raadgevend", "advisory"),
        ("GUEST", "guest"),
        ("support", "support"),
    ],
)
def test_a_membership_is_known_by_code_and_by_name(forum, words, code):
    [row] = plan_of(forum, [*NEW[:4], words, ""]).rows

    assert (row.state, row.details["kind"], row.details["language"]) == ("new", code, "nl")


@pytest.mark.parametrize("words", ["en", "EN", "Engels", "english"])
def test_a_language_is_known_by_code_and_by_name(forum, words):
    [row] = plan_of(forum, [*NEW[:5], words]).rows

    assert row.details["language"] == "en"


def test_marks_that_nobody_sees_are_left_out(forum, member):
    row = row_of(member, email=f"\ufeff{member.email}\u200b", name=member.name.replace(" ", "\u00a0 "))

    assert states(plan_of(forum, row)) == ["same"]


# --- New, changed, the same, at fault ------------------------------------------------------------------------


def test_every_row_says_what_it_does(forum, member):
    changed = row_of(member, function="waarnemend burgemeester")
    same = row_of(forum.members.order_by("pk")[1])

    plan = plan_of(forum, same, changed, NEW, [*NEW[:1], "geen adres", *NEW[2:]])

    assert [(row.state.value, row.given.line) for row in plan.rows] == [
        ("fault", 5), ("changed", 3), ("new", 4), ("same", 2)
    ]  # fmt: skip
    [change] = next(row.changes for row in plan.rows if row.state == "changed")
    assert change == ("Functie", "burgemeester", "waarnemend burgemeester")


@pytest.mark.parametrize(
    "number, words, told",
    [
        (0, "", "Dit ontbreekt: naam."),
        (1, "", "Dit ontbreekt: e-mailadres."),
        (3, "", "Dit ontbreekt: gemeente of organisatie."),
        (1, "geen adres", 'Regel 2: e-mailadres "geen adres" klopt niet.'),
        (4, "koning", 'Regel 2: lidmaatschap "koning" klopt niet.'),
        (5, "Frans", 'Regel 2: taal "Frans" klopt niet.'),
        (0, "x" * 121, "Dit is te lang: naam. Hoogstens 120 tekens."),
        (2, "x" * 121, "Dit is te lang: functie. Hoogstens 120 tekens."),
    ],
)
def test_a_fault_is_told_at_its_row(forum, number, words, told):
    row = [words if place == number else cell for place, cell in enumerate(NEW)]

    plan = plan_of(forum, row)

    assert ([row.notes for row in plan.rows], states(plan), plan.is_ready) == ([[told]], ["fault"], False)


def test_a_municipality_nobody_knows_is_a_fault_where_only_a_municipality_fits(forum):
    [row] = plan_of(forum, ["a", "a@x.example", "Zzyzx"], head=["Naam", "Mail", "Gemeente"]).rows

    assert row.notes == [
        'Regel 2: we kennen geen gemeente "Zzyzx". Bedoelt u een gemeente van voor de fusies?'
    ]


def test_a_municipality_and_an_organisation_do_not_go_together(forum):
    head = ["Naam", "Mail", "Gemeente", "Organisatie"]

    [row] = plan_of(forum, ["a", "a@x.example", "Aldervoorde", "Huis"], head=head).rows

    assert row.notes == ["Noem een gemeente of een organisatie, niet allebei."]


def test_the_name_of_an_organisation_has_a_length(forum):
    [row] = plan_of(forum, ["a", "a@x.example", "x" * 121], head=["Naam", "Mail", "Organisatie"]).rows

    assert row.notes == ["Dit is te lang: organisatie. Hoogstens 120 tekens."]


def test_an_address_twice_in_the_list_is_a_fault_of_all_its_rows(forum):
    other = ["iemand anders", NEW[1].upper(), *NEW[2:]]

    plan = plan_of(forum, NEW, other, [*other[:1], NEW[1], *other[2:]])

    assert [row.notes[0][:48] for row in plan.rows] == [
        "Dit e-mailadres staat ook op de regels 3, 4. Elk",
        "Dit e-mailadres staat ook op de regels 2, 4. Elk",
        "Dit e-mailadres staat ook op de regels 2, 3. Elk",
    ]


def test_an_address_of_somebody_who_is_yet_to_come_is_a_fault(forum, member):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    Member.objects.filter(pk=member.pk).update(active_from=tomorrow)

    assert states(plan_of(forum, row_of(member))) == ["fault"]


def test_an_address_in_other_capitals_is_the_same_address(forum, member):
    assert states(plan_of(forum, row_of(member, email=member.email.upper()))) == ["same"]


def test_whoever_left_comes_back_as_a_new_member(forum, member):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Member.objects.filter(pk=member.pk).update(active_until=yesterday)

    assert states(plan_of(forum, row_of(member))) == ["new"]


def test_a_column_that_the_list_lacks_changes_nothing(forum, member):
    Member.objects.filter(pk=member.pk).update(kind="guest", language="en")
    head = ["Naam", "Mail", "Zetel"]

    plan = plan_of(forum, [member.name, member.email, str(member.seat)], head=head)

    assert states(plan) == ["same"]


def test_who_is_not_in_the_list_is_named_and_stays(forum, member):
    plan = apply(forum, NEW)

    assert plan.absent == list(forum.members.exclude(email=NEW[1]))
    assert forum.members.current().count() == 9


# --- Seats ---------------------------------------------------------------------------------------------------


def test_a_seat_that_is_missing_is_made_and_said(forum):
    Forum.objects.update(is_demo=True)
    forum.refresh_from_db()
    factories.make_municipality("Wilgenrade")
    rows = [[name, f"{name}@forum.example", "", "wilgenrade", "", ""] for name in ("een", "twee")]

    plan = apply(forum, *rows)

    assert [row.notes for row in plan.rows] == [
        ["Het forum heeft nog geen zetel van Wilgenrade. We maken er een."]
    ] * 2
    assert forum.seats.filter(municipality__name="Wilgenrade").count() == 1
    assert forum.members.filter(seat__municipality__name="Wilgenrade").count() == 2


@pytest.mark.parametrize("words", ["Oud-Rade", "00099", "Rade aan de Leie", "F9999", "wilgenrade"])
def test_a_municipality_is_known_by_every_name_it_had(forum, words):
    municipality = Municipality.objects.create(
        name="Wilgenrade", nis="F9999", aliases="Rade aan de Leie\nRadegem", is_fictional=True
    )
    Merger.objects.create(
        municipality=municipality, old_nis="00099", old_name="Oud-Rade", valid_from="2025-01-01"
    )
    Forum.objects.update(is_demo=True)
    forum.refresh_from_db()

    [row] = plan_of(forum, [*NEW[:3], words, *NEW[4:]]).rows

    assert (row.state, row.seat.municipality) == ("new", municipality)
    told = [f'In de lijst staat "{words}". We nemen dat als de gemeente Wilgenrade.']
    assert row.notes[:-1] == (told if words != "wilgenrade" else [])


@pytest.mark.parametrize("words", ["Stad Aldervoorde", "gemeente aldervoorde", "City of Aldervoorde"])
def test_what_a_municipality_is_may_stand_before_its_name(forum, words):
    [row] = plan_of(forum, [*NEW[:3], words, *NEW[4:]]).rows

    assert (row.state, str(row.seat), row.seat.pk is None) == ("new", "Aldervoorde", False)


def test_a_municipality_among_the_organisations_is_asked(forum):
    head = ["Naam", "Mail", "Organisatie"]

    [question] = plan_of(forum, ["een", "een@x.example", "Stad Aldervoorde"], head=head).questions

    assert [option.words for option in question.options][:2] == [
        "De gemeente Aldervoorde",
        "Een organisatie met de naam Stad Aldervoorde",
    ]


def test_whoever_sits_on_the_second_seat_of_a_municipality_stays_there(forum, member):
    second = factories.make_seat(forum=forum, municipality=member.seat.municipality)
    Member.objects.filter(pk=member.pk).update(seat=second)
    member.refresh_from_db()

    plan = plan_of(forum, row_of(member, seat="Stad Aldervoorde"), row_of(forum.members.order_by("pk")[1]))

    assert states(plan) == ["same", "same"]


def test_a_merged_name_leads_to_the_new_municipality(forum):
    call_command("load_regions", verbosity=0)

    [row] = plan_of(forum, [*NEW[:3], "Gooik", *NEW[4:]]).rows

    assert str(row.seat) == "Pajottegem"


def test_fictional_municipalities_are_for_demo_forums_only(forum):
    factories.make_municipality("Wilgenrade")

    assert states(plan_of(forum, [*NEW[:3], "Wilgenrade", *NEW[4:]])) == ["question"]


def test_a_name_that_says_too_little_is_asked(forum):
    call_command("load_regions", verbosity=0)
    rows = [[f"lid {number}", f"lid{number}@x.example", "", "Pajotegem", "", ""] for number in range(2)]

    plan = plan_of(forum, *rows)

    [question] = plan.questions
    assert (question.name, question.words, question.lines) == (
        "seat-2", 'Welke zetel bedoelt u met "Pajotegem"?', [2, 3]
    )  # fmt: skip
    assert [option.words for option in question.options] == [
        "De gemeente Pajottegem",
        "Een organisatie met de naam Pajotegem",
        "Geen van deze: neem de regel niet over",
    ]
    assert (states(plan), plan.is_ready) == (["question", "question"], False)


@pytest.mark.parametrize(
    "choice, expected",
    [("organisation", ["new"]), ("skip", ["skipped"]), ("", ["question"]), ("999999", ["question"])],
)
def test_a_choice_answers_the_question(forum, choice, expected):
    plan = plan_of(forum, [*NEW[:3], "Huis van de streek", *NEW[4:]], seat_2=choice)

    assert states(plan) == expected


def test_a_chosen_municipality_gets_the_seat(forum):
    call_command("load_regions", verbosity=0)
    meant = Municipality.objects.get(name="Pajottegem")

    apply(forum, [*NEW[:3], "Pajotegem", *NEW[4:]], seat_2=str(meant.pk))

    assert Member.objects.get(email=NEW[1]).seat.municipality == meant


def test_several_municipalities_with_one_name_are_asked(forum):
    Forum.objects.update(is_demo=True)
    forum.refresh_from_db()
    for number in range(2):
        Municipality.objects.create(
            name=f"Rade {number}", nis=f"X{number}", aliases="Rade", is_fictional=True
        )

    [question] = plan_of(forum, [*NEW[:3], "Rade", *NEW[4:]]).questions

    assert [option.words for option in question.options][:2] == ["De gemeente Rade 0", "De gemeente Rade 1"]


def test_members_of_one_new_organisation_share_a_seat(forum):
    head = ["Naam", "Mail", "Organisatie"]
    rows = [["een", "een@x.example", "Écoregio"], ["twee", "twee@x.example", "écoregio"]]

    apply(forum, *rows, head=head)

    assert [str(seat) for seat in Seat.objects.exclude(organisation="")] == ["Écoregio"]


def test_an_organisation_of_the_forum_is_known(forum):
    seat = factories.make_seat(forum=forum, organisation="Huis van de streek")

    [row] = plan_of(forum, [*NEW[:3], "huis van de Streek", *NEW[4:]]).rows

    assert (row.state, row.seat) == ("new", seat)


# --- The same person or another ------------------------------------------------------------------------------


def test_another_name_at_the_same_address_is_asked(forum, member):
    [question] = plan_of(forum, row_of(member, name="Iemand anders")).questions

    assert question.words == (
        f"Op het adres {member.email} staat nu {member.name}. In de lijst staat Iemand anders. "
        "Is dat iemand anders?"
    )
    assert [option.value for option in question.options] == ["same", "other"]


def test_a_name_in_other_capitals_and_accents_is_a_correction(forum, member):
    plan = plan_of(forum, row_of(member, name="Burgemeester van Aldervöorde"))

    assert (states(plan), plan.questions) == (["changed"], [])


def test_a_corrected_name_keeps_the_draft_of_an_open_round(forum, member, open_round):
    factories.fill_in(factories.invitations_of(open_round)[0])

    apply(forum, row_of(member, name="Iemand anders"), person_2="same")

    member.refresh_from_db()
    assert (member.name, Draft.objects.count()) == ("Iemand anders", 1)


def test_another_person_takes_the_seat_and_the_link_ends(forum, member, open_round):
    factories.fill_in(factories.invitations_of(open_round)[0])
    planned = factories.make_round(forum=forum, kind=Round.Kind.INTERIM, opens_in=90, closes_in=99)
    planned.chosen_members.set([member])

    plan = apply(forum, row_of(member, name="Iemand anders"), person_2="other")

    person = Member.objects.get(name="Iemand anders")
    assert (
        plan.rows[0].notes[0] == "Komt in de plaats van burgemeester van Aldervoorde, die geen lid meer is."
    )
    assert WARNING in plan.rows[0].notes[1]
    assert (person.seat, person.pk != member.pk, Draft.objects.count()) == (member.seat, True, 0)
    assert not Invitation.objects.filter(member=member).exists()
    assert list(planned.chosen_members.all()) == [person]


def test_another_person_may_sit_elsewhere(forum, member):
    elsewhere = forum.seats.order_by("pk").last()

    apply(forum, row_of(member, name="Iemand anders", seat=str(elsewhere)), person_2="other")

    assert Member.objects.get(name="Iemand anders").seat == elsewhere


def test_the_same_name_at_another_address_is_asked(forum, member):
    plan = plan_of(forum, row_of(member, email="nieuw@forum.example"))

    assert [question.name for question in plan.questions] == ["address-2"]
    assert (states(plan), member in plan.absent) == (["question"], False)


def test_a_new_address_ends_the_link_and_mails_a_new_one(forum, member, open_round, queue):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation)

    plan = apply(forum, row_of(member, email="nieuw@forum.example"), address_2="same")

    renewed = Invitation.objects.get(pk=invitation.pk)
    assert (plan.ending, WARNING in plan.rows[0].notes[0]) == (1, True)
    assert Member.objects.get(pk=member.pk).email == "nieuw@forum.example"
    assert (renewed.generation, renewed.mail_state, Draft.objects.count()) == (2, "waiting", 0)


def test_a_namesake_is_a_new_member(forum, member, open_round):
    plan = apply(forum, row_of(member, email="nieuw@forum.example"), address_2="other")

    assert (states(plan), plan.ending, forum.members.current().count()) == (["new"], 0, 9)
    assert member in plan.absent


def test_of_two_rows_with_the_name_only_one_can_be_the_member(forum, member):
    rows = [row_of(member, email=f"nieuw{number}@forum.example") for number in range(2)]

    plan = plan_of(forum, *rows, address_2="same", address_3="same")

    assert states(plan) == ["changed", "new"]


# --- A round that is open ------------------------------------------------------------------------------------


def test_no_plan_tells_whether_there_was_a_draft(forum, member, open_round):
    rows = [
        row_of(member, name="Iemand anders"),
        row_of(forum.members.order_by("pk")[1], email="n@x.example"),
    ]
    before = plan_of(forum, *rows, person_2="other", address_3="same")
    for invitation in factories.invitations_of(open_round)[:2]:
        factories.fill_in(invitation)
        factories.submit(invitation)

    after = plan_of(forum, *rows, person_2="other", address_3="same")

    assert (before.ending, after.fingerprint) == (2, before.fingerprint)
    assert [row.notes for row in after.rows] == [row.notes for row in before.rows]


def test_from_a_municipality_to_an_organisation_ends_the_link_too(forum, member, open_round):
    plan = plan_of(forum, row_of(member, seat="Huis van de streek"), seat_2="organisation")

    assert plan.ending == 1


def test_nobody_who_is_not_invited_has_a_link_to_end(forum, member, open_round):
    Invitation.objects.filter(member=member).delete()

    assert plan_of(forum, row_of(member, email="n@x.example"), address_2="same").ending == 0


def test_after_the_closing_minute_no_link_ends_any_more(forum, member, open_round):
    Round.objects.update(
        opens_on=timezone.localdate() - datetime.timedelta(days=9),
        closes_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    factories.fill_in(factories.invitations_of(open_round)[0])

    plan = apply(forum, row_of(member, email="n@x.example"), address_2="same")

    assert (plan.ending, plan.has_open_round, Draft.objects.count()) == (0, False, 1)


def test_a_new_member_is_not_invited_to_an_open_round(forum, open_round):
    plan = apply(forum, NEW)

    assert (plan.has_open_round, open_round.invitations.count()) == (True, 8)


# --- Applying ------------------------------------------------------------------------------------------------


def test_rows_are_added_and_changed_and_faults_left_out(forum, member):
    apply(forum, NEW, row_of(member, kind="genodigde"), ["", "x@x.example", "", "Aldervoorde", "", ""])

    added = Member.objects.get(email=NEW[1])
    assert (added.name, added.function, str(added.seat), added.kind, added.language) == (
        "schepen van cultuur", "schepen", "Aldervoorde", "advisory", "en"
    )  # fmt: skip
    assert added.active_from == timezone.localdate()
    assert Member.objects.get(pk=member.pk).kind == "guest"
    assert not Member.objects.filter(email="x@x.example").exists()


def test_a_plan_stores_nothing(forum, member):
    plan_of(forum, NEW, row_of(member, kind="genodigde"), [*NEW[:1], "z@x.example", *NEW[2:]])

    assert (Member.objects.count(), Seat.objects.count(), forum.members.filter(kind="guest").count()) == (
        8,
        8,
        0,
    )


def test_what_changed_since_the_preview_is_refused_whole(forum, member):
    rows = [NEW, row_of(member, kind="genodigde")]
    plan = plan_of(forum, *rows)
    Member.objects.filter(pk=member.pk).update(function="waarnemend burgemeester")

    with pytest.raises(MembershipError):
        import_members(
            forum=forum, rows=read_members([HEAD, *rows]).rows, choices={}, fingerprint=plan.fingerprint
        )

    assert forum.members.current().count() == 8


def test_a_refusal_half_way_stores_nothing(forum, monkeypatch):
    def refuse(**_: object) -> None:
        raise MembershipError("form.error.changed")

    monkeypatch.setattr("assessment.actions.importing_members.change_member", refuse)

    with pytest.raises(MembershipError):
        apply(forum, NEW, row_of(forum.members.first(), kind="genodigde"))

    assert forum.members.count() == 8


@pytest.mark.parametrize("rows, is_ready", [([], False), ([NEW], True)])
def test_a_list_that_does_nothing_cannot_be_applied(forum, member, rows, is_ready):
    assert plan_of(forum, row_of(member), *rows).is_ready is is_ready


def test_a_list_for_which_there_is_no_room_cannot_be_applied(forum, settings):
    settings.FORUM_SIZE = (5, 9)
    rows = [[f"lid {number}", f"lid{number}@x.example", "", "Aldervoorde", "", ""] for number in range(2)]

    plan = plan_of(forum, *rows)

    assert (plan.members_after, plan.is_too_many, plan.is_ready) == (10, True, False)
    assert plan_of(forum, rows[0]).is_ready


def test_few_members_are_told_and_allowed(coach):
    forum = factories.make_forum(coaches=[coach], municipalities=3)

    plan = plan_of(forum, NEW)

    assert (plan.members_after, plan.is_too_few, plan.is_ready) == (4, True, True)


def test_the_audit_trail_tells_what_an_import_did(forum, member):
    LogEntry.objects.all().delete()

    apply(forum, NEW, row_of(member, function="waarnemend burgemeester"))

    told = {(entry.object_repr, entry.action) for entry in LogEntry.objects.all()}
    assert told == {
        ("schepen van cultuur", LogEntry.Action.CREATE),
        (member.name, LogEntry.Action.UPDATE),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_costs_the_same_for_any_number_of_rows(coach, number, django_assert_num_queries):
    forum = factories.make_forum(coaches=[coach], municipalities=number, is_demo=True)
    factories.make_open_round(forum=forum)
    rows = [row_of(member, function="x") for member in forum.members.select_related("seat__municipality")]
    rows += [
        [f"lid {each}", f"lid{each}@x.example", "", f"Onbekend {each}", "", ""] for each in range(number)
    ]

    with django_assert_num_queries(6):
        plan_of(forum, *rows)


# --- What is exported comes back the same --------------------------------------------------------------------

words = st.text(min_size=1, max_size=40).filter(lambda each: each.strip())
storable = words.map(lambda each: "".join(x for x in each if x != "\0" and not "\ud800" <= x <= "\udfff"))
visible = storable.filter(lambda each: any(letter.isalnum() for letter in each))
locals_ = st.from_regex(r"[-=+a-z'{][-=+a-z0-9']{0,8}", fullmatch=True)


@given(
    people=st.lists(
        st.tuples(visible, locals_, storable, visible, st.sampled_from(Member.Kind.values), st.booleans()),
        min_size=1, max_size=4, unique_by=lambda each: each[1],
    ),
    language=st.sampled_from(["nl", "en"]),
    reading=st.sampled_from(["nl", "en"]),
)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_export_that_nobody_changed_is_imported_without_a_change(version, people, language, reading):
    for model in (Member, Seat, Forum):
        model.objects.all().delete()
    forum = factories.make_forum(municipalities=2)
    for name, address, function, organisation, kind, is_english in people:
        seat = factories.make_seat(forum=forum, organisation=organisation)
        Member.objects.create(
            forum=forum, seat=seat, name=name, email=f"{address}@forum.example",
            function=function, kind=kind, language="en" if is_english else "nl",
        )  # fmt: skip
    with translation.override(language):
        table = as_table(sitting_once(forum))

    for data, file in ((as_csv(table), "leden.csv"), (as_xlsx(table), "leden.xlsx")):
        with translation.override(reading):
            given = read_members(read_lines(data, file))
            plan = plan_members(forum=forum, rows=given.rows, choices={})

        assert [(row.state.value, row.notes) for row in plan.rows] == [("same", [])] * len(table[1:])
        assert (plan.absent, plan.questions) == ([], [])


def test_whoever_leaves_today_does_not_stand_twice_in_an_export(forum, member):
    Member.objects.filter(pk=member.pk).update(active_until=timezone.localdate())
    factories.make_member(seat=member.seat, name="Opvolger", email=member.email)

    listed = sitting_once(forum)

    assert ([each.name for each in listed if each.email == member.email], len(listed)) == (["Opvolger"], 8)
