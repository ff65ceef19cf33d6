"""Who may search, register, and change what is known of a person and a family?"""

from typing import Final

from havre.access.decide import permission

SEARCH: Final = permission("registration.search", caseworker="", supervisor="", tracing_officer="")
FIND: Final = permission("registration.find", caseworker="", supervisor="", tracing_officer="", manager="", focal_point="")
REGISTER: Final = permission("registration.register", caseworker="", supervisor="")
DRAFT: Final = permission("registration.draft", caseworker="opened assigned", supervisor="opened assigned")
READ: Final = permission("registration.read", caseworker="assigned shared opened", supervisor="team assigned shared opened",
                         tracing_officer="assigned shared opened", manager="agency", panel_member="panel")
WRITE: Final = permission("registration.write", caseworker="assigned opened", supervisor="team assigned opened",
                          tracing_officer="assigned opened")
CONSENT: Final = permission("registration.consent", caseworker="assigned opened", supervisor="team assigned opened",
                            tracing_officer="assigned opened")
PHOTO: Final = permission("registration.photo", caseworker="assigned opened", supervisor="team assigned opened")
CONTACT: Final = permission("registration.contact", caseworker="", supervisor="", tracing_officer="")
TELL: Final = permission("registration.tell", system="")
