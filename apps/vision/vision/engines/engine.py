"""The interface that every engine has."""

from dataclasses import dataclass
from typing import Literal, Protocol

from vision.picture import Picture

InferenceType = Literal["sagemaker", "bedrock", "azure"]

MAX_LABELS = 20


@dataclass(frozen=True)
class Label:
    """Something that the picture shows, and how sure the engine is, from 0 to 1."""

    name: str
    score: float


class Engine(Protocol):
    """Finds labels in pictures."""

    @property
    def name(self) -> str: ...

    def labels(self, picture: Picture) -> list[Label]: ...


def ranked(labels: list[Label]) -> list[Label]:
    """The surest labels first."""
    return sorted(labels, key=lambda label: (-label.score, label.name))[:MAX_LABELS]
