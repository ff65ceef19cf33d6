"""The application as a server sees it."""

import os

from django.core.wsgi import get_wsgi_application

from havre.linkage.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.config.settings")
application = get_wsgi_application()
warm()
