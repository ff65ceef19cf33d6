"""Which files are about one child? Those that people concluded to be the same count once, in the month of the first entry."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from havre.registration.models import DuplicateReview


def same_children(files: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """File -> the file that stands for the child: one for every group of files concluded to be the same child's."""
    known = set(files)
    parent: dict[UUID, UUID] = {}

    def top(file: UUID) -> UUID:
        while parent.get(file, file) != file:
            parent[file] = parent.get(parent[file], parent[file])
            file = parent[file]
        return file

    for own, other in _pairs():
        if own in known or other in known:
            one, two = sorted((top(own), top(other)))
            parent[two] = one
    return {file: top(file) for file in known}


def _pairs() -> Iterable[tuple[UUID, UUID]]:
    """The pairs of files that someone concluded to be the same child's."""
    reviews = DuplicateReview.objects.filter(hits__contains=[{"conclusion": "same"}]).values_list("file_id", "hits")
    for own, hits in reviews:
        for hit in hits:
            if hit.get("conclusion") == "same" and hit.get("file"):
                yield own, UUID(hit["file"])
