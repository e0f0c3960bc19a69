"""The OpenAPI document: the problems that each path may answer with, and the names there are.
What a route asks and answers it says itself."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from seongsu_assets.api.front import Paths
from seongsu_assets.api.problems import MEDIA_TYPE, ProblemDetails
from seongsu_assets.domain import Domain

_ALWAYS = (500, 503)
_READ = (404, 422)
_BODY = (400, 404, 409, 413, 422, 429)
_KEY = (401, 403)
#: What FastAPI says of its own errors, which nobody is ever sent.
_UNUSED = ("HTTPValidationError", "ValidationError")
Document = dict[str, Any]


def told(document: Document, paths: Paths, domains: Mapping[str, Domain]) -> Document:
    """The document with every problem, and with the domains and series in place of any text."""
    schemas = document["components"]["schemas"]
    for name in _UNUSED:
        schemas.pop(name, None)
    schemas.update(_problem_schemas())
    names = _names(domains)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _problems(operation, _statuses(path, paths))
            if path in paths.kept:
                operation["responses"]["304"] = {"description": "what If-None-Match names holds"}
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _present(parameter["schema"])
                _choose(parameter["schema"], names.get(parameter["name"]))
    for schema in schemas.values():
        if schema.get("additionalProperties") is False:  # questions and answers alike
            for name, part in schema.get("properties", {}).items():
                _choose(part, names.get(name))
    return document


def _statuses(path: str, paths: Paths) -> tuple[int, ...]:
    if path in paths.written:
        return _BODY + _KEY + _ALWAYS
    if path in paths.keyed:
        return (422, 429, *_KEY, *_ALWAYS)
    if path in paths.asked:
        return _BODY + _ALWAYS
    return (_READ if path in paths.kept else (422,)) + _ALWAYS


def _problems(operation: Document, statuses: tuple[int, ...]) -> None:
    reference = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    for status in statuses:
        operation["responses"][str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": reference}},
        }


def _problem_schemas() -> Document:
    schema = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), ProblemDetails.__name__: schema}


def _names(domains: Mapping[str, Domain]) -> dict[str, list[str]]:
    """Parameter -> all that it may be, in any domain; where series come and go any text may be."""
    known = domains.values()
    if any(domain.open for domain in known):
        return {"domain": list(domains)}
    series = [name for domain in known for name in (*domain.series, domain.total)]
    return {"domain": list(domains), "series": list(dict.fromkeys(series))}


def _present(schema: Document) -> Document:
    """A parameter is left out, never null."""
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    parts = [part for part in schema.get("anyOf", ()) if part != {"type": "null"}]
    return {**parts[0], **rest} if len(parts) == 1 else schema


def _choose(schema: Document, names: list[str] | None) -> None:
    """Let a text be one of the names."""
    if names is None:
        return
    for part in (schema, *schema.get("anyOf", ())):
        if part.get("type") == "string":
            part["enum"] = names
