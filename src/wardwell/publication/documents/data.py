"""The numbers of a document for machines: a CSV file for each figure, described after CSV on the Web (W3C 2015)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wardwell.publication.documents.document import Document, Figure, Origin
from wardwell.publication.documents.view import KIND_WORDS


def csv(figure: Figure) -> bytes:
    """The figure's table: plain numbers, UTF-8, marks where a number is held back, nothing that a spreadsheet would run."""
    return figure.disclosed.to_csv().encode("utf-8")


def metadata(document: Document, figure: Figure) -> bytes:
    """What must be known to use the file alone: whose it is, of when, what its columns mean, and how it was counted.

    Goes beside `<slug>.csv` under the name `<slug>.csv-metadata.json`, where readers of CSVW look for it.
    """
    described: dict[str, Any] = {
        **figure.disclosed.metadata(),
        "url": f"{figure.slug}.csv",
        "dc:title": figure.title,
        "dc:publisher": document.partnership,
        "dc:issued": {"@value": document.released_on.isoformat(), "@type": "date"},
        "dc:isPartOf": f"{document.title} ({document.reference})",
        "dc:language": document.language,
        "dc:type": KIND_WORDS[figure.kind],
    }
    if figure.origin:
        described |= _origin(figure.origin)
    return _json(described)


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "dc:license": sorted({source.licence for source in origin.sources}),
        "dc:source": [
            {"name": s.name, "edition": s.edition, "sha256": s.sha256, "statement": s.statement} for s in origin.sources
        ],
        "wardwell:computation": {
            "measure": origin.measure,
            "version": origin.version,
            "parameters": dict(origin.parameters),
            "library": origin.library,
        },
    }


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
