"""How a rule is registered, and how it gets into moto."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import wraps
from inspect import getdoc
from typing import Any, Literal

from moto.core.exceptions import ServiceException

from .request import Request


class Refusal(ServiceException):
    """AWS's code and message. moto looks the HTTP status up in the service's model."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)


@dataclass(frozen=True)
class Rule:
    name: str
    file: str
    effect: Literal["refuses", "answers", "stores"]
    summary: str
    # URLs of AWS's documentation, or of reports that quote AWS.
    sources: Sequence[str]
    # Whether no source has the text of the error message. Tests match the code alone.
    guessed_message: bool


# A function that is a rule, or that a rule replaces, whatever its arguments are.
Function = Callable[..., Any]
Decorator = Callable[[Function], Function]
Check = Callable[[Request], None]
Routine = Callable[[], None]
# Of a request: the members of the operation's output, or None to leave the request to moto.
Operation = Callable[[Request], dict[str, Any] | None]

rules: list[Rule] = []
# Names of the rules that have refused a call, since a test asked last.
refusals: list[str] = []
# These see each request before moto does.
checks: list[Check] = []
# What AWS does by itself. Tests say when time has passed.
routines: list[Routine] = []
# By service and operation, as in botocore: ("cloudfront", "ListFunctions").
operations: dict[tuple[str, str], Operation] = {}


def refuses(owner: type, *methods: str, sources: Sequence[str], guessed_message: bool = False) -> Decorator:
    """A rule that gets the arguments of a method of moto before the method does, and may raise `Refusal`."""

    def decorate(rule: Function) -> Function:
        def checked(original: Function, *args: Any, **kwargs: Any) -> Any:
            noting_refusals(rule, *args, **kwargs)
            return original(*args, **kwargs)

        _replace(owner, methods, checked)
        return _register(rule, "refuses", sources, guessed_message)

    return decorate


def answers(owner: type, *methods: str, sources: Sequence[str]) -> Decorator:
    """A rule that takes the place of a method of moto, which it gets as its first argument."""

    def decorate(rule: Function) -> Function:
        _replace(owner, methods, rule)
        return _register(rule, "answers", sources)

    return decorate


def answers_attribute(owner: type, attribute: str, sources: Sequence[str]) -> Decorator:
    """A rule that computes what moto keeps in an attribute. What moto writes there is dropped."""

    def decorate(rule: Function) -> Function:
        setattr(owner, attribute, property(rule, lambda owner, value: None))
        return _register(rule, "answers", sources)

    return decorate


def answers_operation(service: str, *names: str, sources: Sequence[str]) -> Callable[[Operation], Operation]:
    """A rule that answers operations, as the service's model describes them, instead of moto."""

    def decorate(rule: Operation) -> Operation:
        for name in names:
            operations[service, name] = rule
        return _register(rule, "answers", sources)

    return decorate


def stores_answers(service: str, name: str, answer: Operation, summary: str, source: str) -> None:
    """An operation whose answers the tests fill in. See `stored_answers`."""
    operations[service, name] = answer
    rules.append(Rule(f"{service}:{name}", "stored_answers", "stores", summary, [source], False))


def acts_over_time(sources: Sequence[str]) -> Callable[[Routine], Routine]:
    """A rule about what AWS does by itself when nothing changes for some minutes."""

    def decorate(rule: Routine) -> Routine:
        routines.append(rule)
        return _register(rule, "answers", sources)

    return decorate


def refuses_requests(sources: Sequence[str], guessed_message: bool = False) -> Callable[[Check], Check]:
    """A rule about every request."""

    def decorate(rule: Check) -> Check:
        checks.append(rule)
        return _register(rule, "refuses", sources, guessed_message)

    return decorate


def refuses_operation(
    service: str, *names: str, sources: Sequence[str], guessed_message: bool = False
) -> Callable[[Check], Check]:
    """A rule about the requests for some operations, as the service's model names them."""

    def decorate(rule: Check) -> Check:
        @wraps(rule)
        def check(request: Request) -> None:
            if request.service == service and request.operation.name in names:
                rule(request)

        checks.append(check)
        return _register(rule, "refuses", sources, guessed_message)

    return decorate


def _listed_rules() -> list[dict[str, Any]]:
    return [asdict(rule) for rule in rules]


def _taken_refusals() -> list[str]:
    taken, refusals[:] = refusals[:], []
    return taken


# What tests ask of the layer on each server, by path. No AWS service has such a path.
PAGES: dict[str, Callable[[], Any]] = {"/strict/rules": _listed_rules, "/strict/refusals": _taken_refusals}


def noting_refusals(rule: Function, *args: Any, **kwargs: Any) -> None:
    """Calls a rule that refuses."""
    try:
        rule(*args, **kwargs)
    except Refusal:
        refusals.append(rule.__name__)
        raise


def _register(
    rule: Function, effect: Literal["refuses", "answers"], sources: Sequence[str], guessed_message: bool = False
) -> Function:
    summary = " ".join((getdoc(rule) or "").split("\n\n")[0].split())
    file = rule.__module__.removeprefix("strict.")
    rules.append(Rule(rule.__name__, file, effect, summary, list(sources), guessed_message))
    return rule


def _replace(owner: type, methods: Sequence[str], rule: Function) -> None:
    for name in methods:
        setattr(owner, name, _bound_to(getattr(owner, name), rule))


def _bound_to(original: Function, rule: Function) -> Function:
    @wraps(original)
    def replacement(*args: Any, **kwargs: Any) -> Any:
        return rule(original, *args, **kwargs)

    return replacement
