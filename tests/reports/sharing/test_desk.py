"""The pages on which a coach prepares a report, looks at it, shares it, updates it and takes it back."""

import hashlib
import re
from html import unescape

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessment.actions import sharing
from assessment.models import Action, Forum, IssuedFile, SharedReport
from assessment.tasks import sharing as sharing_tasks
from reports.chapters import OPTIONAL
from tests import factories
from tests.reports.cast import close, unpublished
from tests.reports.sharing.cast import DAY, FOREWORD, share
from tests.reports.tagged import TaggedPdf

# Session, user, round, sharing with its mails and invitations, and twice what stands beside the result: for the
# chapters, and for what changed.
QUERIES_SHARE = 23
# The same once, with the words of the quotes for the seal and for the page, and who gets a mail.
QUERIES_CHECK = 16


def send(client, address, **fields):
    return client.post(address("share"), {"foreword": FOREWORD, "chapters": [*OPTIONAL]} | fields)


def seal_on(page) -> dict[str, str]:
    """The hidden field of the page on which the report is looked at."""
    return {"seal": re.search(r'name="seal" value="(\w{64})"', page.content.decode())[1]}


def told(client, address, name: str) -> str:
    return unescape(client.get(address(name)).content.decode())


def test_a_report_is_shared_in_two_steps(coach_client, closed_round, address, mailoutbox):
    prepared = send(coach_client, address, chapters=["agreement", "voices"])
    page = coach_client.get(prepared["Location"])
    assert SharedReport.objects.current().count() == len(mailoutbox) == 0

    done = coach_client.post(address("share_check"), seal_on(page))

    assert (prepared["Location"], done["Location"]) == (address("share_check"), address("share"))
    [shared] = SharedReport.objects.current()
    assert shared.left_out == [name for name in OPTIONAL if name not in ("agreement", "voices")]
    assert len(mailoutbox) == 8
    assert f"http://localhost:8000/rapport/{shared.token}/" in told(coach_client, address, "share")


def test_whoever_read_the_whole_report_decides_below_it(coach_client, closed_round, address):
    send(coach_client, address)
    below = told(coach_client, address, "share_check").partition("</article>")[2]
    share(closed_round)
    below_update = told(coach_client, address, "share_check").partition("</article>")[2]

    assert '<button class="btn" form="besluit">Rapport delen met de leden</button>' in below
    assert '<a class="btn" href="#delen">Naar het bijwerken</a>' in below_update


def test_page_says_how_many_members_get_a_mail(coach_client, closed_round, address):
    send(coach_client, address)
    all_of_them = told(coach_client, address, "share_check")
    closed_round.invitations.exclude(pk=closed_round.invitations.first().pk).update(is_declined=True)
    one = told(coach_client, address, "share_check")
    closed_round.invitations.all().delete()
    nobody = told(coach_client, address, "share_check")

    assert "8 leden krijgen een mail met een link naar het rapport." in all_of_them
    assert "Eén lid krijgt een mail met een link naar het rapport." in one
    assert "Niemand krijgt een mail" in nobody


def test_update_says_how_many_members_would_get_another_mail(coach_client, closed_round, address):
    share(closed_round)
    all_of_them = told(coach_client, address, "share_check")
    closed_round.invitations.exclude(pk=closed_round.invitations.first().pk).update(is_declined=True)
    one = told(coach_client, address, "share_check")

    assert "<span>8 leden opnieuw een mail sturen</span>" in all_of_them
    assert "<span>Eén lid opnieuw een mail sturen</span>" in one


def test_what_changed_meanwhile_is_looked_at_again(coach_client, closed_round, address):
    send(coach_client, address)
    seal = seal_on(coach_client.get(address("share_check")))
    Action.objects.update(status="done")

    answer = coach_client.post(address("share_check"), seal)

    assert answer["Location"] == address("share_check")
    assert not SharedReport.objects.current().exists()


