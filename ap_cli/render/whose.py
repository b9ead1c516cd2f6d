"""Who does a task, in words."""

from ..rules.task import Who

NAMES = {
    Who.COMMISSIONER: "the commissioner",
    Who.SCHOOL: "the home school",
    Who.COUNCIL: "the council",
    Who.PROVIDER: "the provider",
}
