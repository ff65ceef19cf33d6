"""`{% load parts %}`: every tag and filter of the parts. Usage of each is in `web/parts/README.md`."""

from django import template

from havre.web.parts.tags import fields, figures, marks, messages, people, safeguards, work

register = template.Library()

register.simple_tag(marks.icon, takes_context=True)
register.simple_tag(marks.sprite, takes_context=True)
register.simple_tag(marks.risk, takes_context=True)
register.simple_tag(marks.tier, takes_context=True)
register.simple_tag(marks.save_mark)
register.filter("code", marks.code)
register.filter("risk_words", marks.risk_words)

register.simple_tag(people.person_name)
register.simple_tag(people.facts)
register.simple_tag(people.pairs)
register.simple_tag(people.chain)
register.simple_block_tag(people.voice)

register.inclusion_tag("parts/safeguards.html", name="safeguards")(safeguards.safeguards)
register.inclusion_tag("parts/timeline.html", name="timeline")(work.timeline)
register.inclusion_tag("parts/tasks.html", name="tasks")(work.tasks)
register.inclusion_tag("parts/consents.html", name="consents")(work.consents)
register.inclusion_tag("parts/lanes.html", name="lanes")(work.lanes)

register.simple_tag(figures.dots)
register.simple_tag(figures.weigh)
register.filter("odds_words", figures.odds_words)
register.filter("in_hundred", figures.in_hundred)
register.inclusion_tag("parts/odds.html", name="odds")(figures.odds)
register.inclusion_tag("parts/evidence.html", name="evidence")(figures.evidence)
register.inclusion_tag("parts/plot.html", name="plot")(figures.plot)

register.simple_block_tag(messages.section)
register.simple_block_tag(messages.note)
register.simple_block_tag(messages.toast)
register.simple_block_tag(messages.empty_state)
register.simple_block_tag(messages.decide)
register.simple_block_tag(messages.scroll)
register.inclusion_tag("parts/progress.html", name="progress")(messages.progress)

register.inclusion_tag("parts/field.html", name="field")(fields.field)
register.inclusion_tag("parts/errors.html", name="error_summary")(fields.error_summary)
register.inclusion_tag("parts/refused.html", name="refused")(fields.refused)
register.inclusion_tag("parts/hidden.html", name="form_hidden", takes_context=True)(fields.form_hidden)