def test_form_offers_what_there_is_to_tell_and_remembers_the_last_choice(coach_client, closed_round, address):
    first = coach_client.get(address("share")).context["form"]
    send(coach_client, address, chapters=["agreement"], foreword="Woord.")
    Action.objects.all().delete()
    second = coach_client.get(address("share")).context["form"]

    assert [*first.offered] == [*OPTIONAL]
    assert first["chapters"].initial == [*OPTIONAL]
    assert "agreed" not in second.offered
    assert (second["chapters"].initial, second["foreword"].initial) == (["agreement"], "Woord.")


def test_a_chapter_that_was_left_out_stays_so_while_there_is_nothing_to_tell_in_it(
    coach_client, closed_round, address
):
    chapters = [name for name in OPTIONAL if name != "levels"]
    send(coach_client, address, chapters=chapters)
    closed_round.group_levels.all().delete()

    send(coach_client, address, chapters=chapters, foreword="Ander woord.")

    prepared = closed_round.shared_reports.get()
    assert (prepared.left_out, prepared.foreword) == (["levels"], "Ander woord.")
    closed_round.group_levels.create(dimension="VIS", level=4, recorded_on=DAY)
    assert "levels" not in coach_client.get(address("share")).context["form"].initial["chapters"]


def test_a_chapter_that_no_longer_exists_is_not_left_out_again(coach_client, closed_round, address):
    share(closed_round)
    closed_round.shared_reports.update(left_out=["voices", "of an older version"])

    send(coach_client, address)

    assert closed_round.shared_reports.get().left_out == []


def test_a_foreword_that_is_too_long_is_refused_in_words(coach_client, closed_round, address):
    page = send(coach_client, address, foreword="x" * 1201)

    shown = page.content.decode()
    assert [*page.context["form"].errors] == ["foreword"]
    assert "x" * 1201 in shown
    assert "<title>Fout: Rapport delen met de leden - " in shown
    assert not SharedReport.objects.exists()


def test_result_and_foreword_have_one_name_each(coach_client, closed_round, address):
    send(coach_client, address)
    pages = [told(coach_client, address, name) for name in ("share", "share_check", "memo")]

    back = f'<li><a href="{address("result")}">Resultaat</a></li>'
    assert [back in page for page in pages] == [True, True, True]
    assert 'for="id_foreword">Woord van de begeleider' in pages[0]
    assert '<h2 id="foreword">Woord van de begeleider</h2>' in pages[1]
    assert "oord vooraf" not in " ".join(pages)


def test_a_foreword_that_is_pasted_is_counted_and_never_cut(coach_client, closed_round, address):
    page = told(coach_client, address, "share")

    field = re.search(r"<textarea[^>]+>", page)[0]
    assert ('data-max="1200"' in field, "maxlength" in field) == (True, False)
    assert ('data-left="Nog # tekens"' in page, "filling" in page.partition("</main>")[2]) == (True, True)
    assert "Bewaar eerst als u van taal wisselt: anders gaat verloren wat u typte." in page


def test_page_says_that_members_read_something_older(coach_client, closed_round, address):
    share(closed_round)
    before = told(coach_client, address, "share")
    Action.objects.update(status="done")
    after = told(coach_client, address, "share")

    assert ["Intussen wijzigde er iets" in page for page in (before, after)] == [False, True]


def test_link_is_copied_with_a_button_and_taken_back_with_less(coach_client, closed_round, address):
    shared = share(closed_round)

    page = told(coach_client, address, "share")

    [copied] = re.findall(r'<button class="btn second" type="button" hidden data-copy="([^"]+)"', page)
    assert copied == f"http://localhost:8000/rapport/{shared.token}/"
    assert "receipt" in page.partition("</main>")[2]
    assert f'<a href="{address("share_end")}">Niet meer delen</a>' in page


