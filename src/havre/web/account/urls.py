"""Addresses of signing in."""

from django.urls import path

from havre.web.account import views

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("locked/", views.locked, name="locked"),
    path("account/sessions/", views.sessions, name="sessions"),
    path("account/second-step/", views.second_step, name="second_step"),
]
