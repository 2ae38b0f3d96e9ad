"""Saves on their way, in real Chromium: of two answers to one question the last one given is the last one stored."""

import pytest
from django.urls import reverse

from assessment.models import DraftAnswer
from tests import factories
from tests.browser.fixtures import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_answer_that_is_changed_before_it_is_stored_waits_for_it(visitors, open_round):
    invitation = factories.invitations_of(open_round)[0]
    factories.fill_in(invitation).answers.all().delete()
    page, held = visitors.arrive(size=PHONE), []
    page.route("**/bewaren/", lambda route: held.append(route))  # noqa: PLW0108  # playwright marks it
    page.goto(reverse("filling:step", args=[invitation.token, "vis"]))

    for value in (2, 3, 4):
        page.locator(f"#VIS1-{value}").check()
    assert len(held) == 1

    with page.expect_response("**/bewaren/"):
        held[0].continue_()
    page.wait_for_function("document.querySelector('[name=was-VIS1]').value === '2'")
    assert len(held) == 2
    with page.expect_response("**/bewaren/"):
        held[1].continue_()
    page.wait_for_function("document.querySelector('[name=was-VIS1]').value === '4'")
    assert DraftAnswer.objects.get(draft__invitation=invitation, item="VIS1").value == 4
