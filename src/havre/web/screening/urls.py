"""Addresses of first contact. A code in an address is the receipt; it tells nothing of the child."""

from django.urls import path

from havre.web.screening import views

app_name = "screening"
urlpatterns = [
    path("first-contact/", views.start, name="start"),
    path("first-contact/receipt/", views.receipt, name="receipt"),
    path("intake/", views.waiting, name="waiting"),
    path("intake/<str:code>/", views.intake, name="intake"),
    path("intake/<str:code>/acknowledge/", views.acknowledge, name="acknowledge"),
]
