"""Reading settings from the environment: typed, documented as they are read, and refused when malformed or unknown."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

PREFIX = "WARDWELL_"


class SettingFault(ValueError):
    """A setting is malformed, missing or not one of ours; the sentence says which and what is expected."""


@dataclass(frozen=True, slots=True)
class Documented:
    """A setting as documented: its name, its default as text, and what it means."""

    name: str
    default: str
    meaning: str


@dataclass
class Environment:
    """The environment as settings are read from it one by one.

    >>> Environment({"WARDWELL_THREADS": "four"}).number("WARDWELL_THREADS", 4, "Threads.")
    Traceback (most recent call last):
    ...
    wardwell.config.environment.SettingFault: WARDWELL_THREADS is “four”: expected a whole number, such as 4.
    """

    values: Mapping[str, str]
    documented: list[Documented] = field(default_factory=list)

    @classmethod
    def read(cls) -> Self:
        return cls(dict(os.environ))

    def text(self, name: str, default: str, meaning: str) -> str:
        """A text, as given."""
        self.documented.append(Documented(name, default or "(empty)", meaning))
        return self.values.get(name, default)

    def number(self, name: str, default: int, meaning: str) -> int:
        """A whole number. Raises SettingFault."""
        raw = self.text(name, str(default), meaning)
        if not raw.isdecimal():
            raise SettingFault(f"{name} is “{raw}”: expected a whole number, such as {default}.")
        return int(raw)

    def flag(self, name: str, default: bool, meaning: str) -> bool:
        """Yes or no. Raises SettingFault."""
        raw = self.text(name, "yes" if default else "no", meaning).lower()
        if raw not in {"yes", "no"}:
            raise SettingFault(f"{name} is “{raw}”: expected yes or no.")
        return raw == "yes"

    def choice(self, name: str, default: str, choices: Sequence[str], meaning: str) -> str:
        """One of a few words. Raises SettingFault."""
        raw = self.text(name, default, meaning)
        if raw not in choices:
            raise SettingFault(f"{name} is “{raw}”: expected one of {', '.join(choices)}.")
        return raw

    def words(self, name: str, default: list[str], meaning: str) -> list[str]:
        """Words separated by spaces."""
        return self.text(name, " ".join(default), meaning).split()

    def secret(self, name: str, meaning: str, data: Path) -> str:
        """A secret: given, read from `file:PATH`, or made once and kept in the data folder, readable by its owner alone."""
        raw = self.text(name, "", meaning + " Empty: made once and kept in the data folder.")
        if raw.startswith("file:"):
            return _kept(Path(raw.removeprefix("file:")), name)
        return raw or _made_once(data / "secret-key")

    def finish(self) -> None:
        """Refuse what was given but never read. Raises SettingFault."""
        known = {one.name for one in self.documented}
        unknown = sorted(name for name in self.values if name.startswith(PREFIX) and name not in known)
        if unknown:
            raise SettingFault(f"{', '.join(unknown)}: no such setting. See docs/reference/settings.md.")


def _kept(path: Path, name: str) -> str:
    try:
        return path.read_text().strip()
    except OSError as fault:
        raise SettingFault(f"{name} names the file {path}, which cannot be read: {fault.strerror}.") from fault


def _made_once(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()
