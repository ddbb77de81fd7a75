"""Publishing: who may, who may not, what comes out the same again, and what is left of what did not come to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.wardwell.publication.desk import Desk
from wardwell.assessment import queries as assessments
from wardwell.audit.gate import NotAllowed
from wardwell.publication import queries
from wardwell.publication.operations import publishing
from wardwell.publication.operations.publishing import UnableToPublish
from wardwell.publication.store import ReleaseStore


class TestBeforeItIsPublished:
    def test_only_the_partnership_knows_of_it(self, signed_off: Desk) -> None:
        assert queries.published(signed_off.actor("public"), "swp") == ()
        assert queries.releases(signed_off.actor("rhona")) == ()
        waiting = queries.needs_attention(signed_off.actor("maya"))
        assert [one.sentence for one in waiting] == ["Signed off, and not published yet."]
        assert queries.needs_attention(signed_off.actor("anil")) == ()

    def test_the_analyst_may_not_publish_it(self, signed_off: Desk) -> None:
        step = queries.publishing(signed_off.actor("anil"), assessment_id=signed_off.assessment_id)
        assert (step.allowed, step.because) == (False, "Only these may publish here: partnership manager.")
        with pytest.raises(NotAllowed, match="partnership manager"):
            signed_off.publishes("anil")

    def test_its_author_may_not_whatever_the_role(self, signed_off: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = assessments.document_of

        def by_maya(*args: object, **kwargs: object) -> assessments.DocumentView:
            view = whole(*args, **kwargs)  # type: ignore[arg-type]
            assert view is not None
            return replace(view, summary=replace(view.summary, author_id=signed_off.world.workers["maya"]))

        monkeypatch.setattr(assessments, "document_of", by_maya)
        with pytest.raises(UnableToPublish, match="You are its author"):
            signed_off.publishes()

    def test_somebody_must_say_what_was_checked(self, signed_off: Desk) -> None:
        with pytest.raises(UnableToPublish, match="Say what you checked"):
            signed_off.publishes(reason="ok")

    def test_rotherham_cannot(self, signed_off: Desk) -> None:
        with pytest.raises(NotAllowed):
            signed_off.publishes("rhona")


class TestPublishingTheSameContentAgain:
    def test_gives_the_same_bytes(self, signed_off: Desk) -> None:
        made = []
        for _ in range(2):
            with transaction.atomic():
                out = replace(signed_off).publishes()
                made.append(signed_off.bytes_of(out.reference))
                transaction.set_rollback(True)
        assert made[0].keys() == made[1].keys()
        assert [name for name in made[0] if made[0][name] != made[1][name]] == []


class TestWhatAKilledPublicationLeaves:
    def test_is_swept_by_the_next(self, signed_off: Desk) -> None:
        store = ReleaseStore.of(signed_off.world.partnerships["swp"])
        for folder in (store.releases / "0190-orphan", store.staging / "0190-half"):
            folder.mkdir(parents=True)
            (folder / "document.html").write_text("half")
        signed_off.publishes()
        assert len(list(store.releases.iterdir())) == 1
        assert list(store.staging.iterdir()) == []

    def test_is_nothing_when_a_number_does_not_come_out_again(
        self, signed_off: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(publishing, "seal_of", lambda *_: "0" * 64)
        with pytest.raises(UnableToPublish, match="It does not hold: The seal is broken"):
            signed_off.publishes()
        assert [path for path in Path(settings.RELEASES).rglob("*") if path.is_file()] == []
