"""A coded document as typed objects. They mirror the record ``marsad/1``; ``marsad schema`` describes every field."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from typing import Any, Dict, Mapping, Optional, Tuple, Type, TypeVar, get_args, get_type_hints

#: First code point and the one behind the last, in the document's text.
Span = Tuple[int, int]

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Record:
    """What all parts of a record can do. A field with a default is absent from the record where there is nothing to say."""

    @classmethod
    def from_dict(cls: Type[R], given: Mapping[str, Any]) -> R:
        """The object of a part of a record."""
        kind: Any = cls
        values = {}
        for name, part in parts(kind).items():
            value = given.get(name.rstrip("_"))
            if part is not None and isinstance(value, Mapping):
                value = part.from_dict(value)
            elif part is not None:
                value = tuple(part.from_dict(one) for one in value or ())
            elif isinstance(value, list):
                value = tuple(tuple(one) if isinstance(one, list) else one for one in value)
            values[name] = value
        return cls(**values)

    def to_dict(self) -> Dict[str, Any]:
        """The part of the record as ``marsad code`` prints it, as plain dicts, lists, strings and numbers.

        >>> import marsad
        >>> when = marsad.When(start="2024-03-02", end="2024-03-02", precision="day", text="أمس", span=(17, 20))
        >>> when.to_dict()["span"]
        [17, 20]
        """
        out: Dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.default is not MISSING and not value:
                continue
            if isinstance(value, Record):
                value = value.to_dict()
            elif isinstance(value, tuple):
                value = [part.to_dict() if isinstance(part, Record) else list(part) if isinstance(part, tuple) else part for part in value]
            out[one.name.rstrip("_")] = value
        return out


@lru_cache(maxsize=None)
def parts(cls: Type[Any]) -> Dict[str, Optional[Type[Record]]]:
    """The fields of a part of a record, with the class of those that have parts themselves."""
    out: Dict[str, Optional[Type[Record]]] = {}
    for name, hint in get_type_hints(cls).items():
        kind = next(iter(get_args(hint)), hint)
        out[name] = kind if isinstance(kind, type) and issubclass(kind, Record) else None
    return out


@dataclass(frozen=True)
class Document(Record):
    """What a record repeats of its document."""

    id: str
    url: Optional[str]
    outlet: Optional[str]
    title: Optional[str]
    #: Day of publication (ISO 8601).
    published: Optional[str]
    #: BCP 47 code.
    language: Optional[str]
    #: Hash of the text's UTF-8 bytes, in hexadecimal.
    sha256: str
    #: Length of the text in code points.
    chars: int


@dataclass(frozen=True)
class Acled(Record):
    """Class in the ACLED codebook."""

    event_type: str
    sub_event_type: str


@dataclass(frozen=True)
class Plover(Record):
    """Class in the PLOVER codebook."""

    type: str
    mode: Optional[str]


@dataclass(frozen=True)
class Trigger(Record):
    """The words that tell an event."""

    text: str
    span: Span


@dataclass(frozen=True)
class When(Record):
    """First and last day of an event (ISO 8601)."""

    start: Optional[str]
    end: Optional[str]
    precision: str
    text: Optional[str]
    span: Optional[Span]


@dataclass(frozen=True)
class Where(Record):
    """A place of an event: within ``radius_km`` of a point in degrees north and east."""

    text: str
    #: English name.
    name: Optional[str]
    #: ISO 3166-1 alpha-2 code.
    country: Optional[str]
    #: First-order division, in English.
    admin1: Optional[str]
    lat: Optional[float]
    lon: Optional[float]
    radius_km: Optional[float]
    relation: str
    precision: str
    place_id: Optional[str]
    span: Span


@dataclass(frozen=True)
class Participant(Record):
    """Who took part, and who says so where it is not the document itself."""

    role: str
    actor: str
    text: str
    certainty: str
    span: Span
    unit: Optional[str] = None
    according_to: Optional[str] = None


@dataclass(frozen=True)
class Weapon(Record):
    """With what."""

    class_: str
    text: str
    span: Span


@dataclass(frozen=True)
class Object(Record):
    """A thing aimed at or damaged."""

    class_: str
    text: str
    span: Span


@dataclass(frozen=True)
class Casualties(Record):
    """How many people of a group met an outcome."""

    outcome: str
    group: str
    #: Their actor.
    of: Optional[str]
    low: Optional[int]
    best: Optional[int]
    high: Optional[int]
    #: Told without a number.
    vague: bool
    text: str
    span: Span


@dataclass(frozen=True)
class Attribution(Record):
    """Who says it."""

    text: str
    kind: str
    span: Span


@dataclass(frozen=True)
class Relation(Record):
    """How an event stands to another of its document."""

    kind: str
    event: str


@dataclass(frozen=True)
class Diagnostic(Record):
    """What the reader should know of the coding."""

    #: ``note``, ``warning`` or ``error``.
    level: str
    message: str


@dataclass(frozen=True)
class Event(Record):
    """One happening as one document tells it."""

    id: str
    action: str
    #: ``incident``, ``background`` or ``aggregate``.
    scope: str
    #: ``actual``, ``negated``, ``future`` or ``hypothetical``.
    realis: str
    acled: Acled
    plover: Plover
    trigger: Trigger
    when: When
    where: Tuple[Where, ...]
    participants: Tuple[Participant, ...]
    weapons: Tuple[Weapon, ...]
    objects: Tuple[Object, ...]
    casualties: Tuple[Casualties, ...]
    #: Number of strikes or rounds where one is told.
    strikes: Optional[int]
    attribution: Tuple[Attribution, ...]
    relations: Tuple[Relation, ...]
    #: Chance that a careful coder would write this event down, 0 to 1.
    confidence: float
    #: Ids of the rules that made it.
    rules: Tuple[str, ...]


@dataclass(frozen=True)
class Coded(Record):
    """One coded document, a line of ``marsad code``."""

    record: str
    document: Document
    events: Tuple[Event, ...]
    #: Words that few reports have: a hash, the code point where it begins, and how rare it is (0 or 1), by which reports are linked.
    rare: Tuple[Tuple[int, int, int], ...] = ()
    diagnostics: Tuple[Diagnostic, ...] = ()
