"""What stands behind the link of a sharing: for whoever has it, and for nobody once it has ended."""

import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from assessment.actions import sharing
from assessment.actions.closing import close_round
from assessment.actions.submitting import submit
from assessment.models import Action, Forum, IssuedFile
from config.logs import without_links
from reports.chapters import OPTIONAL
from reports.memo import Reader
from tests import factories
from tests.reports.exported import cells
from tests.reports.sharing.cast import DAY, share, update
from tests.reports.tagged import TaggedPdf

FILES = {
    "shared_pdf": "application/pdf",
    "shared_xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "shared_csv": "text/csv; charset=utf-8",
    "shared_json": "application/json",
}
# The sharing with its round, forum, track, version and result; earlier results; quotes.
QUERIES_PAGE = 3
QUERIES_FILE = 4
QUERIES_MEMO = 4  # the page's, and the municipalities to choose from


def link(shared, name: str = "shared") -> str:
    return reverse(f"reports:{name}", args=[shared.token])


def page(client, shared) -> str:
    return unescape(client.get(link(shared)).content.decode())


def test_page_tells_what_was_shared_to_whoever_has_the_link(client, closed_round):
    text = page(client, share(closed_round, left_out=("statements",)))

    assert "<h1>Rapport van het Burgemeestersoverleg Noordrand</h1>" in text
    assert "Uw begeleider deelde dit rapport met de leden." in text
    assert "Lees eerst de samenvatting." in text
    assert "Begeleider Noord, begeleider" in text
    assert ('id="voices"' in text, 'id="statements"' in text) == (True, False)


def test_contents_lead_to_the_figures_and_every_chapter_back_to_the_contents(client, closed_round):
    text = page(client, share(closed_round))

    contents = re.search(r'<nav class="contents".+?</nav>', text, re.S)[0]
    chapters = re.findall(r'href="#([\w-]+)"', contents)
    assert chapters[-1] == "as-figures"
    assert text.count('<a href="#contents">Terug naar de inhoud</a>') == len(chapters) - 1


def test_page_is_kept_by_no_browser_no_search_engine_and_tells_no_other_site_its_address(
    client, closed_round
):
    answer = client.get(link(share(closed_round)))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_links_that_never_were_ended_or_are_prepared_give_one_and_the_same_page(client, closed_round):
    shared = share(closed_round)
    sharing.end_sharing(round=closed_round)
    again = sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL)

    answers = [client.get(f"/rapport/{token}/") for token in (shared.token, again.token, "x" * 22)]

    assert [answer.status_code for answer in answers] == [404] * 3
    bare = {re.sub(r'value="\w{64}"|/rapport/[\w-]+/', "", answer.content.decode()) for answer in answers}
    assert len(bare) == 1
    assert "Deze link naar het rapport is niet meer geldig." in bare.pop()


@pytest.mark.parametrize("name", FILES)
def test_files_end_with_the_link(client, closed_round, name):
    shared = share(closed_round)
    sharing.end_sharing(round=closed_round)

    assert client.post(link(shared, name)).status_code == 404
    assert not IssuedFile.objects.exists()


def test_too_many_wrong_links_are_told_so_and_a_right_one_works_on(client, closed_round):
    cache.clear()
    shared = share(closed_round)
    statuses = [
        client.get(f"/rapport/{number:022}/").status_code for number in range(settings.FAILED_LOOKUPS + 1)
    ]

    assert statuses == [404] * settings.FAILED_LOOKUPS + [429]
    assert client.get(link(shared)).status_code == 200
    cache.clear()


def test_a_forum_of_the_demo_is_shared_in_a_demo_only(client, closed_round, settings):
    shared = share(closed_round)
    Forum.objects.update(is_demo=True)
    settings.DEMO = False

    assert client.get(link(shared)).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_everybody_gets_the_same_bytes_and_they_are_noted_once(client, coach_client, closed_round, name):
    shared = share(closed_round)

    answers = [each.post(link(shared, name)) for each in (client, coach_client, client)]

    assert {answer["Content-Type"] for answer in answers} == {FILES[name]}
    assert len({answer.content for answer in answers}) == 1
    assert IssuedFile.objects.count() == 1


