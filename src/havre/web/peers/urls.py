"""Addresses of private questions between instances: codes and ids, never a name."""

from django.urls import path

from havre.web.peers import views

app_name = "peers"
urlpatterns = [
    path("instances/", views.counts, name="counts"),
    path("instances/request/<str:code>/", views.ask, name="ask"),
    path("instances/request/<str:code>/<uuid:question>/again/", views.again, name="again"),
]
