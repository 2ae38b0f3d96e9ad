"""Every way out tells what `told` holds and nothing else, and nothing at all of what is suppressed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment.actions import submitting
from assessment.actions.closing import close_round
from assessment.models import Round, User
from assessment.scoring.result import forum_result
from reports.exports.files import as_json
from tests import factories
from tests.assessment.scoring.notation import PARAMETERS, answers_frame
from tests.attack.answers import COUNTING
from tests.attack.forums import MEMBERS, forums
from tests.attack.test_members import attacks
from tests.attack.told import told
from tests.reports.cast import large_result, make_report, small_result
from tests.reports.exported import cells, document, paragraphs
from tests.reports.sharing.cast import share
from tests.reports.tagged import TaggedPdf

# Of a dimension in the exported figures, beside words and codes.
NUMBERS = ("score", "margin", "n_members", "n_municipalities", "importance", "partners_score")
MANY = 1000  # more answers than any dimension has

# --- A report is made of what is told ----------------------------------------------------------------------------


def rebuilt(seen):
    """A result with nothing in it but what is told; whatever a report needs beside that would fail."""
    return {
        **seen,
        "published": seen["reason"] is None,
        "dimensions": {
            code: _entry(entry, code == seen["most_divided"]) for code, entry in seen["dimensions"].items()
        },
        "items": {code: _statement(item) for code, item in seen["items"].items()},
    }


def _statement(item):
    """Shown with its numbers, with words alone, or not at all: then it might as well not be published."""
    if item["n_responses"] is None and item["agreement"] is None:
        return {"published": False}
    return {"published": True, **item, "n_responses": item["n_responses"] or MANY}


def _entry(entry, is_most_divided):
    parts = {**entry, "annex": {name: value and float(value) for name, value in entry["annex"].items()}}
    if entry["published"]:
        parts["boundary"] = entry["level_low"] != entry["level_high"]
        parts["consensus"] = 0.0 if is_most_divided else 1.0
    for kind in ("importance", "experienced_change"):
        parts[kind] = entry[kind] and dict(zip(("display", "n_responses"), entry[kind], strict=True))
    return parts


def assert_report_is_made_of_what_is_told(result):
    seen = told(result)
    for language in ("nl", "en"):
        assert make_report(rebuilt(seen), language=language, fingerprint="-") == make_report(
            result, language=language, fingerprint="-"
        )


@pytest.mark.parametrize(
    "result",
    [large_result(), small_result()],
    ids=["large", "small"],
)
def test_report_is_made_of_what_the_attacker_reads(result):
    assert_report_is_made_of_what_is_told(result)


@attacks
@given(forums(most=16), st.booleans())
def test_any_report_is_made_of_what_the_attacker_reads(people, has_groups):
    if has_groups:
        people = [{**one, "group": COUNTING[number % 2]} for number, one in enumerate(people)]
    assert_report_is_made_of_what_is_told(forum_result(answers_frame(people), MEMBERS, PARAMETERS))


# --- Files of figures hold no more than the report -----------------------------------------------------------------


def assert_figures_are_what_is_told(result):
    """Every number of the document is one that the attacker reads, in the very same place."""
    seen, exported = told(result), document(as_json(make_report(result)))
    statements = {row["code"]: row for row in exported["statements"]}
    for code, item in seen["items"].items():
        row, shares = statements[code], item["shares"]["percent"] if item["shares"] else []
        in_row = [row[f"share_{name}"] for name in ("disagree", "between", "agree", 1, 2, 3, 4, 5)]
        assert (row["score"], [each for each in in_row if each is not None]) == (item["display"], shares)
        assert (row["agreement"] is None) == (item["agreement"] is None)
        assert row["has_two_camps"] == bool(item["two_camps"])
        assert {value for value in row.values() if type(value) is int} <= {item["display"], *shares}
    for row in exported["profile"]:
        entry = seen["dimensions"][row["code"]]
        importance, others = entry["importance"], entry.get("others")
        assert [row[name] for name in NUMBERS] == [
            *(entry.get(name) for name in ("display", "margin", "n_responses", "n_delegations")),
            importance and importance[0],
            others and others["display"],
        ]
        assert sum(type(value) is int for value in row.values()) <= len(NUMBERS)


@pytest.mark.parametrize("result", [large_result(), small_result()], ids=["large", "small"])
def test_figures_are_what_the_attacker_reads(result):
    assert_figures_are_what_is_told(result)


@attacks
@given(forums(most=16))
def test_figures_of_any_forum_are_what_the_attacker_reads(people):
    assert_figures_are_what_is_told(forum_result(answers_frame(people), MEMBERS, PARAMETERS))


# --- What is suppressed changes nothing --------------------------------------------------------------------------


def varied(code: str) -> int:
    """Answers that differ from statement to statement, so that nobody ticks the same box everywhere."""
    return 2 + sum(map(ord, code)) % 3


def with_par(value: int | None) -> Callable[[str], int | None]:
    return lambda code: value if code.startswith("PAR") else varied(code)


SUPPRESSED = {
    "too few members": [[1, 1, 1, varied], [5, 4, 2, varied]],
    "too few members in a dimension": [
        [*map(with_par, (one, one, one, two)), *[with_par(None)] * 3] for one, two in ((1, 1), (5, 4))
    ],
}


def closed(name: str, values: list[Any], coach: User) -> tuple[Round, str]:
    """A round in which the first members answer so, closed by the real action; the receipt of the last of them."""
    round = factories.make_open_round(forum=factories.make_forum(name=name, coaches=[coach]))
    receipt = ""
    for invitation, value in zip(factories.invitations_of(round), values, strict=False):
        factories.fill_in(invitation, value=value)
        receipt = submitting.submit(invitation=invitation) or ""
    close_round(round=round)
    round.refresh_from_db()
    return round, receipt


def shared_by(round: Round) -> str | None:
    """The link to the report with all its chapters; None where there is no result to share."""
    return share(round, is_silent=True).token if round.snapshot.result["published"] else None


def pages(round: Round, receipt: str, client: Client) -> Iterator[tuple[str, str]]:
    """Every page and file that there is of a closed round, in both languages."""
    place, token = [round.forum.slug, round.pk], shared_by(round)
    for language in ("nl", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        yield f"page {language}", client.get(reverse("reports:result", args=place)).content.decode()
        file = client.post(reverse("reports:forum_pdf", args=place)).content
        yield f"file {language}", "\n".join(text for _, text in TaggedPdf(file).told)
        for kind in ("figures_xlsx", "figures_csv", "figures_json"):
            figures = client.post(reverse(f"reports:{kind}", args=place)).content
            yield f"{kind} {language}", str(cells(figures)) if kind == "figures_xlsx" else figures.decode()
        if token:
            yield from shared_pages(token, language, client)
            yield f"share {language}", client.get(reverse("reports:share", args=place)).content.decode()
            yield f"check {language}", client.get(reverse("reports:share_check", args=place)).content.decode()
        yield from memos(place, language, client)
        yield f"desk {language}", client.get(reverse("coaching:round", args=place)).content.decode()
        yield f"forum {language}", client.get(reverse("coaching:forum", args=place[:1])).content.decode()
        yield f"own {language}", client.get(reverse("reports:receipt", args=[receipt])).content.decode()
        file = client.get(reverse("reports:receipt_pdf", args=[receipt])).content
        yield f"own file {language}", "\n".join(text for _, text in TaggedPdf(file).told)


def beside(round: Round, receipt: str, client: Client) -> Iterator[tuple[str, str]]:
    """The own result of whoever answered last with that of a later round beside it, whichever of both was open."""
    later = factories.make_open_round(forum=round.forum, kind="interim")
    invitation = factories.invitations_of(later)[round.snapshot.result["response"]["responses"] - 1]
    factories.fill_in(invitation, value=varied)
    other = submitting.submit(invitation=invitation) or ""
    close_round(round=later, is_silent=True)
    for language in ("nl", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for name, opened, link in (("later", receipt, other), ("earlier", other, receipt)):
            page = client.post(reverse("reports:receipt_beside", args=[opened]), {"link": link})
            assert page.context["beside"].rows
            yield f"own beside {name} {language}", page.content.decode().replace(other, "…")


def shared_pages(token: str, language: str, client: Client) -> Iterator[tuple[str, str]]:
    """What members read and download."""
    yield f"shared {language}", client.get(reverse("reports:shared", args=[token])).content.decode()
    file = client.post(reverse("reports:shared_pdf", args=[token])).content
    yield f"shared file {language}", "\n".join(text for _, text in TaggedPdf(file).told)
    for reader in ("college", "council"):
        memo = client.get(reverse("reports:shared_memo", args=[token]), {"voor": reader})
        yield f"shared memo {reader} {language}", memo.content.decode()
    for kind in ("shared_xlsx", "shared_csv", "shared_json"):
        figures = client.post(reverse(f"reports:{kind}", args=[token])).content
        yield f"{kind} {language}", str(cells(figures)) if kind == "shared_xlsx" else figures.decode()


def memos(place: list[Any], language: str, client: Client) -> Iterator[tuple[str, str]]:
    """The memo as page, PDF and Word file; below the threshold the answer that there is none."""
    for reader in ("college", "council"):
        page = client.get(reverse("reports:memo", args=place), {"voor": reader})
        yield f"memo {reader} {language}", page.content.decode()
        files = {
            kind: client.post(reverse(f"reports:memo_{kind}", args=place), {"voor": reader})
            for kind in ("pdf", "docx")
        }
        if page.status_code != 200:
            assert {each.status_code for each in files.values()} == {404}
            continue
        told = "\n".join(text for _, text in TaggedPdf(files["pdf"].content).told)
        yield f"memo {reader} pdf {language}", told
        yield f"memo {reader} docx {language}", paragraphs(files["docx"].content)


def without_own(text: str, round: Round, receipt: str) -> str:
    """Without what differs between any two rounds: names, numbers in addresses and log lines, and random tokens."""
    text = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|Task id=\S+|(?<=/leden/)\d+', "", text
    )
    for own in (
        receipt,
        round.forum.slug,
        round.forum.name,
        *(each.token for each in round.invitations.all()),
        *(each.token for each in round.shared_reports.all()),
        *re.findall(r'name="seal" value="(\w+)"', text),
    ):
        text = text.replace(own, "…")
    return re.sub(rf"(?<=/){round.pk}(?=/)|(?<=round ){round.pk}\b", "…", text)


@pytest.mark.django_db
@pytest.mark.parametrize("case", SUPPRESSED)
def test_suppressed_answers_change_no_output(case, coach, coach_client, mailoutbox, caplog, capsys):
    """Two rounds that differ in nothing but suppressed answers cannot be told apart by anything that comes out."""
    caplog.set_level("INFO")
    outputs = []
    for name, values in zip(("Overleg Alfa", "Overleg Beta"), SUPPRESSED[case], strict=True):
        mailoutbox.clear(), caplog.clear()
        round, receipt = closed(name, values, coach)
        call_command("results", round.pk)
        told = dict(pages(round, receipt, coach_client)) | {
            "results": capsys.readouterr().out,
            "mails": "\n".join(f"{each.to} {each.subject} {each.body}" for each in mailoutbox),
            "logs": caplog.text,
        }
        told |= beside(round, receipt, coach_client)
        outputs.append({way: without_own(text, round, receipt) for way, text in told.items()})

    first, second = outputs
    assert all(first.values())
    assert [way for way in first if first[way] != second[way]] == []