@pytest.mark.parametrize("name", FILES)
def test_name_of_a_shared_file_is_not_the_name_of_the_full_one(
    client, coach_client, closed_round, address, name
):
    shared = share(closed_round)
    full = "forum_pdf" if name == "shared_pdf" else name.replace("shared", "figures")

    names = [
        answer.headers["Content-Disposition"].partition('"')[2].rstrip('"').rpartition(".")[0]
        for answer in (coach_client.post(address(full)), client.post(link(shared, name)))
    ]

    assert names[1] == f"{names[0]}-gedeeld"


@pytest.mark.parametrize("name", FILES)
def test_looking_at_the_address_of_a_file_leads_to_the_page(client, closed_round, name):
    shared = share(closed_round)

    assert client.get(f"{link(shared, name)}?taal=en")["Location"] == f"{link(shared)}?taal=en"
    assert not IssuedFile.objects.exists()


def test_file_stays_the_same_until_the_coach_updates_it(client, closed_round):
    shared = share(closed_round)
    first = client.post(link(shared, "shared_pdf")).content
    Action.objects.update(status="done", what="Iets anders")
    second = client.post(link(shared, "shared_pdf")).content

    update(closed_round)

    assert first == second
    assert "Iets anders" in " ".join(
        TaggedPdf(client.post(link(shared, "shared_pdf")).content).texts("TH", "TD")
    )


# --- Languages -----------------------------------------------------------------------------------------------------


def test_link_behind_an_invitation_speaks_the_language_of_the_member(client, closed_round):
    shared = share(closed_round)
    invitation = factories.invitations_of(closed_round)[0]
    type(invitation.member).objects.filter(pk=invitation.member_id).update(language="en")

    closed = unescape(client.get(reverse("filling:landing", args=[invitation.token])).content.decode())
    [address] = re.findall(r'href="(/rapport/[^"]+)"', closed)
    english = unescape(client.get(address).content.decode())

    assert address == f"{link(shared)}?taal=en"
    assert "Read the forum report" in closed
    assert "Report of the Burgemeestersoverleg Noordrand" in english
    file = re.search(r'action="(/rapport/[^"]+json[^"]*)"', english)[1]
    assert json.loads(client.post(file).content)["about"]["language"] == "en"


def test_the_switch_of_the_interface_goes_before_the_language_of_the_link(client, closed_round):
    shared = share(closed_round)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"

    assert "Rapport van" in unescape(client.get(f"{link(shared)}?taal=en").content.decode())


def test_an_unknown_language_is_dutch(client, closed_round):
    answer = client.get(f"{link(share(closed_round))}?taal=%22%3E%3Cb%3E")

    assert "Rapport van" in answer.content.decode()
    assert "<b>" not in re.findall(r'action="([^"]*)"', answer.content.decode())


# --- Behind the invitation -----------------------------------------------------------------------------------------


def test_link_stands_behind_the_invitation_while_the_report_is_shared(client, closed_round):
    invitation = factories.invitations_of(closed_round)[0]

    def closed() -> str:
        return client.get(reverse("filling:landing", args=[invitation.token])).content.decode()

    before = closed()
    sharing.prepare_sharing(round=closed_round, foreword="", left_out=[], known=OPTIONAL)
    prepared = closed()
    shared = share(closed_round)
    during = closed()
    sharing.end_sharing(round=closed_round)

    assert [link(shared) in each for each in (before, prepared, during, closed())] == [
        False,
        False,
        True,
        False,
    ]


def test_a_link_that_cannot_be_made_anew_is_not_shown_wrong(
    client, closed_round, coach_client, settings, address
):
    shared = share(closed_round)
    works = link(shared)
    settings.SECRET_KEY = "another key"

    assert client.get(works).status_code == 200
    told = unescape(coach_client.get(address("share")).content.decode()) if coach_client else ""
    assert link(shared) not in told


