"""What happened: rows that are only ever added, each sealed to the one before."""

from __future__ import annotations

from django.db import models

from wardwell.access.protection import ProtectedModel


class Event(ProtectedModel):
    """Something that was seen, changed or refused: to what, by whom, when, under which rule, in plain words.

    The sequence, the hash of the event before and the event's own hash are set by PostgreSQL as it is added (migration
    0002), one chain a partnership. The application's role can neither change nor remove an event.
    """

    own_column = "actor_id"
    classification = {
        "operational": "id partnership sequence at verb kind subject rule because previous_hash hash",
        "personal": "actor_id actor_name sentence purpose",
    }

    partnership = models.ForeignKey("access.Partnership", null=True, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=80)
    subject = models.CharField("key of what it was about", max_length=200, blank=True)
    sentence = models.TextField()
    rule = models.TextField(blank=True)
    because = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "-sequence"], name="event_latest"),
            models.Index(fields=["kind", "subject"], name="event_about"),
            models.Index(fields=["actor_id", "-at"], name="event_by"),
        ]

    def __str__(self) -> str:
        return self.sentence


class Chain(models.Model):
    """The head of a partnership's chain of events: how long it is and the last hash. Kept by PostgreSQL alone."""

    classification = {"operational": "chain length hash"}

    chain = models.UUIDField(primary_key=True)
    length = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.length} events"
