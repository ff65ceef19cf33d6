"""Pages of signing in, unlocking, one's own sessions and the second step."""

from urllib.parse import parse_qsl

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.access import signin
from havre.core.problems import Problem, SignInFailed
from havre.web.account.permissions import OWN
from havre.web.screen import open_to_all, screen
from havre.web.shell import nav, said


class SignInForm(forms.Form):
    """Name, password and, for those who have one, the code of the second step."""

    username = forms.CharField(label=_("Your sign-in name"), max_length=80,
                               widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "ltr"}))
    password = forms.CharField(label=_("Password"), max_length=200, strip=False,
                               widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    code = forms.CharField(label=_("Code from your phone, if you use one"), required=False, max_length=8,
                           widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}))


def first_page(role: str) -> str:
    """Where a role starts."""
    links = nav.places(role, "")
    return links[0].address if links else nav.address_of("account:sessions")


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. The name that was typed is kept when it does not open; the password is not."""
    person = getattr(request, "person", None)
    if person is not None and not getattr(request, "locked", False):
        return redirect(first_page(person.role))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            user = signin.sign_in(request, form.cleaned_data["username"], form.cleaned_data["password"], form.cleaned_data["code"])
            return signin.set_vault_cookie(request, redirect(first_page(user.role)))
        except Problem as problem:
            form.add_error(None, gettext(problem.sentence))
            status = problem.status
    return render(request, "account/sign_in.html", {"form": form}, status=status)


@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    if request.method == "POST":
        signin.end(request)
    response = redirect("account:sign_in")
    response.delete_cookie(signin.VAULT_COOKIE)
    return response


@open_to_all
def locked(request: HttpRequest) -> HttpResponse:
    """Ask for the password again after a pause; what was being sent is offered again."""
    person = getattr(request, "person", None)
    if person is None or not getattr(request, "locked", False):
        return redirect("account:sign_in")
    error = ""
    if request.method == "POST":
        try:
            signin.unlock(request, person, request.POST.get("password", ""))
            unsent = signin.take_unsent(request, request.vault())  # type: ignore[attr-defined]
            if unsent:
                fields = [(k, v) for k, v in parse_qsl(unsent[1], keep_blank_values=True) if k != "csrfmiddlewaretoken"]
                return render(request, "account/unsent.html", {"address": unsent[0], "fields": fields})
            return redirect(first_page(person.role))
        except Problem as problem:
            error = gettext(problem.sentence if not isinstance(problem, SignInFailed) else "The password is not right.")
    return render(request, "account/locked.html", {"error": error}, status=401 if error else 200)


@screen(OWN)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and ending any of it."""
    person = request.person  # type: ignore[attr-defined]
    if request.method == "POST":
        signin.end_other(person, request.POST.get("session", ""))
        said.say(request, gettext("That session is ended."))
        return redirect("account:sessions")
    rows = person.sign_ins.filter(ended_at__isnull=True).order_by("-seen_at")
    return render(request, "account/sessions.html", {"sessions": rows, "here": request.session.get("sign_in"),
                                                     "second_step": person.totp_secret is not None})


@screen(OWN)
def second_step(request: HttpRequest) -> HttpResponse:
    """Turn on the code from one's phone: show the secret, ask for a code made from it."""
    person = request.person  # type: ignore[attr-defined]
    secret = request.session.get("second_step") or signin.new_second_step(person)
    request.session["second_step"] = secret
    error = ""
    if request.method == "POST":
        if signin.confirm_second_step(person, secret, request.POST.get("code", ""), timezone.now()):
            request.session.pop("second_step", None)
            said.say(request, gettext("The second step is on."))
            return redirect("account:sessions")
        error = gettext("That code is not right. Wait for the next one and try again.")
    return render(request, "account/second_step.html", {"secret": secret, "error": error}, status=422 if error else 200)
