"""The pages around a session: who reads what, what is recorded, and what the projector shows."""

import re
from html import unescape

import pytest
from django.urls import reverse

from assessment.models import GroupLevel, OpenAnswer, Quote, Theme
from tests.reports.cast import chosen, close, large_result, make_result, unpublished

WORDS = "Te veel overleg op korte tijd."


@pytest.fixture
def closed_round(open_round):
    return close(open_round, make_result(priorities=[chosen("NET"), chosen("DOE")]))


def address(name: str, round, *args) -> str:
    return reverse(f"reports:{name}", args=[round.forum.slug, round.pk, *args])


def page(client, name: str, round, *args) -> str:
    return unescape(client.get(address(name, round, *args)).content.decode())


def answer(round, text=WORDS, **fields) -> OpenAnswer:
    return OpenAnswer.objects.create(round=round, question="O2", text=text, **fields)


# --- Preparation -----------------------------------------------------------------------------------------------


def test_preparation_tells_the_numbers_of_the_report(closed_round, coach_client):
    prepared = coach_client.get(address("preparation", closed_round)).context["preparation"].report
    report = coach_client.get(address("result", closed_round)).context["report"]

    assert prepared == report


def test_own_words_are_read_by_the_coach_and_not_by_the_programme_manager(
    closed_round, coach_client, manager_client
):
    answer(closed_round)

    seen = [WORDS in page(client, "preparation", closed_round) for client in (coach_client, manager_client)]

    assert seen == [True, False]


@pytest.mark.parametrize(("responses", "is_shown"), [(4, False), (5, True)])
def test_own_words_are_shown_from_five_answers_on(open_round, coach_client, responses, is_shown):
    round = close(open_round, unpublished(responses=responses))
    answer(round)

    shown = page(coach_client, "preparation", round)

    assert (WORDS in shown, "Minder dan vijf leden antwoordden." in shown) == (is_shown, not is_shown)


def test_only_words_with_consent_that_are_not_quoted_yet_can_be_chosen(closed_round, coach_client):
    free = answer(closed_round, has_quote_consent=True)
    kept = answer(closed_round, "Dit blijft onder ons.")
    used = answer(closed_round, "Dit staat er al.", has_quote_consent=True)
    Quote.objects.create(round=closed_round, answer=used, text=used.text)

    links = re.findall(r"/citaten/kiezen/([0-9a-f-]{36})/", page(coach_client, "preparation", closed_round))
    statuses = [
        coach_client.get(address("quote_add", closed_round, each.pk)).status_code for each in (kept, used)
    ]

    assert (links, statuses) == ([str(free.pk)], [404, 404])


def test_own_words_are_not_printed(closed_round, coach_client):
    answer(closed_round)

    shown = page(coach_client, "preparation", closed_round)

    section = shown[shown.index('<section class="screen" aria-labelledby="eigen-woorden">') :]
    assert WORDS in section[: section.index("</section>")]
    assert shown.count(WORDS) == 1


def test_preparation_below_the_threshold_has_counts_and_reason_and_no_number(open_round, coach_client):
    round = close(open_round, unpublished())

    shown = page(coach_client, "preparation", round)

    assert "Er zijn te weinig antwoorden om een resultaat te tonen." in shown
    assert ("op 100" in shown, "<svg" in shown) == (False, False)


# --- Recording levels ------------------------------------------------------------------------------------------


def shown_fields(client, round) -> dict[str, str]:
    """What a browser would send back from the page untouched."""
    form = client.get(address("group_levels", round)).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return fields | {form[name].html_initial_name: value for name, value in fields.items()}


def recorded(round) -> dict[str, tuple[int | None, str]]:
    return {each.dimension: (each.level, each.evidence) for each in round.group_levels.all()}


def test_levels_and_evidence_are_recorded_and_can_be_changed(closed_round, coach_client):
    path = address("group_levels", closed_round)
    first = {"NET_level": "3", "NET_evidence": "Er is een netwerkteam.", "MAT_level": "none"}
    response = coach_client.post(path, shown_fields(coach_client, closed_round) | first)
    assert (response.status_code, response["Location"]) == (302, path)
    assert recorded(closed_round) == {"NET": (3, "Er is een netwerkteam."), "MAT": (None, "")}

    coach_client.post(path, shown_fields(coach_client, closed_round) | {"NET_level": "4", "MAT_level": ""})
    assert recorded(closed_round) == {"NET": (4, "Er is een netwerkteam.")}


