"""The addresses of family tracing: codes of files, never a name."""

from django.urls import path

from havre.web.tracing.views import adults, alerts, candidates, children, lists, matcher, matches, panel, requests, reunions

app_name = "tracing"

_REQUEST = "tracing/request/<str:code>/"
_CHILD = "tracing/child/<str:code>/"
_MATCH = "tracing/match/<str:code>/"

urlpatterns = [
    path("tracing/", lists.overview, name="list"),
    path("tracing/go/<str:code>/", lists.go, name="go"),
    path("tracing/request/new/", requests.new, name="new"),
    path(_REQUEST, requests.request_page, name="request"),
    path(f"{_REQUEST}change/", requests.change, name="change"),
    path("tracing/request/<str:request_code>/change/", requests.change, name="change_of"),
    path(f"{_REQUEST}action/", requests.act, name="request_action"),
    path(f"{_REQUEST}end/", requests.end, name="request_end"),
    path(f"{_REQUEST}again/", requests.again, name="request_again"),
    path(f"{_REQUEST}search/", requests.search, name="request_search"),
    path(_CHILD, children.child_page, name="child"),
    path(f"{_CHILD}wishes/", children.wishes, name="wishes"),
    path("tracing/child/<str:case_code>/wishes/", children.wishes, name="wishes_of"),
    path("tracing/child/<str:case_code>/consent/", children.consent, name="consent_of"),
    path(f"{_CHILD}exception/", children.exception, name="exception"),
    path(f"{_CHILD}open/", children.start, name="open"),
    path(f"{_CHILD}action/", children.act, name="child_action"),
    path(f"{_CHILD}end/", children.end, name="child_end"),
    path(f"{_CHILD}search/", children.search, name="child_search"),
    path(f"{_CHILD}publish/", children.publish, name="publish"),
    path("tracing/publication/<uuid:publication>/", children.publication, name="publication"),
    path("tracing/candidate/<uuid:candidate>/", candidates.review, name="candidate"),
    path(_MATCH, matches.match_page, name="match"),
    path(f"{_MATCH}interview/child/", matches.interview, {"side": "child"}, name="interview_child"),
    path(f"{_MATCH}interview/adult/", matches.interview, {"side": "adult"}, name="interview_adult"),
    path(f"{_MATCH}facts/", matches.compare, name="facts"),
    path(f"{_MATCH}verify/", matches.verify, name="verify"),
    path(f"{_MATCH}reject/", matches.reject, name="reject"),
    path(f"{_MATCH}household/", adults.household, name="household"),
    path(f"{_MATCH}clearance/", adults.clearance, name="clearance"),
    path(f"{_MATCH}border/", adults.border, name="border"),
    path(f"{_MATCH}alert/", adults.alert, name="alert"),
    path(f"{_MATCH}panel/", adults.ask, name="ask"),
    path(f"{_MATCH}told/", adults.told, name="told"),
    path(f"{_MATCH}decision/", panel.decision, name="decision"),
    path("tracing/panel/", panel.waiting, name="panel"),
    path(f"{_MATCH}plan/", reunions.plan, name="plan"),
    path(f"{_MATCH}approve/", reunions.approve, name="approve"),
    path(f"{_MATCH}cancel/", reunions.cancel, name="cancel"),
    path(f"{_MATCH}sign/", reunions.sign, name="sign"),
    path(f"{_MATCH}visit/", reunions.visit, name="visit"),
    path(f"{_MATCH}breakdown/", reunions.breakdown, name="breakdown"),
    path("tracing/matcher/", matcher.overview, name="matcher"),
    path("tracing/matcher/propose/", matcher.propose, name="matcher_propose"),
    path("tracing/matcher/<uuid:model>/decide/", matcher.decide, name="matcher_decide"),
    path("tracing/matcher/use/<str:model>/", matcher.use, name="matcher_use"),
    path("tracing/alerts/", alerts.overview, name="alerts"),
    path("tracing/alerts/new/", alerts.new, name="alert_new"),
    path("tracing/alerts/<uuid:entry>/end/", alerts.end, name="alert_end"),
]
