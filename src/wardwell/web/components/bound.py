"""Fields of Django's own forms (those of the sign-in pages) as controls of the kit."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, CheckboxInput, ChoiceField, PasswordInput, RadioSelect, Textarea

from wardwell.web.components.fields import Choice, Confirmation, Field, LongText, Option, Text
from wardwell.web.components.form import Control


class Password(Text):
    """A secret that can be shown while it is typed."""

    kind = "password"


def control_of(bound: BoundField) -> Control:
    """A bound field as a control, with the first of its errors."""
    return Control(
        field=_field_of(bound),
        id=bound.auto_id or bound.html_name,
        value=bound.value() or "",
        error=str(bound.errors[0]) if bound.errors else "",
    )


def _field_of(bound: BoundField) -> Field:
    name, label, hint = bound.html_name, str(bound.label), str(bound.help_text or "")
    widget, is_required = bound.field.widget, bound.field.required
    if isinstance(widget, CheckboxInput):
        return Confirmation(name=name, label=label, hint=hint)
    if isinstance(bound.field, ChoiceField):
        choices: Any = bound.field.choices
        options = [Option(str(value), str(text)) for value, text in choices]
        is_folded = not isinstance(widget, RadioSelect)
        return Choice(name=name, label=label, hint=hint, is_required=is_required, options=options, is_folded=is_folded)
    if isinstance(widget, Textarea):
        return LongText(name=name, label=label, hint=hint, is_required=is_required)
    kind = Password if isinstance(widget, PasswordInput) else Text
    return kind(
        name=name,
        label=label,
        hint="" if kind is Password else hint,
        is_required=is_required,
        autocomplete=str(widget.attrs.get("autocomplete", "")),
        input_type=getattr(widget, "input_type", "text"),
    )
