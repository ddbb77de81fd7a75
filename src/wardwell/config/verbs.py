"""The verbs of the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the command line: the module that does it, and the PostgreSQL role it runs as."""

    module: str
    role: str = "app"


VERBS = {
    "serve": Verb("wardwell.jobs.serve"),
    "migrate": Verb("wardwell.jobs.migrate", role="migrator"),
    "install": Verb("wardwell.jobs.install", role="migrator"),
    "demonstrate": Verb("wardwell.jobs.demonstrate"),
    "import": Verb("wardwell.jobs.import_evidence"),
    "remind": Verb("wardwell.jobs.remind"),
    "sweep": Verb("wardwell.jobs.sweep"),
    "assess": Verb("wardwell.jobs.assess"),
    "publish": Verb("wardwell.jobs.publish"),
    "verify": Verb("wardwell.jobs.verify"),
    "audit": Verb("wardwell.jobs.verify_audit", role="migrator"),
    "reference": Verb("wardwell.config.reference"),
}
