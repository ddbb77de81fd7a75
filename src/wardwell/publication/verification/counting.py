"""Figures computed again from the kept files, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from wardstats.disclosure import Disclosed, disclose
from wardstats.measures import Reader, UnableToCompute, compute, measure
from wardstats.tables import Evidence
from wardwell.access.actor import Actor
from wardwell.assessment.rules.cells import with_cells_as_facts
from wardwell.assessment.rules.kept_evidence import KeptFile, as_it_stood
from wardwell.evidence.queries import evidence_of
from wardwell.evidence.store import UnableToReadKept
from wardwell.publication.models import ReleasedFigure
from wardwell.publication.verification.comparing import difference
from wardwell.publication.verification.verdicts import Verdict, fails, holds

FILES, COUNTED = "kept files", "computed again"


@dataclass
class Recount:
    """The kept files, checked and read once however many figures were counted from them."""

    actor: Actor
    readers: dict[str, Reader] = field(default_factory=dict)
    files: dict[str, Evidence | UnableToReadKept] = field(default_factory=dict)

    def verdicts(self, row: ReleasedFigure, published: Disclosed) -> Iterator[Verdict]:
        """Whether the files behind a figure are those it was counted from, and whether it comes out again."""
        kept = tuple(KeptFile.from_json(one) for one in row.evidence)
        evidence = self._evidence(kept)
        if isinstance(evidence, UnableToReadKept):
            yield fails(row.slug, FILES, f"Figure “{row.title}” cannot be counted again. {evidence}")
            return
        named = published.provenance["lineage"]["snapshots"]
        if sorted(named) != sorted(file.sha256 for file in kept):
            yield fails(
                row.slug, FILES, f"Figure “{row.title}” names other files than those it is said to be counted from."
            )
            return
        yield holds(row.slug, FILES, f"Figure “{row.title}”: its {len(kept)} kept files are there and unaltered.")
        yield self._counted(row, published, kept, evidence)

    def _evidence(self, kept: tuple[KeptFile, ...]) -> Evidence | UnableToReadKept:
        """The files, each compared with its digest, with the parts that were current then."""
        for file in kept:
            if file.sha256 not in self.files:
                try:
                    self.files[file.sha256] = evidence_of(self.actor, [file.sha256])
                except UnableToReadKept as problem:
                    self.files[file.sha256] = problem
        snapshots = []
        for file in kept:
            found = self.files[file.sha256]
            if isinstance(found, UnableToReadKept):
                return found
            snapshots += [replace(one, source=file.source, licence=file.licence) for one in found.snapshots]
        return as_it_stood(Evidence(tuple(snapshots)), kept)

    def _counted(
        self, row: ReleasedFigure, published: Disclosed, kept: tuple[KeptFile, ...], evidence: Evidence
    ) -> Verdict:
        try:
            again = self._again(row, published, kept, evidence)
        except UnableToCompute as problem:
            return fails(row.slug, COUNTED, f"Figure “{row.title}” cannot be computed again: {problem}")
        found = difference(published, again)
        if found:
            return fails(row.slug, COUNTED, f"Figure “{row.title}” does not come out again: {found}.")
        said = f"{row.measure}, version {row.measure_version}"
        return holds(row.slug, COUNTED, f"Figure “{row.title}” comes out again ({said}).")

    def _again(
        self, row: ReleasedFigure, published: Disclosed, kept: tuple[KeptFile, ...], evidence: Evidence
    ) -> Disclosed:
        present = measure(row.measure).version
        if present != row.measure_version:
            raise UnableToCompute(
                f"the measure {row.measure} is version {present} now and was version {row.measure_version} then."
            )
        district = str(row.parameters["district"])
        key = f"{district} {[file.to_json() for file in kept]}"
        if key not in self.readers:
            self.readers[key] = Reader(evidence, district)
        result = compute(row.measure, self.readers[key], **row.parameters)
        return disclose(with_cells_as_facts(result), published.rule)