def test_page_that_was_opened_earlier_overwrites_only_what_was_changed_on_it(closed_round, coach_client):
    path, stale = address("group_levels", closed_round), shown_fields(coach_client, closed_round)
    coach_client.post(path, stale | {"NET_level": "3", "NET_evidence": "Een netwerkteam."})

    coach_client.post(path, stale | {"VIS_level": "2"})

    assert recorded(closed_round) == {"NET": (3, "Een netwerkteam."), "VIS": (2, "")}


def test_evidence_needs_a_level_and_keeps_what_was_typed(closed_round, coach_client):
    sent = shown_fields(coach_client, closed_round) | {"VER_evidence": "Iedereen komt zelf."}

    response = coach_client.post(address("group_levels", closed_round), sent)

    assert response.status_code == 200
    assert dict(response.context["form"].errors) == {
        "VER_level": ['Kies een niveau, of "geen overeenstemming", bij dit bewijs.']
    }
    assert "Iedereen komt zelf." in response.content.decode()
    assert GroupLevel.objects.count() == 0


def test_level_that_is_sent_from_a_screen_leads_back_to_it_and_touches_nothing_else(
    closed_round, coach_client
):
    GroupLevel.objects.create(round=closed_round, dimension="VIS", level=2)
    sent = {"screen": "7", "NET_level": "3", "initial-NET_level": "", "NET_evidence": ""}

    response = coach_client.post(address("group_levels", closed_round), sent)

    assert response["Location"] == address("presentation", closed_round) + "#scherm-7"
    assert recorded(closed_round) == {"VIS": (2, ""), "NET": (3, "")}


@pytest.mark.parametrize("screen", ["x", "-1", "//elders.example", "9" * 5_000])
def test_nothing_but_a_number_leads_back_to_a_screen(closed_round, coach_client, screen):
    path = address("group_levels", closed_round)

    assert coach_client.post(path, {"screen": screen})["Location"] == path


def test_both_levels_stand_beside_each_other_on_result_and_preparation(closed_round, coach_client):
    GroupLevel.objects.create(round=closed_round, dimension="NET", level=2, evidence="Geen netwerkteam.")

    for name in ("result", "preparation"):
        [table] = re.findall(
            r"<tbody>((?:(?!</tbody>).)*Geen netwerkteam.*?)</tbody>",
            page(coach_client, name, closed_round),
            re.S,
        )
        cells = re.findall(r"<td data-label[^>]*>(?:<b>)?([^<]+)", table)
        assert cells == ["tussen afstemmend en sturend", "verkennend", "Geen netwerkteam."]


# --- Themes and quotes -----------------------------------------------------------------------------------------


def test_coach_makes_a_theme_and_gives_it_a_quote(closed_round, coach_client):
    written = answer(closed_round, has_quote_consent=True)
    coach_client.post(address("theme_add", closed_round), {"title": "Ritme", "summary": "Het gaat snel."})
    theme = Theme.objects.get()

    sent = {"words": "Te veel overleg (…)", "theme": theme.pk}
    response = coach_client.post(address("quote_add", closed_round, written.pk), sent)

    assert response["Location"] == address("preparation", closed_round) + "#themas"
    assert Quote.objects.values_list("text", "theme__title", "answer").get() == (
        "Te veel overleg (…)",
        "Ritme",
        written.pk,
    )


def test_quote_that_is_not_literal_comes_back_with_its_words(closed_round, coach_client):
    written = answer(closed_round, has_quote_consent=True)

    response = coach_client.post(
        address("quote_add", closed_round, written.pk), {"words": "Te weinig overleg."}
    )

    assert list(response.context["form"].errors) == ["words"]
    assert "Te weinig overleg." in response.content.decode()
    assert Quote.objects.count() == 0


