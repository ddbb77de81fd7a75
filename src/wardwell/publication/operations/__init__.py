"""Changes to what is public: publish, withdraw, and write down that everything was counted again."""

from wardwell.publication.operations.publishing import UnableToPublish, publish
from wardwell.publication.operations.standing import UnableToWithdraw, verify, withdraw
from wardwell.publication.verification import NoSuchRelease

__all__ = ["NoSuchRelease", "UnableToPublish", "UnableToWithdraw", "publish", "verify", "withdraw"]
