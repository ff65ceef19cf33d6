"""The addresses of cases. A file is named by its code, never by a name."""

from django.urls import path

from havre.web.cases.views import assess, ends, pages, people, plans, sealed, work

app_name = "cases"

urlpatterns = [
    path("case/", pages.children, name="list"),
    path("case/<str:code>/", pages.child, name="case"),
    path("case/<str:code>/history/", pages.history, name="history"),
    path("case/<str:code>/views/", work.views, name="views"),
    path("case/<str:code>/views/<uuid:about>/", work.view, name="view"),
    path("case/<str:code>/assessment/", assess.assess, name="assess"),
    path("case/<str:code>/risk/", assess.review, name="review"),
    path("case/<str:code>/plan/", plans.plan, name="plan"),
    path("case/<str:code>/plan/turning-18/", plans.plan_transition, name="plan_transition"),
    path("case/<str:code>/approval/", plans.approve, name="approve"),
    path("case/<str:code>/visit/", work.follow_up, name="follow_up"),
    path("case/<str:code>/task/<uuid:task>/", work.task, name="task"),
    path("case/<str:code>/pause/", work.hold, name="hold"),
    path("case/<str:code>/settle/<str:field>/", work.settle, name="settle"),
    path("case/<str:code>/closing/", ends.close, name="close"),
    path("case/<str:code>/reopen/", ends.reopen, name="reopen"),
    path("case/<str:code>/people/", people.workers, name="people"),
    path("case/<str:code>/sealed/", sealed.write, name="note_new"),
    path("case/<str:code>/sealed/<uuid:note>/", sealed.read, name="note"),
]
