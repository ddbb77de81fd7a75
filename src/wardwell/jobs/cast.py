"""The cast of the demonstration and of the tests: people with names, agencies and grants. All invented.

Their e-mail addresses end in a domain that cannot exist, so that nobody real can be meant.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardwell.access.policy import Role

AT_EXAMPLE = "@wardwell.example"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody invented: what they do, and the grants they hold, as (partnership, role)."""

    first_name: str
    name: str
    job_title: str
    agency: str
    grants: tuple[tuple[str, Role], ...]
    story: str
    has_left: bool = False

    @property
    def email(self) -> str:
        return self.first_name.lower() + AT_EXAMPLE


CAST = {
    persona.first_name.lower(): persona
    for persona in (
        Persona(
            "Maya",
            "Maya Okafor",
            "partnership manager",
            "wolverhampton-council",
            (("swp", Role.MANAGER),),
            "runs Safer Wolverhampton's yearly cycle; reviews and publishes what others draft",
        ),
        Persona(
            "Anil",
            "Anil Sandhu",
            "strategic analyst",
            "wolverhampton-council",
            (("swp", Role.ANALYST),),
            "brings the data in, checks it, drafts the assessment",
        ),
        Persona(
            "Beth",
            "Beth Hargreaves",
            "board chair",
            "wolverhampton-council",
            (("swp", Role.BOARD),),
            "chairs the Board and signs off for it",
        ),
        Persona(
            "Sam",
            "Sam Whitlock",
            "data officer",
            "west-midlands-police",
            (("swp", Role.SUPPLIER),),
            "sends the police's files in",
        ),
        Persona(
            "Dora",
            "Dora Lindqvist",
            "data protection officer",
            "wolverhampton-council",
            (("swp", Role.DATA_PROTECTION),),
            "asks who saw what and why",
        ),
        Persona(
            "Ravi",
            "Ravi Mistry",
            "system administrator",
            "wolverhampton-council",
            (("swp", Role.ADMINISTRATOR),),
            "gives access, in a staff session with a reason and an end",
        ),
        Persona(
            "Nora", "Nora Fielding", "trainee", "third-sector-partnership", (), "has an account and no grant anywhere"
        ),
        Persona(
            "Leon",
            "Leon Pryce",
            "analyst until last week",
            "wolverhampton-council",
            (("swp", Role.ANALYST),),
            "left last week: his grant has ended",
            has_left=True,
        ),
        Persona(
            "Rhona",
            "Rhona Castle",
            "analyst next door",
            "south-yorkshire-police",
            (("srp", Role.ANALYST),),
            "works for Safer Rotherham, the neighbouring wall",
        ),
        Persona(
            "Tess",
            "Tess Adeyemi",
            "analyst for two",
            "west-midlands-police",
            (("swp", Role.BOARD), ("srp", Role.ANALYST)),
            "works for two partnerships at once",
        ),
    )
}
