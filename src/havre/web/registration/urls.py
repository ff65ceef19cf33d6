"""The addresses of registration. Find posts; a file is named by its code, a person by an opaque id."""

from django.urls import path

from havre.web.registration.views import consent, family, find, people, steps

app_name = "registration"

urlpatterns = [
    path("find/", find.find, name="find"),
    path("register/", steps.start, name="start"),
    path("register/<str:code>/search/", steps.search, name="search"),
    path("register/<str:code>/needs/", steps.needs, name="needs"),
    path("register/<str:code>/child/", steps.child, name="child"),
    path("register/<str:code>/photo/", steps.photo, name="photo"),
    path("register/<str:code>/photo/picture/", steps.draft_picture, name="draft_picture"),
    path("register/<str:code>/family/", steps.family, name="members"),
    path("register/<str:code>/consent/", steps.agreement, name="agreement"),
    path("register/<str:code>/check/", steps.check, name="check"),
    path("register/<str:code>/discard/", steps.discard, name="discard"),
    path("case/<str:code>/family/", family.family, name="family"),
    path("case/<str:code>/family/add/", family.add, name="add_member"),
    path("case/<str:code>/family/sibling/<uuid:proposal>/", family.sibling, name="sibling"),
    path("case/<str:code>/earlier/", family.earlier, name="earlier"),
    path("case/<str:code>/consent/", consent.consent, name="consent"),
    path("case/<str:code>/consent/<uuid:event>/withdraw/", consent.withdraw, name="withdraw"),
    path("case/<str:code>/person/<uuid:person>/", people.person, name="person"),
    path("case/<str:code>/values/", people.values, name="values"),
    path("case/<str:code>/photo/", people.photo, name="case_photo"),
    path("case/<str:code>/photo/<uuid:photo>/", people.picture, name="picture"),
]
