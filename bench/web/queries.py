"""Does a relative's question find the child among all persons, and how long does it take inside the application?"""

import time
from typing import Any

from havre.demo.bulk import SIGN_IN
from havre.demo.loading.many import description_values, person_id
from havre.demo.world import BulkQuery

ROLES = ("child", "sought_child")


def ask(queries: list[BulkQuery], warm: int = 10) -> dict[str, Any]:
    """Times in milliseconds (database and decryption included) and at which place the true child stood."""
    from havre.access.models import User
    from havre.access.queries import actor_of
    from havre.infra.acting import acting
    from havre.registration.index import description_of, search
    actor = actor_of(User.objects.select_related("agency").get(username=SIGN_IN["tracing_officer"]))
    times, places = [], []
    for number, query in enumerate([*queries[:warm], *queries]):
        values, kin = description_values(query)
        with acting(actor):
            began = time.perf_counter()
            found = search(actor, description_of(values, kin), roles=ROLES, limit=10)
            spent = 1000 * (time.perf_counter() - began)
        if number < warm:
            continue
        times.append(spent)
        ids = [f.person_id for f in found]
        target = person_id(query.target)
        places.append(ids.index(target) + 1 if target in ids else 0)
    return {"times": times, "recall_at_1": sum(p == 1 for p in places) / len(places), "recall_at_10": sum(p > 0 for p in places) / len(places)}


def codes_of_worker(limit: int) -> list[str]:
    """Codes of open cases of the bench's caseworker."""
    from havre.access.models import User
    from havre.access.queries import actor_of
    from havre.cases.models import Case
    from havre.infra.acting import acting
    user = User.objects.select_related("agency").get(username=SIGN_IN["caseworker"])
    with acting(actor_of(user)):
        rows = Case.objects.filter(owner_id=user.pk, status="open").order_by("registered_at", "id")
        return list(rows.values_list("file__code", flat=True)[:limit])
