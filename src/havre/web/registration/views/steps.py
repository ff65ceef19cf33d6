"""The steps of a registration: search, immediate needs, child, photo, family, agreement, check.

Each press keeps what was typed in the draft before anything is judged; leaving and coming back loses nothing.
"""

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.cases.opening import judge, open_case
from havre.core import ids
from havre.core.actor import Actor
from havre.core.problems import GateRefused, InputRefused, Problem
from havre.core.words import N_
from havre.infra import sealing
from havre.registration import actions, permissions, queries, rules
from havre.registration.drafts import STEPS, RegistrationDraft
from havre.registration.photos import bytes_of, redrawn
from havre.web.parts.forms import HavreForm
from havre.web.parts.tags.figures import odds_words
from havre.web.registration import keeping, reading, showing
from havre.web.registration.forms import ChildForm, ConcludeForm, ConsentForm, MemberForm, NeedsForm, PhotoForm, RegisterForm, SearchForm
from havre.web.screen import intent, screen
from havre.web.shell import said

CHAIN: Final = (("search", N_("Search")), ("needs", N_("Needs now")), ("child", N_("Child")), ("photo", N_("Photo")),
                ("members", N_("Family")), ("agreement", N_("Agreement")), ("check", N_("Check")))
_STEP_OF: Final = {"search": "search", "needs": "needs", "child": "child", "photo": "photo", "members": "family", "agreement": "consent"}


@screen(permissions.REGISTER)
def start(request: HttpRequest) -> HttpResponse:
    """Registrations under way, and a new one. A first contact that referred the child comes along by its code."""
    actor = actor_of(request)
    code = ids.check_code(request.POST.get("screening") or request.GET.get("screening") or "") or ""
    if request.method == "POST":
        screening = _screening(actor, code)
        draft = actions.start_registration(intent(request, uuid4()), screening=screening)
        return _go("registration:search", draft.file.code)
    drafts = [{"code": d.file.code, "at": d.updated_at} for d in queries.drafts_of(actor)]
    return render(request, "registration/start.html", {"drafts": drafts, "screening": code, "form": RegisterForm()})


def _screening(actor: Actor, code: str) -> Any:
    if not code:
        return None
    from havre.identification.queries import find
    return find(actor, code).pk


