"""The addresses of numbers. A number is named by its code, a file by its kind."""

from django.urls import path

from havre.web.numbers import files, views

app_name = "numbers"

urlpatterns = [
    path("numbers/", views.board, name="list"),
    path("numbers/file.<str:kind>", files.board, name="board_file"),
    path("numbers/meanings/", views.meanings, name="meanings"),
    path("numbers/<slug:code>/", views.one, name="one"),
    path("numbers/<slug:code>/file.<str:kind>", files.one, name="file"),
]
