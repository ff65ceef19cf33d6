"""Every page of tracing as people use it: with a keyboard, without script, in two languages."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from havre.access.models import File
from havre.access.queries import scoped
from havre.infra.acting import acting
from havre.tracing import actions, matching
from havre.tracing.models import AlertEntry, Candidate, Match, Reunification, SecretFact, TracingRequest
from tests.integration.tracing.pairing import go_on, hear_both, judge, matched, mine, ready, verified, wanted_child

pytestmark = pytest.mark.django_db


class Browser:
    """Someone at a page: opens, fills in, presses."""

    def __init__(self, sign_in_as, people, who) -> None:
        self.client = sign_in_as(people.users[who])

    def open(self, name, *args, status=200, **headers):
        return self.at(reverse(name, args=args), status=status, **headers)

    def at(self, address, status=200, **headers):
        response = self.client.get(address, headers=headers)
        assert response.status_code == status, (address, response.status_code, text(response)[:600])
        return response

    def press(self, name, *args, status=303, **fields):
        address = reverse(name, args=args)
        page = self.client.get(address).content.decode()
        rid = re.search(r'name="rid" value="([^"]+)"', page)
        seen = re.search(r'name="seen" value="([^"]*)"', page)
        data = {"rid": rid.group(1) if rid else "", "seen": seen.group(1) if seen else "", **fields}
        response = self.client.post(address, data)
        assert response.status_code == status, (address, response.status_code, text(response)[:1500])
        return response


def text(response) -> str:
    found = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(found).split())


@pytest.fixture
def enter(sign_in_as, people):
    return lambda who: Browser(sign_in_as, people, who)


ROWS = {"inquirer-TOTAL_FORMS": "2", "inquirer-INITIAL_FORMS": "0", "sought-TOTAL_FORMS": "2", "sought-INITIAL_FORMS": "0"}
REQUEST = {
    **ROWS, "inquirer-0-value": "ليتبرهان كيداني", "inquirer-0-kind": "full", "inquirer-1-value": "Letebrhan Kidane", "inquirer-1-kind": "full",
    "sought-0-value": "سلام تسفاي", "sought-0-kind": "full", "sought-1-value": "Tesfai", "sought-1-kind": "father", "relation": "mother",
    "sex": "female", "age_0": "9", "languages": ["tir"], "origin_country": "ER", "origin_place": "Teseney, Gash-Barka", "phone": "+249 912 345 678",
    "kin_name_1": "Dawit", "kin_relation_1": "brother", "kin_age_1_0": "5", "consent_share": "yes", "consent_mode": "verbal_recorded",
    "message": "Tell her that her brother is well."}


def test_a_relatives_request_is_taken_in_arabic_and_finds_the_child(people, intent, enter) -> None:
    wanted_child(people, intent)
    officer = enter("tracing_officer")
    page = officer.open("tracing:new")
    assert "A relative looks for a child" in text(page)
    assert len(re.findall(r"<[a-z]", page.content.decode())) < 1200
    done = officer.press("tracing:new", **REQUEST)
    with acting(people.tracing_officer):
        request = TracingRequest.objects.get()
    assert done["Location"] == reverse("tracing:request", args=[request.file.code])
    page = text(officer.at(done["Location"]))
    assert "سلام تسفاي" in page and "Nobody yet" in page
    matching.run(request.sought_id, intent(people.tracing_officer).at)
    page = text(officer.at(done["Location"]))
    assert "Possible match" in page and "Kept by Agency A: contact the focal point" in page
    assert "ሰላም" not in page
    assert "سلام" in text(officer.open("tracing:list"))


def test_nothing_typed_is_lost_when_an_answer_is_missing_or_more_rows_are_wanted(people, enter) -> None:
    officer = enter("tracing_officer")
    refused = officer.press("tracing:new", status=422, **{**REQUEST, "relation": "", "consent_mode": ""})
    said = refused.content.decode()
    assert "ليتبرهان كيداني" in said and "Dawit" in said and "Tell her that her brother is well." in said and "Error:" in said
    more = officer.press("tracing:new", status=200, **{**REQUEST, "more": "sought"})
    said = more.content.decode()
    assert 'name="sought-3-value"' in said and "سلام تسفاي" in said and 'value="9"' in said and "Teseney, Gash-Barka" in said
    assert re.search(r'value="tir"[^>]*checked', said)
    with acting(people.tracing_officer):
        assert not TracingRequest.objects.exists()


def test_pressing_twice_makes_one_request(people, enter) -> None:
    officer = enter("tracing_officer")
    address = reverse("tracing:new")
    rid = re.search(r'name="rid" value="([^"]+)"', officer.client.get(address).content.decode()).group(1)
    first, second = (officer.client.post(address, {**REQUEST, "rid": rid}) for _ in range(2))
    assert first["Location"] == second["Location"]
    with acting(people.tracing_officer):
        assert TracingRequest.objects.count() == 1


def test_the_childs_wishes_open_the_search(people, intent, enter) -> None:
    case = wanted_child(people, intent, wish=None)
    code = case.file.code
    worker = enter("caseworker")
    assert "Nobody has asked her yet" in text(worker.open("tracing:child", code))
    refused = worker.press("tracing:open", code, status=409)
    assert "Nobody has asked the child" in text(refused) and reverse("tracing:wishes", args=[code]) in refused.content.decode()
    said = {"words": "እናቴን ማግኘት እፈልጋለሁ", "tracing": "yes", "reunification": "asap", "alone": "yes", "who_1": "Letebrhan", "relation_1": "mother"}
    assert "needs an answer" in text(worker.press("tracing:wishes", code, status=422, **{**said, "tracing": ""}))
    worker.press("tracing:wishes", code, **said)
    worker.press("tracing:open", code)
    page = text(worker.open("tracing:child", code))
    assert "እናቴን ማግኘት እፈልጋለሁ" in page and "Letebrhan" in page and "Family tracing" in page


def test_a_reviewer_sees_odds_evidence_for_and_against_and_decides_with_reasons(people, intent, enter) -> None:
    pair = matched(people, intent)
    officer = enter("tracing_officer")
    page = officer.open("tracing:candidate", pair.adult_side.pk)
    said, raw = text(page), page.content.decode()
    assert "Is this the same family?" in said and "in 100" in said and "about 1 in 12," in said and "focal@a.example" in said and "Dawit (5)" in said
    assert "Child’s name" in said and "The same name in another spelling or script" in said and "Known to the other side, not shown to you" in said
    assert raw.count('class="weigh"') >= 8 and 'role="img"' in raw
    assert not re.search(r'type="radio"[^>]*checked', raw)
    assert "ሰላም" not in raw and "Selam" not in raw
    assert "needs an answer" in text(officer.press("tracing:candidate", pair.adult_side.pk, status=422, decision="shortlist"))
    officer.press("tracing:candidate", pair.adult_side.pk, decision="shortlist", reasons="Names, brother, village.")
    assert "The other side was asked" in text(officer.open("tracing:candidate", pair.adult_side.pk))
    worker = enter("caseworker")
    opened = worker.press("tracing:candidate", pair.child_side.pk, decision="shortlist", reasons="Yes.")
    page = text(worker.at(opened["Location"]))
    assert "ليتبرهان" in page and "Two interviews" in page and "Neither the child nor the relative has been heard" in page


def test_rejecting_wants_what_does_not_fit(people, intent, enter) -> None:
    pair = matched(people, intent)
    worker = enter("caseworker")
    worker.press("tracing:candidate", pair.child_side.pk, status=422, decision="reject", reasons="Not her.")
    worker.press("tracing:candidate", pair.child_side.pk, decision="reject", reason="different_family", reasons="Her mother is dead.")
    assert mine(people.caseworker).status == "rejected"
    assert "Not this family" in text(worker.open("tracing:candidate", pair.child_side.pk))


@pytest.mark.parametrize("who", ["outsider", "colleague", "officer", "analyst"])
def test_an_outsider_who_guesses_an_address_finds_nothing(people, intent, enter, who) -> None:
    pair = matched(people, intent)
    match = go_on(people, intent, pair)
    with acting(people.caseworker):
        case_code = scoped(File, people.caseworker).get(pk=pair.case.file_id).code
    with acting(people.tracing_officer):
        request_code = scoped(File, people.tracing_officer).get(pk=pair.request.file_id).code
    someone = enter(who)
    guesses = [("tracing:request", request_code), ("tracing:child", case_code), ("tracing:candidate", pair.child_side.pk),
               ("tracing:match", match.file.code), ("tracing:interview_child", match.file.code), ("tracing:facts", match.file.code),
               ("tracing:sign", match.file.code), ("tracing:go", match.file.code)]
    pages = {text(someone.open(name, arg, status=404)) for name, arg in guesses}
    assert len(pages) == 1 and "There is nothing here that you can open" in pages.pop()


LANE = {"recognises": "yes", "wants": "yes", "interpreter": "no", "fact_animal": "A white goat", "fact_name_at_home": "Semiye",
        "fact_house": "A mango tree"}


def test_the_two_lanes_the_comparison_and_the_decision(people, intent, enter) -> None:
    match = go_on(people, intent, matched(people, intent))
    code = match.file.code
    worker = enter("caseworker")
    worker.open("tracing:interview_adult", code, status=404)
    worker.press("tracing:interview_child", code, **LANE, alone="yes", account="She spoke of the goat.")
    assert "A white goat" in text(worker.open("tracing:interview_child", code))
    boss = enter("supervisor")
    refused = boss.press("tracing:verify", code, status=409, recommendation="reunify", reasons="I am sure.")
    assert "The relative has not been heard" in text(refused) and "I am sure." in refused.content.decode()
    boss.open("tracing:interview_child", code, status=404)
    officer = enter("tracing_officer")
    page = officer.open("tracing:interview_adult", code)
    assert "Which animal was there" in text(page) and "goat" not in text(page) and "Which gift" not in text(page)
    officer.press("tracing:interview_adult", code, **{**LANE, "fact_animal": "a white  goat", "fact_house": "A well"}, identity_checked="document")
    page = text(officer.open("tracing:facts", code))
    assert "A mango tree" in page and "A well" in page and "Written the same" in page
    with acting(people.caseworker):
        facts = {f.key: f for f in scoped(SecretFact, people.caseworker)}
    judged = {f"fact_{facts['animal'].pk.hex}": "same", f"fact_{facts['name_at_home'].pk.hex}": "same", f"fact_{facts['house'].pk.hex}": "different"}
    officer.press("tracing:facts", code, **judged)
    boss = enter("supervisor")
    refused = boss.press("tracing:verify", code, status=409, recommendation="reunify", reasons="Nearly.")
    assert "1 secret answer differs" in text(refused)
    officer = enter("tracing_officer")
    officer.press("tracing:facts", code, **{**judged, f"fact_{facts['house'].pk.hex}": "unsure"})
    boss = enter("supervisor")
    boss.press("tracing:verify", code, recommendation="reunify", reasons="She remembers the tree, her mother the well: both are there.")
    assert "A family, verified from both sides" in text(boss.open("tracing:match", code))


def test_a_child_goes_home_through_the_pages(people, intent, enter) -> None:
    match = verified(people, intent)
    code, today = match.file.code, intent(people.caseworker).at.date()
    day = f"{today.day} {today.month} {today.year}"
    worker = enter("caseworker")
    plan = {"type": "agency_facilitated", "planned_on": day, "country": "SD", "place": "Kassala", "verified_adult": "yes", "custody_dispute": "yes",
            "plan": "By car.", "child_view": "She packed her bag."}
    worker.press("tracing:plan", code, status=422, **{**plan, "visits": "soon"})
    worker.press("tracing:plan", code, **plan)
    worker.press("tracing:clearance", code, state="granted", authority="Court", decided_on=day)
    worker.press("tracing:ask", code, panel_member=str(people.panel_member.id), question="Is it best?")
    assert "A hit" not in text(worker.open("tracing:alert", code))
    officer = enter("tracing_officer")
    officer.press("tracing:household", code, assessed_on=day, willing="yes", able="yes", safe="yes", summary="Two rooms.")
    boss = enter("supervisor")
    refused = boss.press("tracing:approve", code, status=409, reasons="Go.")
    assert "The panel has not decided yet" in text(refused) and "custody is disputed" in text(refused)
    panel = enter("panel_member")
    assert code in text(panel.open("tracing:panel")).replace(" ", "")
    assert "Is it best?" in text(panel.open("tracing:decision", code))
    panel.press("tracing:decision", code, status=422, outcome="reunify", reasons="Yes.")
    panel.press("tracing:decision", code, outcome="reunify", reasons="She wants it and it is safe.", no_conflict="on")
    panel.open("tracing:approve", code, status=404)
    boss = enter("supervisor")
    boss.press("tracing:approve", code, reasons="All in place.")
    worker = enter("caseworker")
    worker.press("tracing:told", code)
    worker.press("tracing:sign", code, signer="worker_handing_over")
    assert "You have signed already" in text(worker.press("tracing:sign", code, status=422, signer="second_worker"))
    officer = enter("tracing_officer")
    officer.press("tracing:sign", code, signer="second_worker")
    officer.press("tracing:sign", code, status=422, signer="receiver")
    officer.press("tracing:sign", code, signer="receiver", signed_as="Letebrhan Kidane", mode="thumbprint")
    with acting(people.caseworker):
        assert scoped(Reunification, people.caseworker).get().state == "handed_over"
    worker = enter("caseworker")
    worker.press("tracing:visit", code, visited_on=day, alone="yes", outcome="stable", notes="Well.", more_needed="yes", child_said="I sleep beside my mother.")
    page = text(worker.open("tracing:match", code))
    assert "I sleep beside my mother." in page and "Letebrhan Kidane" in page
    worker.press("tracing:breakdown", code, reasons="The uncle came back.")
    assert "Broken down" in text(worker.open("tracing:match", code))
    assert "The reunification broke down" in text(worker.open("tracing:child", _case_code(people)))


def _case_code(people) -> str:
    from havre.cases.models import Case
    with acting(people.caseworker):
        return scoped(Case, people.caseworker).get().file.code


def test_a_receiver_on_the_list_is_refused_on_the_page_with_where_to_look(people, intent, enter) -> None:
    match, plan = ready(people, intent)
    outside = enter("outside_supervisor")
    outside.press("tracing:alert_new", alert="alleged_perpetrator", names="Letebrhan Kidane\nلتبرهان كيداني", reasons="Two children told the same.")
    assert "Letebrhan Kidane" in text(outside.open("tracing:alerts"))
    boss = enter("supervisor")
    assert "Letebrhan" not in text(boss.open("tracing:alerts"))
    refused = boss.press("tracing:approve", match.file.code, status=409, reasons="Go.")
    assert "The alert list may concern this adult" in text(refused) and reverse("tracing:alert", args=[match.file.code]) in refused.content.decode()
    actions.check_alerts(intent(people.caseworker), match=match.pk)
    boss.press("tracing:alert", match.file.code, reasons="Another woman: she is twenty years older.")
    outside = enter("outside_supervisor")
    with acting(people.outside_supervisor):
        entry = scoped(AlertEntry, people.outside_supervisor).get()
    outside.press("tracing:alert_end", entry.pk, reasons="Found to be wrong.")
    assert plan.pk


def test_publishing_goes_through_a_second_person(people, intent, enter) -> None:
    case = wanted_child(people, intent)
    worker = enter("caseworker")
    worker.press("tracing:publish", case.file.code, what="photo", channel="photo", reasons="A year without a trace.")
    boss = enter("supervisor")
    page = boss.open("tracing:child", case.file.code).content.decode()
    address = re.search(r'href="(/tracing/publication/[^"]+)"', page).group(1)
    boss.press("tracing:publication", address.split("/")[3], approve="yes", reasons="She agreed.")
    assert "approved" in text(boss.open("tracing:child", case.file.code))


def test_work_on_a_search_is_written_down_and_it_can_end_and_begin_again(people, intent, enter) -> None:
    pair = matched(people, intent)
    code = pair.request.file.code
    officer = enter("tracing_officer")
    officer.press("tracing:request_action", code, action="hotline", outcome="pending", note="Called the line in Kassala.")
    officer.press("tracing:change", code, consent_share="yes", consent_mode="written", message="We wait for her.")
    officer.press("tracing:request_search", code)
    officer.press("tracing:request_end", code, step="give_up", reasons="A year without an answer.")
    page = text(officer.open("tracing:request", code))
    assert "Called the line in Kassala." in page and "Search again" in page
    officer.press("tracing:request_again", code)
    assert "End the search" in text(officer.open("tracing:request", code))


FRENCH_PAGES = ("tracing:list", "tracing:new")


def test_every_page_speaks_french_and_no_address_or_title_holds_a_name(people, intent, enter) -> None:
    match, _ = ready(people, intent)
    with acting(people.caseworker):
        candidate = scoped(Candidate, people.caseworker).get()
    worker = enter("caseworker")
    worker.client.cookies["havre_language"] = "fr"
    code, case = match.file.code, _case_code(people)
    pages = [*((n,) for n in FRENCH_PAGES), ("tracing:child", case), ("tracing:wishes", case), ("tracing:candidate", candidate.pk), ("tracing:match", code),
             ("tracing:facts", code), ("tracing:plan", code), ("tracing:household", code), ("tracing:border", code), ("tracing:ask", code),
             ("tracing:publish", case), ("tracing:child_end", case), ("tracing:child_action", case), ("tracing:interview_child", code)]
    english = ("Your decision", "What happened", "Record ", "The child", "Possible ", "needs an answer", "Safeguards", "Who ", "Which ", "Not known", "When ")
    for name, *args in pages:
        page = worker.open(name, *args)
        raw = page.content.decode()
        assert '<html lang="fr"' in raw
        title = re.search(r"<title>(.*?)</title>", raw, re.S).group(1)
        assert not any(n in unescape(title) + reverse(name, args=args) for n in ("Selam", "Letebrhan", "ሰላም", "ليتبرهان"))
        left = [word for word in english if re.search(rf"(?<![A-Za-z]){word}", text(page))]
        assert not left, (name, left)


def test_a_match_of_another_agency_expires_for_the_other_side(people, intent, enter) -> None:
    match = hear_both(people, intent, go_on(people, intent, matched(people, intent)))
    judge(people, intent, match)
    from havre.access.models import Grant
    Grant.objects.filter(file_id=match.file_id, relation="shared").update(expires_at=intent(people.caseworker).at - timedelta(seconds=1))
    enter("tracing_officer").open("tracing:match", match.file.code, status=404)
    enter("caseworker").open("tracing:match", match.file.code)
    with acting(people.tracing_officer):
        assert not scoped(Match, people.tracing_officer).exists()