# --- Chapters that were left out -----------------------------------------------------------------------------------


@pytest.fixture
def bare(client, closed_round) -> dict[str, object]:
    """Every file of a report of which all that can be left out was left out."""
    shared = share(closed_round, left_out=OPTIONAL)
    return {name: client.post(link(shared, name)).content for name in FILES} | {"page": page(client, shared)}


# What stands in one chapter alone, of those that may be left out: words beside the result, and of the result itself.
WORDS = {
    "agreement": ("De antwoorden hebben één duidelijk midden", "Waar zien we verschillende doelen voor ons forum"),
    "statements": ("Ik weet welk doel ons forum nastreeft", "De leden van ons forum zien dezelfde grote uitdagingen"),
    "change": ("Weinig veranderd bij leren en zelfevaluatie",),
    "importance": ("Prioritair: belangrijk en nog ruimte voor groei",),
    "targets": ("Vertrouwen draagt de rest",),
    "track": ("Geef partners een vaste plek",),
    "agreed": ("Afspraken overlopen",),
    "levels": ("De visietekst",),
    "voices": ("Vertrouwen groeit", "We bellen elkaar", "Vergader minder"),
}  # fmt: skip


def words_of(*chapters: str) -> set[str]:
    return {words for name in chapters for words in WORDS[name]}


@pytest.mark.parametrize("left_out", [(), *((name,) for name in OPTIONAL), OPTIONAL])
def test_no_file_holds_what_was_left_out(client, closed_round, left_out):
    """Neither the words that stand beside the result nor the numbers of the chapters; and all of the others."""
    shared = share(closed_round, left_out=left_out)
    files = {name: client.post(link(shared, name)).content for name in FILES}
    texts = {
        "page": page(client, shared),
        "pdf": every_word(TaggedPdf(files["shared_pdf"])),
        "xlsx": str(cells(files["shared_xlsx"])),
        "csv": files["shared_csv"].decode("utf-8-sig"),
        "json": files["shared_json"].decode(),
    }

    told = {(way, words) for way, text in texts.items() for words in words_of(*OPTIONAL) if words in text}
    assert {words for _, words in told} == words_of(*OPTIONAL) - words_of(*left_out)
    assert {words for way, words in told if way == "page"} == {words for _, words in told}


def every_word(pdf: TaggedPdf) -> str:
    return "\n".join([pdf.whole_text, *(text for _, text in pdf.told)])


def test_figures_have_no_sheet_no_row_and_no_column_of_a_chapter_that_was_left_out(bare):
    document = json.loads(bare["shared_json"])
    rows = [line.split(";") for line in bare["shared_csv"].decode("utf-8-sig").splitlines()[1:]]
    sheets = cells(bare["shared_xlsx"])

    assert [
        name for name in ("statements", "agreement", "change", "actions", "experience") if document[name]
    ] == []
    hidden = ("agreement", "importance", "quadrant", "group_level", "target")
    assert {row[name] for row in document["profile"] for name in hidden} == {None}
    assert {row[0] for row in rows} == {"about", "profile"}
    assert {row[4] for row in rows}.isdisjoint(hidden)
    assert len(sheets) == 2
    assert {*sheets[[*sheets][1]][0]}.isdisjoint(
        {"Eensgezindheid", "Belang", "Streefniveau", "Niveau volgens de groep"}
    )


