"""Which Django application holds the shell templates and their French."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The shell: base layout, leaving, language, problem pages."""

    name = "havre.web.shell"
    label = "shell"
    verbose_name = "Shell"
