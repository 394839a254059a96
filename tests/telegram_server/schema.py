"""Requests checked against aiogram's models of the Bot API.

The models are read from their source: importing them builds some 600 validators and takes six
seconds, reading the one that a request needs takes a millisecond.
"""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .entities import Json
from .errors import bad_request

PRIMITIVES = ("str", "int", "float", "bool")
MOMENTS = ("datetime", "timedelta", "DateTime")  # numbers on the wire
NOTHING = ("None", "Default")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a request."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class ListOf:
    item: "Shape"


@dataclass(frozen=True, slots=True)
class OneOf:
    values: tuple[object, ...]


Shape = tuple[str | ListOf | OneOf, ...]  # what a value may be: a primitive, a model, a list ...


@dataclass(frozen=True, slots=True)
class Field:
    shape: Shape
    required: bool


@cache
def method_fields(method: str) -> Mapping[str, Field]:
    """The parameters of a Bot API method."""
    return _fields(_folder() / "methods" / f"{_snake(method)}.py")


def checked(method: str, raw: Mapping[str, object]) -> Json:
    """The parameters of a request with JSON texts decoded.

    Raises Refusal for what is unknown, missing or of a wrong type. Texts are decoded where the
    model wants no text, since forms know only texts.
    """
    fields = method_fields(method)
    raw = _with_attachments(raw)
    for name in raw:
        if name not in fields:
            raise bad_request(f'unknown parameter "{name}"')
    decoded = {name: _decoded(name, value, fields[name].shape) for name, value in raw.items()}
    problem = _model_problem(decoded, fields, "")
    if problem:
        raise bad_request(problem)
    return decoded


def _with_attachments(raw: Mapping[str, object]) -> Mapping[str, object]:
    """File parts put where ``attach://`` names them; one that nothing names stays unknown."""
    named = {f"attach://{name}": name for name, one in raw.items() if isinstance(one, Upload)}
    used = {named[one] for one in raw.values() if isinstance(one, str) and one in named}
    return {
        name: raw[named[one]] if isinstance(one, str) and one in named else one
        for name, one in raw.items()
        if name not in used
    }


def _decoded(name: str, value: object, shape: Shape) -> object:
    if not isinstance(value, str) or shape == ("str",):
        return value
    if "str" in shape:
        return int(value) if "int" in shape and re.fullmatch(r"-?\d+", value) else value
    if shape == ("bool",):
        return {"true": True, "false": False, "1": True, "0": False}.get(value.lower(), value)
    if "InputFile" in shape:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def _problem(value: object, shape: Shape, path: str) -> str | None:
    """Why a value does not fit, None if it does; the least bad reading is explained."""
    problems = [_option_problem(value, option, path) for option in shape]
    if None in problems:
        return None
    found = [problem for problem in problems if problem]
    deep = [problem for problem in found if not problem.startswith(f'parameter "{path}"')]
    return (deep or found or [f'parameter "{path}" must be left out'])[0]


def _option_problem(value: object, option: str | ListOf | OneOf, path: str) -> str | None:
    if isinstance(option, OneOf):
        fits = any(type(value) is type(one) and value == one for one in option.values)
        return None if fits else f'parameter "{path}" must be one of {option.values}'
    if isinstance(option, ListOf):
        return _list_problem(value, option.item, path)
    if option in PRIMITIVES or option == "InputFile":
        return None if _is(value, option) else f'parameter "{path}" must be {option}'
    if not isinstance(value, dict):
        return f'parameter "{path}" must be {option}'
    return _model_problem(value, _type_fields(option), path)


def _is(value: object, kind: str) -> bool:
    if kind == "InputFile":
        return isinstance(value, Upload)
    if isinstance(value, bool):
        return kind == "bool"
    accepted: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float)}
    return isinstance(value, accepted.get(kind, ()))


def _list_problem(value: object, item: Shape, path: str) -> str | None:
    if not isinstance(value, list):
        return f'parameter "{path}" must be an array'
    for index, one in enumerate(value):
        if problem := _problem(one, item, f"{path}.{index}"):
            return problem
    return None


def _model_problem(value: Json, fields: Mapping[str, Field], path: str) -> str | None:
    prefix = f"{path}." if path else ""
    for name, field in fields.items():
        if field.required and value.get(name) is None:
            return f'parameter "{prefix}{name}" is required'
        fixed = next((one for one in field.shape if isinstance(one, OneOf)), None)
        if fixed and value[name] not in fixed.values:  # another model of the union
            return f'parameter "{path}" is of another kind'
    for name, one in value.items():
        if name not in fields:
            return f'unknown parameter "{prefix}{name}"'
        if problem := _problem(one, fields[name].shape, f"{prefix}{name}"):
            return problem
    return None


@cache
def _folder() -> Path:
    spec = find_spec("aiogram")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the test server needs aiogram's models")
    return Path(spec.origin).parent


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@cache
def _type_fields(name: str) -> Mapping[str, Field]:
    return _fields(_folder() / "types" / f"{_snake(name)}.py")


def _fields(path: Path) -> dict[str, Field]:
    tree = ast.parse(path.read_text("utf-8"))
    model = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    found: dict[str, Field] = {}
    for node in model.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            shape = _shape(node.annotation)
            fixed = any(isinstance(option, OneOf) for option in shape)
            found[node.target.id] = Field(shape, fixed or _is_required(node.value))
    return {name: field for name, field in found.items() if not name.startswith("__")}


def _is_required(default: ast.expr | None) -> bool:
    if isinstance(default, ast.Call) and default.args:
        first = default.args[0]
        return isinstance(first, ast.Constant) and first.value is Ellipsis
    return default is None


def _shape(node: ast.expr) -> Shape:
    if isinstance(node, ast.BinOp):
        return _shape(node.left) + _shape(node.right)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        return _subscript(node.value.id, node.slice)
    if isinstance(node, ast.Constant):
        return () if node.value is None else _shape(ast.parse(str(node.value), mode="eval").body)
    name = node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)
    if name in NOTHING:
        return ()
    if name in MOMENTS:
        return ("int",)
    return _alias_shape(name) if name.endswith("Union") else (name,)


def _subscript(name: str, inner: ast.expr) -> Shape:
    if name == "list":
        return (ListOf(_shape(inner)),)
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        return (OneOf(tuple(_constant(part) for part in parts)),)
    return _shape(parts[0])  # Annotated


def _constant(node: ast.expr) -> object:
    """A literal's value; members of aiogram's enumerations are looked up in their source."""
    if isinstance(node, ast.Constant):
        return node.value
    kind, member = ast.unparse(node).split(".")
    tree = ast.parse((_folder() / "enums" / f"{_snake(kind)}.py").read_text("utf-8"))
    for part in ast.walk(tree):
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == member:
            return ast.literal_eval(part.value)
    raise LookupError(f"aiogram's {kind} has no member {member}")


@cache
def _alias_shape(name: str) -> Shape:
    tree = ast.parse((_folder() / "types" / f"{_snake(name)}.py").read_text("utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.AnnAssign))
    return _shape(found.value) if found.value else ()
