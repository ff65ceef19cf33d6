"""What would an outsider try? Each attack is judged on members against as many non-members (`gate`)."""

from __future__ import annotations

from havre.disclosure.audit.attacks.attribute import inferred
from havre.disclosure.audit.attacks.averaging import Averaged, averaged
from havre.disclosure.audit.attacks.differencing import came_between
from havre.disclosure.audit.attacks.gate import Comparison
from havre.disclosure.audit.attacks.linkage import joined
from havre.disclosure.audit.attacks.membership import by_rows, by_tables
from havre.disclosure.audit.attacks.reconstruction import rebuilt
from havre.disclosure.audit.attacks.singling import singled_out

__all__ = ["Averaged", "Comparison", "averaged", "by_rows", "by_tables", "came_between", "inferred", "joined", "rebuilt", "singled_out"]
