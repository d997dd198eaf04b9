"""The description of the JSON twins, made from the types that the pages give."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from riwaya.web.pages.page import Page

REFERENCE = "#/components/schemas/{name}"


def describe(pages: Sequence[Page]) -> dict[str, Any]:
    """An OpenAPI 3.1 document of all pages."""
    schemas, components = msgspec.json.schema_components([page.gives for page in pages], ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "riwaya",
            "version": "1",
            "description": "Every page of a case as JSON. Offsets are Unicode code points in the document's text.",
        },
        "paths": {path_of(p): {"get": operation(p, schema)} for p, schema in zip(pages, schemas, strict=True)},
        "components": {"schemas": components},
    }


def path_of(page: Page) -> str:
    return "/overview.json" if page.path == "/" else f"{page.path}.json"


def operation(page: Page, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": page.name,
        "summary": summary(page),
        "parameters": parameters(page),
        "responses": {
            "200": {"description": summary(page), "content": {"application/json": {"schema": schema}}},
            "400": {"description": "A parameter has a value that it cannot have."},
            "404": {"description": "The address names what is not in the case."},
        },
    }


def summary(page: Page) -> str:
    """The first sentence of the page's module."""
    module = sys.modules[page.answer.__module__]
    return (module.__doc__ or page.name).strip().split("\n")[0]


def parameters(page: Page) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([page.asked])
    schema = components[page.asked.__name__]
    in_path = set(re.findall(r"\{(\w+)\}", page.path))
    return [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in in_path,
            "schema": inner,
        }
        for name, inner in schema["properties"].items()
    ]