def test_page_tells_how_many_mails_are_on_their_way_and_who_got_none(
    queue, coach_client, closed_round, address
):
    shared = share(closed_round)
    waiting = told(coach_client, address, "share")
    for task in DBTaskResult.objects.order_by("enqueued_at")[:7]:
        sharing_tasks.send_shared_report.call(*task.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
    last = told(coach_client, address, "share")
    DBTaskResult.objects.all().delete()
    SharedReport.objects.update(mails_sent=0)
    closed_round.invitations.all().delete()
    nobody = told(coach_client, address, "share")

    behind_invitation = "Een lid vindt het ook achter de link in de uitnodiging."
    assert ("Er vertrekken nog 8 mails." in waiting, "0 verstuurd" in waiting) == (True, False)
    assert "Mails: 7 verstuurd, 0 mislukt. Er vertrekt nog één mail." in last
    assert "Niemand kreeg een mail. Geef de link zelf door." in nobody
    assert [behind_invitation in page for page in (waiting, last, nobody)] == [True, True, False]
    assert shared.token in nobody


@pytest.mark.parametrize("is_mailed", [False, True])
def test_a_shared_report_is_updated(coach_client, closed_round, address, mailoutbox, is_mailed):
    shared = share(closed_round)
    mailoutbox.clear()
    send(coach_client, address, foreword="Nieuw woord.")
    fields = seal_on(coach_client.get(address("share_check"))) | {"update": "1"}

    answer = coach_client.post(address("share_check"), fields | ({"is_mailed": "on"} if is_mailed else {}))

    shared.refresh_from_db()
    assert answer["Location"] == address("share")
    assert "Nieuw woord." in shared.document
    assert len(mailoutbox) == 8 * is_mailed


def test_sharing_is_undone_after_asking(coach_client, closed_round, address):
    share(closed_round)

    asked = coach_client.get(address("share_end"))
    assert SharedReport.objects.current().exists()
    coach_client.post(address("share_end"))

    assert "De link werkt dan nooit meer" in unescape(asked.content.decode())
    assert not SharedReport.objects.current().exists()
    assert "Gedeeld met de leden" not in told(coach_client, address, "share")


def test_what_is_not_shared_is_not_said_to_have_ended(coach_client, closed_round, address):
    """A report that is only prepared stays so; of one that was shared the page says it once."""
    sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL)
    prepared = coach_client.post(address("share_end"), follow=True)
    share(closed_round)

    first, second = (coach_client.post(address("share_end"), follow=True) for _ in range(2))

    said = [[str(each) for each in answer.context["messages"]] for answer in (prepared, first, second)]
    assert said == [[], ["Het rapport wordt niet meer gedeeld."], []]


def test_preview_of_the_file_is_the_file_that_members_get_and_is_not_noted(
    client, coach_client, closed_round, address
):
    send(coach_client, address)
    preview = coach_client.get(address("share_pdf"))
    assert not IssuedFile.objects.exists()
    coach_client.post(address("share_check"), seal_on(coach_client.get(address("share_check"))))

    file = client.post(f"/rapport/{SharedReport.objects.get().token}/rapport.pdf")

    assert preview["Content-Disposition"].startswith("inline")
    assert preview.content == file.content
    assert IssuedFile.objects.get().sha256 == hashlib.sha256(file.content).hexdigest()


def test_without_a_group_result_the_page_says_so(coach_client, forum):
    round = close(factories.make_open_round(forum=forum), unpublished())
    place = f"/fora/{forum.slug}/rondes/{round.pk}/"

    page = coach_client.get(f"{place}delen/")
    result = coach_client.get(f"{place}resultaat/")

    assert "Er is geen groepsresultaat om te delen." in unescape(page.content.decode())
    assert f"{place}delen/" not in result.content.decode()


def test_an_archived_forum_offers_the_way_back_alone(coach_client, closed_round, address):
    share(closed_round)
    Forum.objects.update(is_archived=True)

    page = told(coach_client, address, "share")

    assert (address("share_end") in page, 'name="foreword"' in page) == (True, False)
    assert coach_client.get(address("share_check"))["Location"] == address("share")


def test_only_the_coach_is_led_to_sharing(coach_client, manager_client, closed_round, address):
    pages = [told(client, address, "result") for client in (coach_client, manager_client)]

    assert [address("share") in page for page in pages] == [True, False]


def test_result_says_that_members_read_another_version_while_it_is_shared(
    coach_client, manager_client, closed_round, address
):
    words = "Dit is de volledige versie. De leden lezen wat u deelde."
    before = told(coach_client, address, "result")
    share(closed_round)
    during = [told(client, address, "result") for client in (coach_client, manager_client)]
    sharing.end_sharing(round=closed_round)
    after = told(coach_client, address, "result")

    assert [words in page for page in (before, *during, after)] == [False, True, False, False]