@screen(permissions.REGISTER)
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Look for an earlier record, and say of each hit what it is."""
    actor, draft = actor_of(request), queries.draft_of(actor_of(request), code)
    kept = steps_of(draft, "search")["search"]
    status, form, conclude = 200, None, None
    review = queries.review_of(actor, draft.file_id)
    if request.method == "POST" and "conclude" in request.POST and review is not None:
        return _conclude(request, draft, review)
    if request.method == "POST":
        stored = _keep(request, draft, "search")
        if "add" in request.POST or "later" in request.POST:
            return _after_keeping(request, draft, "search", stored)
        form = keeping.checked(SearchForm, stored)
        names = keeping.checked_rows(stored)
        if form.is_valid() and names.is_valid():
            try:
                asked = reading.search(form, names.names(), timezone.localdate())
                actions.search_before_create(intent(request, uuid4()), asked=asked, draft=draft.pk)
                return _go("registration:search", draft.file.code, "#hits")
            except Problem as problem:
                form.refuse(problem)
        status, kept = 422, {"typed": stored}
    hits = queries.hits_of(actor, review) if review is not None else []
    if review is not None and not review.reviewed_at:
        conclude = ConcludeForm(hits={h.ref: h.answer for h in hits}, initial={f"hit_{h.ref}": h.conclusion for h in hits}, seen=review.heads)
    typed = (kept or {}).get("typed")
    return _page(request, draft, "search", form or keeping.drawn(SearchForm, typed), status, names=keeping.rows(typed), review=review,
                 hits=hit_rows(hits, conclude), conclude=conclude)


# A chance inside each step of the scale of words.
_WITHIN: Final = {"very_unlikely": 0.02, "unlikely": 0.1, "open": 0.4, "likely": 0.8, "very_likely": 0.95, "almost_certain": 0.99}


def hit_rows(hits: Sequence[queries.HitShown], form: ConcludeForm | None) -> list[dict[str, Any]]:
    """The hits in their lists: this child, this family, look-alikes, and what other agencies may know."""
    order = ["match", "family", "lookalike", "unrelated", ""]
    return [hit_row(hit, form) for hit in sorted(hits, key=lambda h: (h.answer == "contact", order.index(h.kind)))]


def _list_of(hit: queries.HitShown) -> str:
    if hit.answer == "contact":
        return _("Other agencies")
    return {"match": _("May be this child"), "family": _("May be of this family"), "": _("May be this child")}.get(hit.kind, _("Look-alikes"))


def hit_row(hit: queries.HitShown, form: ConcludeForm | None) -> dict[str, Any]:
    """One hit as its list shows it, with the question about it."""
    name = f"hit_{hit.ref}"
    likely = odds_words(_WITHIN[hit.words]) if hit.words in _WITHIN else ""
    return {"hit": hit, "list": _list_of(hit), "likely": likely, "names": showing.names_of(hit.shown), "age": showing.age_words(hit.shown),
            "place": showing.place_words(hit.shown.values.get("origin")) if hit.shown else "",
            "question": form[name] if form is not None and name in form.fields else None,
            "said": {"same": _("The same child"), "different": _("Another child"), "unsure": _("Not sure"),
                     "asked": _("The focal point is asked")}.get(hit.conclusion, "")}


def _conclude(request: HttpRequest, draft: RegistrationDraft, review: Any) -> HttpResponse:
    hits = {h["ref"]: h["answer"] for h in review.hits}
    form = ConcludeForm(request.POST, hits=hits)
    if form.is_valid():
        chosen = form.chosen()
        for ref in [r for r, c in chosen.items() if c == "asked"]:
            actions.request_focal_point(intent(request, uuid4()), review=review.pk, ref=ref)
            chosen.pop(ref)
        if chosen:
            actions.conclude_search(intent(request, uuid4()), review=review.pk, conclusions=chosen)
        fresh = queries.review_of(actor_of(request), draft.file_id)
        if fresh is not None and fresh.reviewed_at:
            same = next((h for h in fresh.hits if h["conclusion"] == "same"), None)
            return _go("registration:search" if same else "registration:needs", draft.file.code, "#hits" if same else "")
        said.say(request, _("Kept. Some records still wait for your answer."))
    return _go("registration:search", draft.file.code, "#hits")


@screen(permissions.REGISTER)
def needs(request: HttpRequest, code: str) -> HttpResponse:
    """Immediate needs, before the long form."""
    return _simple(request, code, "needs", NeedsForm, "registration:child")


@screen(permissions.REGISTER)
def child(request: HttpRequest, code: str) -> HttpResponse:
    """Who the child is. What the search held is there already."""
    draft = queries.draft_of(actor_of(request), code)
    kept = steps_of(draft, "child", "search")
    typed = (kept["child"] or {}).get("typed") or _from_search((kept["search"] or {}).get("typed"))
    status, form = 200, None
    if request.method == "POST":
        typed = _keep(request, draft, "child")
        if "add" in request.POST or "later" in request.POST:
            return _after_keeping(request, draft, "child", typed)
        form = keeping.checked(ChildForm, typed)
        names = keeping.checked_rows(typed)
        if not names.names() and not form.cleaned_data.get("features"):
            form.add_error(None, _("Write at least one name, or how the child can be recognised."))
        if form.is_valid() and names.is_valid():
            try:
                reading.child(form, names.names(), timezone.localdate()).values()
                return _go("registration:photo", draft.file.code)
            except InputRefused as problem:
                form.refuse(problem)
        status = 422
    return _page(request, draft, "child", form or keeping.drawn(ChildForm, typed), status, names=keeping.rows(typed))


def _from_search(typed: dict[str, list[str]] | None) -> dict[str, list[str]] | None:
    """What the search asked already is not asked twice; parents' names become names of the child."""
    if not typed:
        return None
    out = {name: values for name, values in typed.items() if name not in {"code", "father", "mother", "siblings"}}
    count = int((typed.get("names-TOTAL_FORMS") or ["0"])[0] or 0)
    for kind in ("father", "mother"):
        value = (typed.get(kind) or [""])[0]
        if value:
            out[f"names-{count}-value"], out[f"names-{count}-kind"] = [value], [kind]
            count += 1
    out["names-TOTAL_FORMS"] = [str(min(count + 1, 20))]
    out.setdefault("names-INITIAL_FORMS", ["0"])
    return out


@screen(permissions.REGISTER)
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """A photo, drawn anew at once: what the camera wrote into it is gone before anything is kept."""
    draft = queries.draft_of(actor_of(request), code)
    form, status = PhotoForm(), 200
    if request.method == "POST":
        if "remove" in request.POST:
            actions.save_draft(intent(request, uuid4()), draft=draft.pk, photo=None)
            return _go("registration:photo", draft.file.code)
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                picture = redrawn(form.cleaned_data["photo"].read())
                kept = {"image": picture.text, "width": picture.width, "height": picture.height}
                actions.save_draft(intent(request, uuid4()), draft=draft.pk, photo=kept)
                return _go("registration:photo", draft.file.code)
            except InputRefused as problem:
                form.refuse(problem)
        status = 422
    return _page(request, draft, "photo", form, status, has_photo=draft.photo is not None)