@pytest.mark.parametrize("others", [(), ("targets",)])
def test_no_table_has_a_word_of_agreement_when_that_chapter_was_left_out(client, closed_round, others):
    """Neither of a dimension nor of a statement; the reading guide explains the words, which no row has."""
    shared = share(closed_round, left_out=("agreement", *others))
    whole, pdf = page(client, shared), TaggedPdf(client.post(link(shared, "shared_pdf")).content)
    document = json.loads(client.post(link(shared, "shared_json")).content)
    rows = client.post(link(shared, "shared_csv")).content.decode("utf-8-sig").splitlines()
    workbook = cells(client.post(link(shared, "shared_xlsx")).content)

    in_tables = " ".join([*pdf.texts("TH", "TD"), *re.findall(r"<t[hd].*?</t[hd]>", whole, re.DOTALL)])
    assert [word for word in ("ensgezind", "verdeeld") if word in in_tables] == []
    assert {row["agreement"] for row in document["profile"] + document["statements"]} == {None}
    assert [row for row in rows if row.split(";")[4] == "agreement"] == []
    sheets = list(workbook)[1:3]
    assert ["Eensgezindheid" in workbook[sheet][0] for sheet in sheets] == [False, False]


def test_figures_say_what_was_left_out(bare):
    assert "Op keuze van de begeleider" in json.loads(bare["shared_json"])["notes"][-1]
    assert "Op keuze van de begeleider" in str(cells(bare["shared_xlsx"]))


def test_shared_figures_fit_the_published_schema(bare, client):
    import jsonschema

    jsonschema.validate(
        json.loads(bare["shared_json"]), json.loads(client.get("/cijfers/schema.json").content)
    )


def test_priorities_go_with_the_chapter_about_them(client, closed_round):
    """Neither summary nor figures name any: those of the calculation would stand there for what the forum chose."""

    def marked(shared):
        profile = json.loads(client.post(link(shared, "shared_json")).content)["profile"]
        return [row["code"] for row in profile if row["is_priority"]]

    bare = share(closed_round, left_out=("track",))
    assert (marked(bare), "Waaraan het forum" in page(client, bare)) == ([], False)

    closed_round.shared_reports.update(left_out=[])
    whole = update(closed_round)
    assert (len(marked(whole)), "Waaraan het forum" in page(client, whole)) == (3, True)


# --- Costs, and traces ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", [0, 3])
def test_page_and_file_ask_the_database_as_often_for_more_of_everything(
    client, closed_round, django_assert_num_queries, extra
):
    for number in range(extra):
        closed_round.themes.create(title=f"Thema {number}")
        closed_round.quotes.create(text=f"Citaat {number}")
        Action.objects.create(
            track=closed_round.track, dimension="VIS", block="content", what=f"Actie {number}"
        )
        factories.make_seat(
            forum=closed_round.forum, municipality=factories.make_municipality(f"Meer {number}")
        )
    shared = share(closed_round)

    with django_assert_num_queries(QUERIES_PAGE):
        client.get(link(shared))
    with django_assert_num_queries(QUERIES_FILE):
        client.post(link(shared, "shared_pdf"))
    with django_assert_num_queries(QUERIES_MEMO):
        client.get(link(shared, "shared_memo"))


def test_no_log_has_the_link(client, closed_round, caplog):
    caplog.set_level("DEBUG")
    shared = share(closed_round)

    client.get(link(shared))
    client.post(link(shared, "shared_pdf"))

    lines = [line for line in caplog.text.splitlines() if "django.db.backends" not in line]
    assert [line for line in lines if shared.token in without_links(line)] == []
    assert without_links(link(shared, "shared_pdf")) == "/rapport/*/rapport.pdf"


def test_own_result_leads_to_the_report_once_that_is_shared(client, forum):
    round = factories.make_open_round(forum=forum)
    for invitation in factories.invitations_of(round):
        factories.fill_in(invitation)
        receipt = submit(invitation=invitation)
    close_round(round=round, is_silent=True)

    before = client.get(f"/resultaat/{receipt}/").content.decode()
    shared = share(round, is_silent=True)
    after = client.get(f"/resultaat/{receipt}/").content.decode()

    will_be = "Deelt uw begeleider het forumrapport met de leden, dan krijgt u een mail."
    assert (will_be in before, will_be in after) == (True, False)
    assert f'<a href="{link(shared)}">Forumrapport lezen</a>' in after


