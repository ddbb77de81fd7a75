"""Published files: where one lies, and the page as the site shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from wardwell.access.actor import Actor
from wardwell.publication.documents.outputs import PAGE
from wardwell.publication.models import Output
from wardwell.publication.queries.releases import OutputView, output_view, row_of
from wardwell.publication.store import path_of


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A published file to be sent: where it lies, and how it is described."""

    path: Path
    view: OutputView


def output(actor: Actor, reference: str, name: str) -> OutputFile | None:
    """A file of a release, if the actor may see it and it is there."""
    row = row_of(actor, reference)
    one = Output.objects.visible_to(actor).filter(release_id=row.id, name=name).first() if row else None
    if row is None or one is None or not path_of(one.path).is_file():
        return None
    return OutputFile(path_of(one.path), output_view(row, one))


def body_html(actor: Actor, reference: str) -> SafeString | None:
    """The `<main>` of a release's page, cut out of the published file itself: what the site shows is what was sealed.

    Nothing in it is inline, so it stands under the site's content security policy; notices of withdrawal go above it
    (`release(...).notices`).
    """
    found = output(actor, reference, PAGE)
    if found is None:
        return None
    page = found.path.read_text(encoding="utf-8")
    start, end = page.find("<main"), page.rfind("</main>")
    if start < 0 or end < start:
        return None
    return mark_safe(page[start : end + len("</main>")])  # noqa: S308 - made by our own template, sealed since