@screen(permissions.REGISTER)
def draft_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The picture of a draft."""
    draft = queries.draft_of(actor_of(request), code)
    kept = steps_of(draft, "photo")["photo"]
    if not kept:
        return HttpResponse(status=404)
    return image(bytes_of(kept["image"]))


@screen(permissions.REGISTER)
def family(request: HttpRequest, code: str) -> HttpResponse:
    """The people the child named, one after another."""
    draft = queries.draft_of(actor_of(request), code)
    kept = steps_of(draft, "family", "child")
    rows = list(kept["family"] or [])
    form, names, status = MemberForm(), keeping.rows(None), 200
    if request.method == "POST" and "remove" in request.POST:
        rows = [row for row in rows if row["id"] != request.POST["remove"]]
        actions.save_draft(intent(request, uuid4()), draft=draft.pk, family=rows)
        return _go("registration:members", draft.file.code)
    if request.method == "POST":
        typed = keeping.typed(request.POST)
        form, names = keeping.checked(MemberForm, typed), keeping.checked_rows(typed)
        if form.is_valid() and names.is_valid():
            rows.append({"id": str(uuid4()), "typed": typed})
            actions.save_draft(intent(request, uuid4()), draft=draft.pk, family=rows)
            said.say(request, _("Added to the family."))
            return _go("registration:members", draft.file.code)
        status = 422
    today = timezone.localdate()
    ages = reading.ages_in(kept, today)
    return _page(request, draft, "members", form, status, names=names, members=[_member(row, today) for row in rows], ages=ages)


def _member(row: dict[str, Any], today: Any) -> dict[str, Any]:
    read = reading.member(row, today)
    names = [{"text": n["value"], "lang": ""} for n in read.person.names] if read else []
    return {"id": row["id"], "names": names, "relation": showing.label("relationship_type", read.relation) if read else ""}


@screen(permissions.REGISTER)
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """What the child and those responsible say to each use."""
    draft = queries.draft_of(actor_of(request), code)
    needed, ages = _needed(draft, actor_of(request))
    return _simple(request, code, "agreement", ConsentForm, "registration:check", options={"needed": needed},
                   needed=sorted(needed), ages=showing.range_words(ages), purposes=True)


@screen(permissions.REGISTER)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything at a glance with the safeguards; then register."""
    actor = actor_of(request)
    draft = queries.draft_of(actor, code)
    needed, ages = _needed(draft, actor)
    steps = steps_of(draft, *STEPS)
    told = reading.opening(steps, needed, timezone.localdate(), draft.screening)
    review = queries.review_of(actor, draft.file_id)
    form, status, refused = RegisterForm(request.POST or None), 200, None
    if request.method == "POST" and form.is_valid() and review is not None:
        try:
            open_case(intent(request, form.cleaned_data["rid"]), opening=told, review=review.pk, draft=draft.pk)
            said.say(request, _("The child is registered."))
            return redirect(reverse("cases:case", kwargs={"code": draft.file.code}))
        except GateRefused as problem:
            refused, status = problem.results, problem.status
        except Problem as problem:
            form.refuse(problem)
            status = problem.status
    results = refused or judge(actor, told, review, timezone.now())
    return _page(request, draft, "check", form, status, results=results, refused=refused, problem_results=refused,
                 shown_names=_names(told.child.names),
                 rows=_summary(told, ages), family=[(showing.label("relationship_type", k.relation), _names(k.person.names)) for k in told.family],
                 missing=_missing(steps, needed), has_photo=draft.photo is not None)


def _summary(told: Any, ages: Any) -> list[tuple[str, str]]:
    child = told.child
    return [(label, value) for label, value in (
        (_("How the name is read"), showing.reading_words(child.names)),
        (_("Girl or boy"), showing.label("sex", child.sex)), (_("Age"), showing.range_words(ages)),
        (_("How the age is known"), showing.label("age_method", child.age_method)), (_("Speaks"), showing.languages_words(child.languages)),
        (_("Comes from"), showing.place_words(child.origin)), (_("With"), showing.label("uasc_status", told.uasc_status)),
        (_("Immediate needs"), ", ".join(showing.label("immediate_need", n) for n in told.needs or ()) or _("none")
         if told.needs is not None else _("not asked"))) if value]


