/* havre.js: makes the pages smoother; every page works without it. It keeps nothing of what is typed in the browser. */
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));

  /* ---- Leave now: end the session, put a neutral page in the place of this one ---- */
  const leave = $("form.leave");
  let gone = false;
  const go = () => {
    if (gone || !leave) return;
    gone = true;
    document.documentElement.hidden = true;
    document.title = "";
    for (const form of document.forms) if (form !== leave) form.reset();
    fetch(leave.action, { method: "POST", body: new FormData(leave), keepalive: true, redirect: "manual" })
      .catch(() => {});
    history.replaceState(null, "", leave.dataset.neutral);
    location.replace(leave.dataset.neutral);
  };
  if (leave) leave.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  addEventListener("pageshow", (event) => { if (event.persisted && (gone || leave)) location.reload(); });

  /* ---- keys ---- */
  const keys = $("#keys"), off = $("#keys-off"), button = $("[data-keys]");
  const stored = { get: () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } },
    set: (on) => { try { on ? localStorage.setItem("keys", "off") : localStorage.removeItem("keys"); } catch { /* private */ } } };
  if (button && keys && keys.showModal) {
    button.hidden = false;
    off.checked = stored.get();
    off.addEventListener("change", () => stored.set(off.checked));
    button.addEventListener("click", () => keys.showModal());
  }
  let escapes = [];
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const now = Date.now();
      escapes = escapes.filter((at) => now - at < 1500).concat(now);
      if (escapes.length >= 3) go();
      for (const menu of document.querySelectorAll("details.sync[open]")) {
        menu.open = false;
        $("summary", menu).focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || (off && off.checked)) return;
    if (event.key === "/" && $("#find")) { event.preventDefault(); $("#find").focus(); }
    if (event.key === "?" && keys && keys.showModal && !keys.open) { event.preventDefault(); keys.showModal(); }
  }, true);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.sync[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  /* ---- questions: what is typed takes the place of "does not know", and the other way round ---- */
  document.addEventListener("input", (event) => {
    const group = event.target.closest(".q");
    if (!group) return;
    const typed = event.target.matches("textarea, input:not([type=radio], [type=checkbox])") && event.target.value;
    if (typed) for (const aside of group.querySelectorAll("input[name$=_aside]:checked")) aside.checked = false;
  });

  /* ---- a button says what it is doing when it takes more than a second ---- */
  document.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed && pressed.matches(".btn") && !event.defaultPrevented) setTimeout(() => pressed.setAttribute("aria-busy", "true"), 1000);
  });

  /* ---- focus and the live region ---- */
  const focus = (el) => {
    if (!el) return;
    if (!el.matches("a, button, input, select, textarea, summary, [tabindex]")) el.tabIndex = -1;
    el.focus();
  };
  const say = (words) => { const live = $("#live"); if (live) { live.textContent = ""; setTimeout(() => { live.textContent = words; }, 50); } };
  focus($(".summary[role=alert]"));

  let next = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const row = event.detail.target && event.detail.target.closest("[data-row]");
    const list = row && row.parentElement;
    next = row && { was: row, row: row.nextElementSibling || row.previousElementSibling, heading: list.closest("section")?.querySelector("h2") };
    /* a refusal is a page to read, not a failure: 409 and 422 are drawn like any answer */
    if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const errors = part.matches?.(".summary[role=alert]") ? part : $(".summary[role=alert]", part);
    if (errors) { focus(errors); return; }
    const view = part.matches?.("[data-view]") ? part : $("[data-view]", part);
    if (view) focus($("h1, h2", view) || view);
  });
  /* a removed row is no longer there to tell, so its request does */
  document.addEventListener("htmx:afterRequest", () => setTimeout(() => {
    const { row, heading, was } = next || {};
    next = null;
    if (was && !document.contains(was)) focus(row ? $("a, button", row) || row : heading);
  }));
  document.addEventListener("say", (event) => say(event.detail.value || ""));
  document.addEventListener("htmx:sendError", () => say(document.body.dataset.offline || ""));
})();
