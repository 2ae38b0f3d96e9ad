"""What every page knows about the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from config.house import house_style


def installation(request: HttpRequest) -> dict[str, object]:
    """Name, logo, colour, mode and language of this installation for base.html."""
    return {
        "organisation": settings.ORGANISATION_NAME,
        "organisation_logo": settings.ORGANISATION_LOGO,
        "programme_email": settings.PROGRAMME_EMAIL,
        "house_style": house_style(),
        "is_demo": settings.DEMO,
        "provider_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "LANGUAGE_CODE": get_language(),
    }
