"""Addresses of the gallery of parts; it answers in practice only."""

from django.urls import path

from havre.web.parts import gallery

app_name = "parts"
urlpatterns = [path("parts/", gallery.show, name="gallery")]
