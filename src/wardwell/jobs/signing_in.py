"""Letting an invented person of a demonstration sign in at once: a password, and an address taken as verified."""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress

from wardwell.access.register import set_password


def let_sign_in(*, worker_id: UUID, email: str, password: str) -> None:
    """Set the password and take the address as verified (a second factor can be set up only for a verified address)."""
    set_password(worker_id=worker_id, password=password)
    EmailAddress.objects.update_or_create(user_id=worker_id, email=email, defaults={"verified": True, "primary": True})
