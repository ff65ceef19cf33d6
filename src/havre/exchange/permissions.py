"""Who may bring people in from a file, and who may take them out?"""

from typing import Final

from havre.access.decide import permission

IMPORT: Final = permission("exchange.import", caseworker="", supervisor="", tracing_officer="")
IMPORT_OWN: Final = permission("exchange.work_on_import", caseworker="assigned opened", supervisor="assigned opened team",
                               tracing_officer="assigned opened")
UNDO: Final = permission("exchange.undo_import", caseworker="assigned", supervisor="assigned team", tracing_officer="assigned")
EXPORT: Final = permission("exchange.export", caseworker="", supervisor="", tracing_officer="", manager="")
FETCH: Final = permission("exchange.fetch_export", caseworker="assigned", supervisor="assigned", tracing_officer="assigned",
                          manager="assigned")
