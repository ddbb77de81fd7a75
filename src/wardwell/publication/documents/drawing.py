"""From a disclosed table to a figure of a document: its pictures, its words, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Mapping

from wardstats.charts import description, pictures, vega_lite
from wardstats.disclosure import Disclosed
from wardwell.publication.documents.document import Figure, FigureKind, Origin, Source, UnableToMakeDocument

WITHOUT_PICTURE = "none"


def drawn(
    disclosed: Disclosed,
    *,
    slug: str,
    sources: Mapping[str, Source],
    font: str,
    title: str = "",
    kind: FigureKind = "computed",
    embed_font: bool = False,
) -> Figure:
    """The figure, drawn in the font (which `wardstats.charts.register_fonts` must know by now, if it is embedded).

    `sources` says for each digest of a kept file what it holds and under which licence. Raises `UnableToMakeDocument` when
    the table was computed from a file that is not among them.
    """
    has_picture = disclosed.chart != WITHOUT_PICTURE and bool(disclosed.rows)
    svg, png = pictures(vega_lite(disclosed, font=font), embed_font=embed_font) if has_picture else ("", b"")
    return Figure(
        slug=slug,
        title=title or disclosed.title,
        kind=kind,
        disclosed=disclosed,
        description=description(disclosed),
        origin=origin(disclosed, sources),
        svg=svg,
        png=png,
    )


def origin(disclosed: Disclosed, sources: Mapping[str, Source]) -> Origin:
    """Where the table says that it comes from, with the names of its sources."""
    lineage = disclosed.provenance["lineage"]
    unknown = [digest for digest in lineage["snapshots"] if digest not in sources]
    if unknown:
        raise UnableToMakeDocument(f"“{disclosed.title}” was counted from a file that is not named: {unknown[0]}.")
    return Origin(
        sources=tuple(sources[digest] for digest in lineage["snapshots"]),
        measure=lineage["measure"],
        version=lineage["version"],
        parameters=lineage["parameters"],
        library=f"wardstats {lineage['library']}",
    )
