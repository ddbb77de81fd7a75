"""The shell around every page: whose site it is, where one can go, who is signed in."""

from wardwell.web.shell.context import shell

__all__ = ["shell"]
