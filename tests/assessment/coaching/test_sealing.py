"""What second steps are made of lies sealed in the database."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.db import connection

from assessment.coaching.sealing import opened, sealed
from tests.assessment.coaching.second_steps import code_of, make_app


def stored() -> str:
    """What somebody reads who has the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return str(cursor.fetchall())


@pytest.fixture
def no_other_key(settings):
    settings.SECRET_KEY_FALLBACKS = []


def test_the_table_holds_neither_the_key_of_an_app_nor_what_codes_are_made_of(coach, monkeypatch):
    monkeypatch.setattr(RecoveryCodes, "generate_seed", classmethod(lambda cls: "5eed" * 20))
    secret = make_app(coach)
    codes = RecoveryCodes.activate(coach)

    assert secret not in stored()
    assert "5eed" not in stored()
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(secret))
    assert codes.validate_code(codes.generate_codes()[0])


def test_with_another_key_no_code_fits_and_nothing_breaks(coach, settings, no_other_key):
    secret = make_app(coach)
    codes = RecoveryCodes.activate(coach)
    known = codes.generate_codes()

    settings.SECRET_KEY = "another key than before, of fifty characters or more"

    assert not TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(secret))
    assert not RecoveryCodes(codes.instance).validate_code(known[0])
    assert opened(sealed("x")) == "x"


def test_what_was_sealed_with_the_earlier_key_is_sealed_anew(coach, settings, no_other_key):
    secret = make_app(coach)
    codes = RecoveryCodes.activate(coach).generate_codes()
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, of fifty characters or more", [before]
    out = StringIO()

    call_command("seal_second_steps", stdout=out)
    settings.SECRET_KEY_FALLBACKS = []

    assert out.getvalue() == "sealed 2, not opened by any key 0\n"
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_of(secret))
    assert RecoveryCodes.activate(coach).generate_codes() == codes


def test_what_no_key_opens_is_counted_and_left(coach, settings, no_other_key):
    make_app(coach)
    before = stored()
    settings.SECRET_KEY = "another key, of fifty characters or more"
    out = StringIO()

    call_command("seal_second_steps", stdout=out)

    assert (out.getvalue(), stored()) == ("sealed 0, not opened by any key 1\n", before)
