"""The address that a calendar asks. It ends in a file name, since some programs look at that."""

from django.urls import path

from assessment.calendar import views

app_name = "calendar"
urlpatterns = [path("kalender/<str:token>/sessies.ics", views.feed, name="feed")]
