"""Pages for requests that went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from config import errors


@pytest.mark.django_db
def test_unknown_address_leads_home(client):
    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert "We vinden deze pagina niet" in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_is_refused_with_advice():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/taal/", {"language": "en"})

    assert response.status_code == 403
    assert "We konden uw formulier niet aanvaarden" in response.content.decode()


@pytest.mark.django_db
def test_refused_page_says_why(rf: RequestFactory):
    response = errors.permission_denied(rf.get("/"), PermissionDenied())

    assert response.status_code == 403
    assert "U hebt geen toegang tot deze pagina" in response.content.decode()


def test_failure_page_needs_no_database(rf: RequestFactory):
    """No database mark: a query would fail the test, as it would fail the page when the database is down."""
    response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Er ging bij ons iets fout" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{"language": "x" * 3_000_000}, {"ticked": ["1"] * 501}])
def test_far_too_much_in_one_form_is_told_as_such(client, sent):
    response = client.post("/taal/", sent)

    page = response.content.decode()
    assert response.status_code == 413
    assert "Dat is te veel in één keer" in page
    assert "Er is niets bewaard" in page
