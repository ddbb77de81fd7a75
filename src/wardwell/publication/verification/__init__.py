"""Verification: every number of a release counted again from the kept files, and compared with what was published."""

from wardwell.publication.verification.release import NoSuchRelease, frozen, verification_of
from wardwell.publication.verification.verdicts import Outcome, Verdict, Verification

__all__ = ["NoSuchRelease", "Outcome", "Verdict", "Verification", "frozen", "verification_of"]
