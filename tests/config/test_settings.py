"""What differs between a checkout to look at and an installation; each is tried in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
INSTALLATION = {
    "SECRET_KEY": "k" * 50,
    "BASE_URL": "https://regiospiegel.example",
    "ALLOWED_HOSTS": "regiospiegel.example",
}


def settings_with(environment: dict[str, str], *names: str) -> dict[str, object]:
    """The values of some settings in a process with this environment. Fails with what that process says."""
    values = f"{{name: getattr(settings, name) for name in {names}}}"
    script = f"import json; from config import settings; print(json.dumps({values}))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def test_checkout_without_settings_is_a_demo_on_this_machine():
    found = settings_with({}, "DEMO", "DEBUG", "ALLOWED_HOSTS", "BASE_URL")

    assert found == {
        "DEMO": True,
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "BASE_URL": "http://localhost:8000",
    }


def test_secret_key_makes_an_installation_with_safe_cookies_and_tls():
    names = (
        "DEMO",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
    )

    assert settings_with(INSTALLATION, *names) == dict.fromkeys(names, True) | {"DEMO": False}


@pytest.mark.parametrize(
    "environment, is_required",
    [
        ({}, False),
        (INSTALLATION, True),
        (INSTALLATION | {"MFA_REQUIRED": "off"}, False),
        ({"MFA_REQUIRED": "on"}, True),
    ],
)
def test_second_step_is_required_where_real_people_work_unless_set_otherwise(environment, is_required):
    assert settings_with(environment, "MFA_REQUIRED") == {"MFA_REQUIRED": is_required}


@pytest.mark.parametrize("missing", ["BASE_URL"])
def test_installation_does_not_start_without_what_it_needs(missing):
    environment = {name: value for name, value in INSTALLATION.items() if name != missing}

    with pytest.raises(RuntimeError, match=missing):
        settings_with(environment, "DEMO")


@pytest.mark.parametrize("colour", ["green", "#0b4", "0b4f9e", "#0b4f9g", "#0b4f9e;"])
def test_nothing_starts_with_a_colour_that_is_none(colour):
    with pytest.raises(RuntimeError, match="ORGANISATION_COLOUR"):
        settings_with({"ORGANISATION_COLOUR": colour}, "DEMO")


def test_nothing_starts_with_a_logo_that_is_not_there():
    with pytest.raises(RuntimeError, match="ORGANISATION_LOGO"):
        settings_with({"ORGANISATION_LOGO": "house/logo.svg"}, "DEMO")

    assert settings_with({"ORGANISATION_LOGO": "icon.svg"}, "ORGANISATION_LOGO") == {
        "ORGANISATION_LOGO": "icon.svg"
    }


def test_installation_on_sqlite_waits_for_the_disk():
    options = settings_with(INSTALLATION, "DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous = FULL" in options["init_command"]
    assert "secure_delete = ON" in options["init_command"]


@pytest.mark.parametrize("environment, erases", [({}, False), ({"ERASE_DELEGATION_LABELS": "on"}, True)])
def test_delegation_labels_are_kept_unless_told_otherwise(environment, erases):
    found = settings_with(INSTALLATION | environment, "ERASE_DELEGATION_LABELS")

    assert found == {"ERASE_DELEGATION_LABELS": erases}


def test_mail_server_is_one_address():
    address = "smtp+tls://naam:geheim%40x@mail.example:587"
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")

    found = settings_with(INSTALLATION | {"EMAIL_URL": address}, *names)

    assert list(found.values()) == ["mail.example", 587, "naam", "geheim@x", True]


def test_deployment_check_of_django_finds_nothing_to_mend():
    """HSTS for subdomains and preloading stay a decision of whoever owns the domain."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=INSTALLATION | {"SECRET_KEY": "".join(map(chr, range(40, 100)))},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {line.split(")")[0].split("(")[-1] for line in done.stderr.splitlines() if "(security.W" in line}

    assert found <= {"security.W005", "security.W021"}
    assert "ERROR" not in done.stderr
