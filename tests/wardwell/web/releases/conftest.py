"""An assessment that is signed off, and a release of it, as the pages show them."""

from __future__ import annotations

from tests.wardwell.publication.conftest import published, release, signed_off, story

__all__ = ["published", "release", "signed_off", "story"]
