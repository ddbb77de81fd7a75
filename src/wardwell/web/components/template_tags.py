"""The tags of the kit, known to every template without being loaded."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString

from wardwell.web.components.bound import control_of
from wardwell.web.components.component import Component

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: Context, component: Component | BoundField) -> SafeString:
    """The component, printed by its own template, which knows it as `it`."""
    shown: Any = control_of(component) if isinstance(component, BoundField) else component
    if context.template is None:
        raise RuntimeError("A component can be shown only while a template is being printed")
    printed_by = context.template.engine.get_template(shown.template)
    kept = {name: context[name] for name in ("request", "csrf_token") if name in context}
    return SafeString(printed_by.render(context.new({**kept, "it": shown})).strip())


@register.filter
def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """Every error of a Django form with the id of the field that it belongs to."""
    own = [(str(error), "") for error in form.non_field_errors()]
    return own + [(str(error), bound.auto_id) for bound in form for error in bound.errors]
