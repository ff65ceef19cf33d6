"""Addresses of the exchange. A code is that of the import or export itself."""

from django.urls import path

from havre.web.exchange import exports, imports

app_name = "exchange"
urlpatterns = [
    path("exchange/", exports.overview, name="list"),
    path("exchange/import/", imports.upload, name="upload"),
    path("exchange/import/<str:code>/", imports.batch, name="import"),
    path("exchange/import/<str:code>/columns/", imports.columns, name="columns"),
    path("exchange/import/<str:code>/run/", imports.run, name="run"),
    path("exchange/import/<str:code>/undo/", imports.undo, name="undo"),
    path("exchange/import/<str:code>/discard/", imports.discard, name="discard"),
    path("exchange/import/<str:code>/report/", imports.report, name="report"),
    path("exchange/export/", exports.export, name="export"),
    path("exchange/export/<str:code>/file/", exports.fetch, name="fetch"),
]