def _names(names: Any) -> list[dict[str, str]]:
    return [{"text": n["value"], "lang": ""} for n in names]


def _missing(steps: dict[str, Any], needed: frozenset[str]) -> list[tuple[str, str, list[str]]]:
    """What the forms still ask for, by step, with its page."""
    forms: list[tuple[str, str, HavreForm]] = [
        ("needs", "registration:needs", keeping.checked(NeedsForm, (steps["needs"] or {}).get("typed"))),
        ("child", "registration:child", keeping.checked(ChildForm, (steps["child"] or {}).get("typed"))),
        ("agreement", "registration:agreement", keeping.checked(ConsentForm, (steps["consent"] or {}).get("typed"), needed=needed))]
    words = dict(CHAIN)
    return [(_(words[step]), page, list(keeping.errors_of(form))) for step, page, form in forms if not form.is_valid()]


@screen(permissions.REGISTER)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a registration away, after asking once."""
    draft = queries.draft_of(actor_of(request), code)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.discard_draft(intent(request, form.cleaned_data["rid"]), draft=draft.pk)
        said.say(request, _("This registration was thrown away."))
        return redirect("registration:start")
    return render(request, "registration/discard.html", {"code": draft.file.code, "form": form})


def _simple(request: HttpRequest, code: str, page: str, form_class: type[HavreForm], onward: str, *, options: dict[str, Any] | None = None,
            **context: Any) -> HttpResponse:
    """A step of one form: keep, judge, go on."""
    draft = queries.draft_of(actor_of(request), code)
    step = _STEP_OF[page]
    status, form = 200, None
    typed = (steps_of(draft, step)[step] or {}).get("typed")
    if request.method == "POST":
        typed = _keep(request, draft, step)
        if "later" in request.POST:
            return _after_keeping(request, draft, page, typed)
        form = keeping.checked(form_class, typed, **(options or {}))
        if form.is_valid():
            return _go(onward, draft.file.code)
        status = 422
    drawn = form or keeping.drawn(form_class, typed, **(options or {}))
    if context.pop("purposes", False):
        context["purposes"] = list(drawn.purposes())  # type: ignore[attr-defined]
    return _page(request, draft, page, drawn, status, **context)


def _keep(request: HttpRequest, draft: RegistrationDraft, step: str) -> dict[str, list[str]]:
    """Keep what was typed, before it is judged."""
    typed = keeping.typed(request.POST)
    if "add" in request.POST:
        typed = keeping.one_more(typed)
    actions.save_draft(intent(request, uuid4()), draft=draft.pk, **cast(dict[str, Any], {step: {"typed": typed}}))
    return typed


def _after_keeping(request: HttpRequest, draft: RegistrationDraft, page: str, typed: dict[str, list[str]]) -> HttpResponse:
    """Another row on the same page, or away from it."""
    if "later" in request.POST:
        said.say(request, _("Kept. You can go on with this registration at any time."))
        return redirect("registration:start")
    return _go(f"registration:{page}", draft.file.code, "#names")


def _needed(draft: RegistrationDraft, actor: Actor) -> tuple[frozenset[str], Any]:
    ages = reading.ages_in(steps_of(draft, "child"), timezone.localdate())
    return rules.needs(ages, queries.country_policy(actor)), ages


def steps_of(draft: RegistrationDraft, *names: str) -> dict[str, Any]:
    """The kept steps of a draft."""
    return sealing.open_record(draft, *names)


def _page(request: HttpRequest, draft: RegistrationDraft, page: str, form: Any, status: int, **context: Any) -> HttpResponse:
    at = [name for name, _words in CHAIN].index(page)
    chain = [{"words": _(words), "page": f"registration:{name}", "state": "now" if n == at else "done" if _done(draft, name) else "ahead"}
             for n, (name, words) in enumerate(CHAIN)]
    return render(request, f"registration/{page}.html", {"draft": draft, "code": draft.file.code, "form": form, "chain": chain, **context},
                  status=status)


def _done(draft: RegistrationDraft, page: str) -> bool:
    return page in _STEP_OF and getattr(draft, _STEP_OF[page]) is not None


def _go(name: str, code: str, fragment: str = "") -> HttpResponse:
    response = redirect(reverse(name, kwargs={"code": code}) + fragment)
    response.status_code = 303
    return response


def image(content: bytes) -> HttpResponse:
    """A picture as an answer that nobody keeps."""
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    return response


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a guarded page."""
    return request.actor  # type: ignore[attr-defined,no-any-return]
