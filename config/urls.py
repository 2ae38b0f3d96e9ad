"""Every address of the site; what people see is Dutch."""

from django.urls import include, path

from config import errors, house, pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("cookies/", pages.cookies, name="cookies"),
    path("hulp/", pages.help_page, name="help"),
    path("taal/", pages.set_language, name="set_language"),
    path("huisstijl.css", house.serve, name="house_style"),
    path("-/health", pages.health, name="health"),
    path("", include("assessment.filling.urls")),
    path("", include("assessment.coaching.urls")),
    path("", include("assessment.calendar.urls")),
    path("beheer/vragenlijsten/<int:version>/voorbeeld/", include("assessment.filling.preview_urls")),
    path("", include("reports.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler429 = errors.too_many_requests
handler500 = errors.server_error
