"""Does a mechanism keep its promise? Audits and attacks that any mechanism can be put to, ours and others.

`canary_audit` bounds epsilon from below with one more child; `label_audit` looks for a category that only one child holds; `Peer` asks a
mechanism of another environment (see `adapter`); `attacks` are what an outsider would try.
"""

from __future__ import annotations

from havre.disclosure.audit.bounds import Rates, epsilon_bound, mu_bound
from havre.disclosure.audit.canary import CanaryAudit, Declared, canary_audit
from havre.disclosure.audit.labels import LabelAudit, label_audit
from havre.disclosure.audit.mechanism import Cells, Mechanism, People, Person, Release, combination, counted, releasing
from havre.disclosure.audit.ours import declared, measured, synthesized
from havre.disclosure.audit.peer import Peer, PeerFailed
from havre.disclosure.audit.report import Report

__all__ = ["CanaryAudit", "Cells", "Declared", "LabelAudit", "Mechanism", "Peer", "PeerFailed", "People", "Person", "Rates", "Release", "Report",
           "canary_audit", "combination", "counted", "declared", "epsilon_bound", "label_audit", "measured", "mu_bound", "releasing", "synthesized"]