def test_a_closed_round_leads_to_all_that_can_be_made_of_it(
    coach_client, manager_client, closed_round, address
):
    path = reverse("coaching:round", args=[closed_round.forum.slug, closed_round.pk])
    ways = [address("share"), address("memo"), reverse("reports:comparison", args=[closed_round.forum.slug])]

    before = unescape(coach_client.get(path).content.decode())
    share(closed_round)
    after, seen_by_manager = [
        unescape(client.get(path).content.decode()) for client in (coach_client, manager_client)
    ]

    assert [f'href="{way}"' in before for way in ways] == [True, True, True]
    assert [f'href="{way}"' in seen_by_manager for way in ways] == [False, True, True]
    assert ["Nog niet gedeeld met de leden." in page for page in (before, after)] == [True, False]
    assert ["Gedeeld op" in page for page in (before, after, seen_by_manager)] == [False, True, False]


def test_a_closed_round_without_a_result_leads_to_no_report(coach_client, forum):
    round = close(factories.make_open_round(forum=forum), unpublished())

    page = coach_client.get(reverse("coaching:round", args=[forum.slug, round.pk])).content.decode()

    assert 'id="rapporten"' not in page


@pytest.mark.parametrize("extra", [0, 3])
def test_pages_ask_the_database_as_often_for_more_of_everything(
    coach_client, closed_round, address, django_assert_num_queries, extra
):
    for number in range(extra):
        Action.objects.create(
            track=closed_round.track, dimension="VIS", block="content", what=f"Actie {number}"
        )
        closed_round.themes.create(title=f"Thema {number}")
        closed_round.quotes.create(text=f"Citaat {number}")
    share(closed_round)
    coach_client.get(address("share"))  # the questionnaire is read once by a process

    with django_assert_num_queries(QUERIES_SHARE):
        coach_client.get(address("share"))
    with django_assert_num_queries(QUERIES_CHECK):
        coach_client.get(address("share_check"))


def test_file_and_page_of_the_preview_tell_the_foreword_after_the_summary(
    coach_client, closed_round, address
):
    sharing.prepare_sharing(round=closed_round, foreword=FOREWORD, left_out=OPTIONAL, known=OPTIONAL)

    page = told(coach_client, address, "share_check")
    tagged = TaggedPdf(coach_client.get(address("share_pdf")).content)

    titles = [unescape(each) for each in re.findall(r'<h2 id="\w+">([^<]+)</h2>', page)]
    assert titles[2:] == tagged.texts("H2")
    assert tagged.texts("H2")[2] == "Woord van de begeleider"
    assert "Lees eerst de samenvatting." in tagged.texts("P")


def test_log_of_the_mails_of_a_round_has_the_totals_of_each_sharing(
    coach_client, manager_client, closed_round
):
    share(closed_round)
    sharing.end_sharing(round=closed_round)
    sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL)
    SharedReport.objects.exclude(shared_at=None).update(mails_sent=7, mails_failed=1)

    for client in (coach_client, manager_client):
        page = unescape(
            client.get(f"/fora/{closed_round.forum.slug}/rondes/{closed_round.pk}/mails/").content.decode()
        )
        assert page.count("7 verstuurd, 1 mislukt") == 1


def test_programme_manager_reads_in_the_trail_that_a_report_was_shared_and_taken_back(
    manager_client, closed_round
):
    share(closed_round)
    sharing.end_sharing(round=closed_round)

    page = unescape(manager_client.get(reverse("coaching:trail")).content.decode())

    assert "Rapport voorbereid om te delen" in page
    assert page.count("Gedeeld rapport gewijzigd") == 2
    assert re.search(r"Niet meer gedeeld sinds: \d+ \w+ \d{4}, \d+\.\d\d", page)
    assert "samenvatting" not in page


def test_look_before_sharing_has_another_name_than_the_check_of_a_file(coach_client, closed_round, address):
    send(coach_client, address)

    page = told(coach_client, address, "share_check")

    assert "<h1>Rapport nalezen voor u deelt</h1>" in page
