"""Addresses of releases, of the analyst's room, of the ledger, and of the catalogue that everyone may read."""

from django.urls import path

from havre.web.releases import ledger, plans, public, release, room

app_name = "releases"
urlpatterns = [
    path("releases/", plans.overview, name="list"),
    path("releases/new/", plans.new, name="new"),
    path("releases/budget/", ledger.page, name="ledger"),
    path("releases/room/", room.page, name="room"),
    path("releases/room/<str:code>/", room.answer, name="answer"),
    path("releases/room/<str:code>/files/", room.files, name="answer_files"),
    path("releases/<str:code>/", release.page, name="release"),
    path("releases/<str:code>/change/", plans.rewrite, name="rewrite"),
    path("releases/<str:code>/<str:step>/step/", release.step, name="step"),
    path("releases/<str:code>/files/", release.files, name="files"),
    path("data/", public.catalogue, name="catalogue"),
    path("data/<str:code>/", public.page, name="public"),
    path("data/<str:code>/files/", public.files, name="public_files"),
]
