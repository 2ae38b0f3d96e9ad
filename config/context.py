"""What every page knows about the installation."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:
    """Name, logo and mode of this installation for base.html."""
    return {
        "organisation": settings.ORGANISATION_NAME,
        "organisation_logo": settings.ORGANISATION_LOGO,
        "programme_email": settings.PROGRAMME_EMAIL,
        "is_demo": settings.DEMO,
    }
