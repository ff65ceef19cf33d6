"""Do the migrations make the tables that the models describe?"""

import pytest
from django.conf import settings
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    if settings.MIGRATION_MODULES:
        pytest.skip("tables are made straight from the models in this run")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
