"""The address of Today."""

from django.urls import path

from havre.web.today import views

app_name = "today"

urlpatterns = [path("today/", views.today, name="today")]
