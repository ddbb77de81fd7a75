"""Signing in: nobody gets an account by themselves, and no second factor can be read in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """Sign-in as allauth does it, with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class NoSocialSignUp(DefaultSocialAccountAdapter):
    """An organisation's account opens the worker with the same verified address; it makes no new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class EncryptedFactors(DefaultMFAAdapter):
    """Second factors as allauth does them, with the secrets of authenticator apps encrypted under the site's secret key.

    Whoever reads a backup of the database has no second factor of anybody. After the key was changed, secrets that the old one
    encrypted are read as long as it stands among ``SECRET_KEY_FALLBACKS``.
    """

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"wardwell second factor" + secret.encode()).digest())
