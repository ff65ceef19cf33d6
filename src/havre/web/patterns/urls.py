"""Addresses of patterns, among those of numbers."""

from django.urls import path

from havre.web.patterns import context, views

app_name = "patterns"
urlpatterns = [
    path("numbers/patterns/", views.goes_with, name="list"),
    path("numbers/patterns/where/", views.where, name="where"),
    path("numbers/patterns/places/", context.page, name="context"),
    path("numbers/patterns/changes/", views.changes, name="changes"),
]
