"""Every way to read cases, gathered in one place. Each starts from what the actor may know."""

from havre.cases.queries.history import TimelineEntry, timeline
from havre.cases.queries.listing import CaseFilter, CaseList, CaseRow, Place, cases_visible_to
from havre.cases.queries.page import CasePage, case_by_code, case_page
from havre.cases.queries.panel import safeguards
from havre.cases.queries.people import Named, names_of_files
from havre.cases.queries.today import TaskRow, Today, Waiting, tasks_today

__all__ = ["CaseFilter", "CaseList", "CasePage", "CaseRow", "Named", "Place", "TaskRow", "TimelineEntry", "Today", "Waiting",
           "case_by_code", "case_page", "cases_visible_to", "names_of_files", "safeguards", "tasks_today", "timeline"]
