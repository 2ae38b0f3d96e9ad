"""The preview of a questionnaire: every page that a member would meet, and nothing of it is stored."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from assessment.models import Draft, DraftAnswer, Invitation, Round
from questionnaires.models import QuestionnaireVersion
from questionnaires.questions import questions_for
from tests import factories
from tests.assessment.coaching.test_permissions import dump

KINDS = ("baseline", "interim", "final")


def url(version: QuestionnaireVersion, *parts: str) -> str:
    return "/".join([f"/beheer/vragenlijsten/{version.pk}/voorbeeld", *parts, ""])


def answers(version: QuestionnaireVersion, kind: str, role: str, dimension: str) -> dict[str, str]:
    asked = questions_for(version.content, role=role, round_kind=kind)
    return {
        q.item: "4" for q in asked if q.kind != "open" and (q.dimension == dimension and q.kind != "change")
    }


def test_begins_with_the_welcome_and_a_choice_of_rounds(manager_client, version):
    page = manager_client.get(url(version)).content.decode()

    assert escape(str(version.content.instrument.welcome)) in page
    assert [url(version, kind, "rol") in page for kind in KINDS] == [True] * 3


def test_every_role_can_be_chosen_whatever_the_seat(manager_client, version):
    form = manager_client.get(url(version, "baseline", "rol")).context["form"]

    [row] = form.rows()
    assert [option.value for option in row.options] == [role.code for role in version.content.roles]


def test_no_step_comes_before_the_role(manager_client, version):
    page = manager_client.get(url(version, "baseline", "mayor", "rol"))
    assert page.context["progress"].draft.role == "mayor"

    empty = manager_client.post(url(version, "baseline", "rol"))

    assert "Kies" in str(empty.context["form"].errors)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["mayor", "alderman", "official", "councillor", "support", "partner"])
def test_every_step_of_every_role_shows(manager_client, version, kind, role):
    chosen = manager_client.post(url(version, kind, "rol"), {"role": role})
    assert chosen.status_code == 302
    first = manager_client.get(chosen["Location"])

    steps = list(first.context["progress"].steps)

    pages = [manager_client.get(url(version, kind, role, step)) for step in steps]
    assert [page.status_code for page in pages] == [200] * len(steps)
    assert all("Dit is een voorbeeld. Niets wordt bewaard." in page.content.decode() for page in pages)
    assert ("verandering" in steps) == version.content.round(kind).asks_change


def test_whole_way_leads_to_the_end_and_writes_nothing(manager_client, version):
    manager_client.get(url(version))
    path, before = url(version, "interim", "mayor", "vis"), dump()
    steps = list(manager_client.get(path).context["progress"].steps)

    for here, there in pairwise(steps[1:]):
        data = answers(version, "interim", "mayor", here.upper())
        data |= {d.code: "4" for d in version.content.dimensions} if here == "verandering" else {}
        sent = manager_client.post(
            url(version, "interim", "mayor", here), data | {"O1": "Een woord.", "consent": "on"}
        )
        assert (sent.status_code, sent["Location"]) == (302, url(version, "interim", "mayor", there))
    submitted = manager_client.post(url(version, "interim", "mayor", "nakijken"), follow=True)

    assert submitted.redirect_chain == [(url(version, "interim", "einde"), 302)]
    assert "Wat u invulde, is niet bewaard." in submitted.content.decode()
    assert dump() == before
    models = (Invitation, Draft, DraftAnswer, Round)
    assert [model.objects.count() for model in models] == [0, 0, 0, 0]


def test_faulty_page_keeps_what_was_typed_and_names_the_gaps(manager_client, version):
    path = url(version, "baseline", "mayor", "vis")
    data = answers(version, "baseline", "mayor", "VIS")
    missing = data.popitem()[0]

    page = manager_client.post(path, data)

    rows = {row.name: row for row in page.context["form"].rows()}
    assert [name for name, row in rows.items() if row.error] == [missing]
    assert [any(option.is_checked for option in rows[name].options) for name in data] == [True] * len(data)


@pytest.mark.parametrize(
    "sent, way", [({"goto": "nakijken"}, ("baseline", "mayor", "nakijken")), ({"later": "1"}, ())]
)
def test_list_of_steps_and_pause_lead_on(manager_client, version, sent, way):
    sent_on = manager_client.post(url(version, "baseline", "mayor", "vis"), sent)

    assert sent_on["Location"] == url(version, *way)


def test_pages_save_nothing_by_themselves(manager_client, version):
    page = manager_client.get(url(version, "baseline", "mayor", "vis")).content.decode()

    assert "data-save" not in page
    assert "/vragenlijst/" not in page


def test_review_leads_back_into_the_preview(manager_client, version):
    page = manager_client.get(url(version, "baseline", "mayor", "nakijken")).content.decode()

    assert f'href="{url(version, "baseline", "mayor", "vis")}#VIS1-1"' in page
    assert "/vragenlijst/" not in page


def test_speaks_the_language_of_whoever_looks(manager_client, version):
    manager_client.cookies["taal"] = "en"

    page = manager_client.get(url(version, "baseline", "mayor", "vis")).content.decode()

    assert "This is an example. Nothing is saved." in page
    assert version.content.statement("VIS1").in_language("en") in page


@pytest.mark.parametrize(
    "way",
    [
        ("nooit", "rol"),
        ("baseline", "koning", "vis"),
        ("baseline", "mayor", "xyz"),
        ("baseline", "mayor", "verandering"),
        ("nooit", "einde"),
    ],
)
def test_what_the_questionnaire_does_not_have_is_not_found(manager_client, version, way):
    assert manager_client.get(url(version, *way)).status_code == 404


def test_a_coach_tries_the_version_of_a_planned_round_and_goes_back_to_the_own_forums(
    coach_client, forum, version
):
    assert coach_client.get(url(version)).status_code == 404
    factories.make_round(forum=forum)

    page = coach_client.get(url(version)).content.decode()

    assert '<a href="/fora/" target="_top">Mijn fora</a>' in page
    assert f'href="/beheer/vragenlijsten/{version.pk}/"' not in page


def test_draft_can_be_looked_at_and_a_coach_sees_nothing(manager_client, coach_client, version):
    draft = factories.make_draft(version)

    assert manager_client.get(url(draft)).status_code == 200
    assert coach_client.get(url(draft)).status_code == 404


def test_only_the_preview_may_be_framed_and_only_by_this_site(manager_client, version):
    framed = manager_client.get(url(version))
    other = manager_client.get("/fora/")

    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert (other["X-Frame-Options"], "frame-ancestors 'none'" in other["Content-Security-Policy"]) == (
        "DENY",
        True,
    )


@pytest.mark.parametrize("step", ["vis", "nakijken"])
def test_step_asks_the_database_for_the_version_and_who_looks(manager_client, version, step):
    manager_client.get(url(version, "baseline", "mayor", step))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        manager_client.get(url(version, "baseline", "mayor", step))

    assert len(queries) == 3


def test_member_meets_no_banner(client, open_round):
    link = reverse("filling:step", args=[factories.invitations_of(open_round)[0].token, "rol"])

    assert "previewed" not in client.get(link).content.decode()
