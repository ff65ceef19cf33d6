"""The tables of the plumbing, gathered where Django looks for them."""

from havre.infra.actions import ActionDone
from havre.infra.audit import AuditEntry
from havre.infra.keys import DataKey
from havre.infra.records import Edit, Record

__all__ = ["ActionDone", "AuditEntry", "DataKey", "Edit", "Record"]
