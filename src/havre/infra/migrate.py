"""How does the database come to its present shape? Migrations as the owner, then the wall, then the system's row."""

from collections.abc import Callable


def migrate(say: Callable[[str], None] = lambda _: None) -> None:
    """Apply migrations, install row-level security, and make the system's own actor. Safe to repeat."""
    from django.core.management import call_command
    from django.db import connections

    from havre.access.system import ensure_system
    from havre.infra import rls
    with connections["owner"].cursor() as cursor:
        cursor.execute("create sequence if not exists infra_edit_order")
    say("migrations")
    call_command("migrate", database="owner", interactive=False, verbosity=0, run_syncdb=True)
    say("row-level security")
    rls.install()
    ensure_system()


def up_to_date() -> bool:
    """Whether every migration is applied."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    executor = MigrationExecutor(connections["owner"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
