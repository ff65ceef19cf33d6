"""Addresses of the shell. They carry no word that tells what Havre is for."""

from django.urls import path

from havre.web.shell import views

app_name = "shell"
urlpatterns = [
    path("leave", views.leave, name="leave"),
    path("clouds", views.neutral, name="neutral"),
    path("language", views.language, name="language"),
]
