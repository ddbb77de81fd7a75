"""How sensitive each field is: declared on every model, read here."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Model


class Classification(StrEnum):
    """How much harm the leak of a field can do, least first."""

    PUBLIC = "public"
    OPERATIONAL = "operational"
    PERSONAL = "personal"
    SPECIAL_CATEGORY = "special-category"
    CRIMINAL_OFFENCE = "criminal-offence"


class Unclassified(LookupError):
    """A field of a model has no classification, or more than one."""


def classification(model: type[Model]) -> dict[str, Classification]:
    """Every field of a model with its classification. Raises Unclassified."""
    declared: dict[str, Classification] = {}
    for level, names in getattr(model, "classification", {}).items():
        for name in names.split():
            if name in declared:
                raise Unclassified(f"{model._meta.label}.{name} is classified twice.")
            declared[name] = Classification(level)
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    if fields != declared.keys():
        raise Unclassified(f"{model._meta.label}: {', '.join(sorted(fields ^ declared.keys()))}")
    return declared