# --- The memo beside it --------------------------------------------------------------------------------------------


def test_memo_is_made_of_what_was_shared(client, closed_round):
    shared = share(closed_round)
    told = client.get(link(shared, "shared_memo")).context["memo"]
    Action.objects.create(track=closed_round.track, dimension="NET", block="network", what="Vlinders tellen")

    assert client.get(link(shared, "shared_memo")).context["memo"] == told
    update(closed_round)
    assert "Vlinders tellen" in client.get(link(shared, "shared_memo")).context["memo"].as_text


def test_actions_that_were_left_out_are_in_no_memo(client, closed_round):
    Action.objects.create(track=closed_round.track, dimension="NET", block="network", what="Vlinders tellen")
    shared = share(closed_round, left_out=("agreed",))

    assert "Vlinders" not in client.get(link(shared, "shared_memo")).context["memo"].as_text


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("is_decided", [True, False])
def test_priorities_that_were_left_out_are_in_no_memo(client, closed_round, reader, is_decided):
    """Neither as what the forum chose, nor as what it would not have chosen yet."""
    if is_decided:
        closed_round.priorities.create(place=1, proposed="VER", chosen="LER", reason="Eerst.", decided_on=DAY)
    whole = share(closed_round, left_out=("agreed",))
    told = client.get(link(whole, "shared_memo"), {"voor": reader}).context["memo"]
    sharing.end_sharing(round=closed_round)

    shared = share(closed_round, left_out=("agreed", "track"))

    memo = client.get(link(shared, "shared_memo"), {"voor": reader}).context["memo"]
    priorities = {"Waaraan het forum werkt", "Wat uit de antwoorden volgt"}
    assert len(priorities & {each.title for each in told.parts}) == 1
    assert memo.parts == tuple(each for each in told.parts if each.title not in priorities)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_memo_leaves_as_a_file_that_is_noted_and_a_look_leads_to_its_page(client, closed_round, kind):
    shared = share(closed_round)

    looked = client.get(link(shared, f"shared_memo_{kind}"))
    sent = client.post(link(shared, f"shared_memo_{kind}"), {"voor": "council"})

    assert looked["Location"] == link(shared, "shared_memo")
    assert sent["Content-Disposition"].endswith(f'-nota-gemeenteraad-aldervoorde.{kind}"')
    assert IssuedFile.objects.get().kind == f"memo_council_{kind}"


def test_a_municipality_that_joined_since_can_have_its_memo(client, closed_round):
    """It says for whom the memo is; what it tells is what was shared."""
    shared = share(closed_round)
    before = client.get(link(shared, "shared_memo")).context["memo"]
    joined = factories.make_seat(
        forum=closed_round.forum, municipality=factories.make_municipality("Nieuwstad")
    ).municipality

    memo = client.get(link(shared, "shared_memo"), {"gemeente": joined.pk}).context["memo"]

    assert (memo.municipality, memo.parts) == ("Nieuwstad", before.parts)


def test_memo_keeps_the_language_that_the_reader_came_with(client, closed_round):
    page = client.get(f"{link(share(closed_round), 'shared_memo')}?taal=en").content.decode()

    assert '<input type="hidden" name="taal" value="en">' in page
    assert "nota.docx?taal=en" in page


def test_language_that_is_chosen_here_goes_before_the_one_in_the_address(client, closed_round):
    address = f"{link(share(closed_round), 'shared_memo')}?taal=en"
    client.post(reverse("set_language"), {"language": "nl", "next": address})

    assert client.get(address).headers["Content-Language"] == "nl"
    assert client.get(address).context["memo"].language == "nl"


def test_page_of_the_report_leads_to_the_memo_and_the_memo_ends_with_it(client, closed_round):
    shared = share(closed_round)
    assert f'href="{link(shared, "shared_memo")}"' in page(client, shared)

    sharing.end_sharing(round=closed_round)

    assert client.get(link(shared, "shared_memo")).status_code == 404
