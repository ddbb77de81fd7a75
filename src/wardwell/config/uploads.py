"""How a file arrives: from whoever has signed in, and no larger than what may be sent."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from wardwell.access.actor import Actor

REST_OF_THE_FORM = 1_000_000
"""Bytes that the other answers of a form and the marks between them may take."""


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes an upload to the spool, unless it says at its start that it is too large, or nobody has signed in.

    A form is read before its page is asked (for the mark against forged requests): without this, anybody at all could fill
    the spool through the sign-in page.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  # Django's own name for it
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Refuse what is too large before a byte of it is written. Raises RequestDataTooBig."""
        if content_length > settings.MAX_UPLOAD_BYTES + REST_OF_THE_FORM:
            raise RequestDataTooBig(f"No more than {settings.MAX_UPLOAD_BYTES:,} bytes may be sent this way.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Raises StopUpload when nobody has signed in: there is no page that takes files from the public."""
        actor: Actor | None = getattr(self.request, "actor", None)
        if actor is None or actor.is_public:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        self._take_its_name_away()

    def _take_its_name_away(self) -> None:
        """Leave the file to this request alone: whatever ends it, a kill included, nothing of the upload is left."""
        os.unlink(self.file.temporary_file_path())
