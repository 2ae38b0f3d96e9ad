"""Addresses of what is told: page and PDF of the same report, and the own result."""

from django.urls import path

from reports import views
from reports.receipt import receipt

app_name = "reports"
urlpatterns = [
    path("resultaat/<str:token>/", receipt, name="receipt"),
    path("fora/<slug:forum>/rondes/<int:round>/resultaat/", views.result, name="result"),
    path("fora/<slug:forum>/rondes/<int:round>/rapport.pdf", views.pdf, name="forum_pdf"),
]
