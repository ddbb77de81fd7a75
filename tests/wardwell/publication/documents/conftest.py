"""The example's files, made once."""

from __future__ import annotations

import pytest

from tests.wardwell.publication.documents.examples import document, typeface
from wardwell.publication.documents.outputs import make


@pytest.fixture(scope="session")
def made() -> dict[str, bytes]:
    """Every output of the example."""
    return make(document(), typeface())