def test_theme_and_quote_go_after_a_confirmation(closed_round, coach_client):
    theme = Theme.objects.create(round=closed_round, title="Ritme")
    quote = Quote.objects.create(round=closed_round, theme=theme, text=WORDS)

    assert "Ritme" in page(coach_client, "theme_delete", closed_round, theme.pk)
    assert WORDS in page(coach_client, "quote_delete", closed_round, quote.pk)
    assert (Theme.objects.count(), Quote.objects.count()) == (1, 1)
    coach_client.post(address("theme_delete", closed_round, theme.pk))
    coach_client.post(address("quote_delete", closed_round, quote.pk))

    assert (Theme.objects.count(), Quote.objects.count()) == (0, 0)


def test_erased_answer_leaves_a_quote_that_can_still_be_moved(closed_round, coach_client):
    quote = Quote.objects.create(round=closed_round, text=WORDS)
    theme = Theme.objects.create(round=closed_round, title="Ritme")

    assert WORDS in page(coach_client, "quote", closed_round, quote.pk)
    coach_client.post(address("quote", closed_round, quote.pk), {"words": WORDS, "theme": theme.pk})

    quote.refresh_from_db()
    assert quote.theme == theme


# --- Presentation ----------------------------------------------------------------------------------------------


def test_projector_shows_themes_and_quotes_and_no_other_words_and_no_names(closed_round, coach_client):
    answer(closed_round, "Dit blijft onder ons.", has_quote_consent=True)
    quoted = answer(closed_round, has_quote_consent=True)
    theme = Theme.objects.create(round=closed_round, title="Ritme", summary="Het gaat snel.")
    Quote.objects.create(round=closed_round, answer=quoted, theme=theme, text=WORDS)

    shown = page(coach_client, "presentation", closed_round)

    assert [words in shown for words in ("Ritme", "Het gaat snel.", WORDS)] == [True, True, True]
    people = [word for member in closed_round.forum.members.all() for word in (member.name, str(member.seat))]
    unseen = ["Dit blijft onder ons.", "Begeleider Noord", *people]
    assert [words for words in unseen if words in shown] == []


def test_every_screen_has_an_address_and_links_to_its_neighbours(closed_round, coach_client):
    shown = page(coach_client, "presentation", closed_round)

    screens = re.findall(r'<section class="slide" id="(scherm-\d+)"', shown)
    links = re.findall(r'<a class="step" href="#(scherm-\d+)"', shown)

    assert screens == [f"scherm-{number}" for number in range(1, len(screens) + 1)]
    assert sorted(links) == sorted(screens[:-1] + screens[1:])


def test_levels_are_recorded_on_screen_by_the_coach_alone(closed_round, coach_client, manager_client):
    forms = [
        page(client, "presentation", closed_round).count("data-record")
        for client in (coach_client, manager_client)
    ]

    assert forms == [2, 0]


# --- The database ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "queries"), [("preparation", 15), ("presentation", 13), ("group_levels", 10)]
)
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_as_often_for_more(
    open_round, coach_client, django_assert_num_queries, name, queries, number
):
    round = close(open_round, large_result())
    for nth in range(number):
        theme = Theme.objects.create(round=round, title=f"Thema {nth}")
        for text in ("Een.", "Twee."):
            written = answer(round, text, has_quote_consent=True)
            Quote.objects.create(round=round, answer=written, theme=theme, text=text)
        Quote.objects.create(round=round, text=f"Los {nth}.")
        answer(round, f"Vrij {nth}.", has_quote_consent=True)
        GroupLevel.objects.create(round=round, dimension=["VIS", "NET", "LER"][nth], level=3)
    coach_client.get(address(name, round))

    with django_assert_num_queries(queries):
        coach_client.get(address(name, round))


def test_links_to_the_preparation_stand_on_round_and_result(closed_round, coach_client):
    path = address("preparation", closed_round)
    round_page = coach_client.get(reverse("coaching:round", args=[closed_round.forum.slug, closed_round.pk]))

    assert f'href="{path}"' in round_page.content.decode()
    assert f'href="{path}"' in page(coach_client, "result", closed_round)
