"""The writing page as a web application: its files, and below ``api/`` what it asks of the editor, in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import say
from generator.tools.write.editor import Editor
from generator.tools.write.guard import HEADERS, Endpoint, Token
from generator.tools.write.problem_json import fault_json, problem_json
from generator.tools.write.saving import ChangedMeanwhileError

ADDRESS: Final = "/.rizhi/write/"
MOST_JSON: Final = 16 << 20
"""Bytes of a request: a text may have two megabytes, and a letter six bytes in JSON."""
_PAGE: Final = Path(__file__).with_name("page")
_PLACEHOLDER: Final = "RIZHI_TOKEN"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}

Query = Mapping[str, str]
Sent = Mapping[str, Any]
Answer = Callable[[Editor, Query, Sent], object]

_ANSWERS: Final[Mapping[tuple[str, str], Answer]] = {
    ("GET", "site"): lambda editor, _, __: editor.site(),
    ("GET", "files"): lambda editor, _, __: editor.files(),
    ("GET", "file"): lambda editor, query, _: editor.file(query["path"]),
    ("POST", "file"): lambda editor, _, sent: editor.create(sent["kind"], sent.get("fields", {}), sent.get("text", "")),
    ("PATCH", "file"): lambda editor, query, sent: editor.change(query["path"], sent["version"], sent),
    ("DELETE", "file"): lambda editor, query, sent: editor.delete(query["path"], sent["version"]),
    ("POST", "undo"): lambda editor, _, sent: editor.undo(sent["undo"]),
    ("GET", "history"): lambda editor, query, _: (
        editor.state(query["path"], query["state"]) if "state" in query else editor.states(query["path"])
    ),
    ("POST", "history"): lambda editor, _, sent: editor.restore(sent["path"], sent["version"], sent["state"]),
}
"""What answers each request, by method and name."""
_CREATING: Final = frozenset({("POST", "file")})


def routes(editor: Editor) -> list[BaseRoute]:
    """The addresses of the writing page, for the preview's server."""
    token = Token()

    async def page(_: Request) -> Response:
        html = (_PAGE / "index.html").read_text(encoding="utf-8").replace(_PLACEHOLDER, token.value)
        return HTMLResponse(html, headers=HEADERS)

    api = [
        Route(f"{ADDRESS}api/{name}", token.needed(_telling(editor, partial(_answer, editor, key))), methods=[method])
        for key in _ANSWERS
        for method, name in (key,)
    ]
    unknown = Route(f"{ADDRESS}api/{{rest:path}}", token.needed(_unknown), methods=["GET", "POST", "PATCH", "DELETE"])
    return [Route(ADDRESS, page), Route(f"{ADDRESS}files/{{name}}", _file), *api, unknown]


async def _file(request: Request) -> Response:
    # Only the page's own files are known, so no name can lead elsewhere.
    known = {place.name: place for place in _PAGE.iterdir() if place.suffix in _TYPES}
    place = known.get(request.path_params["name"])
    if place is None:
        return PlainTextResponse("404 Not Found\n", 404, headers=HEADERS)
    return Response(place.read_bytes(), media_type=_TYPES[place.suffix], headers=HEADERS)


async def _unknown(_: Request) -> Response:
    return PlainTextResponse("404 Not Found\n", 404)


async def _answer(editor: Editor, key: tuple[str, str], request: Request) -> Response:
    """The answer to a request; it is worked out in a thread, so that nobody else has to wait."""
    sent = await _sent(request)
    query = dict(request.query_params)
    try:
        found = await run_in_threadpool(_ANSWERS[key], editor, query, sent)
    except ChangedMeanwhileError:
        path = query.get("path") or str(sent.get("path"))
        return JSONResponse(await run_in_threadpool(_current, editor, path), 409)
    except (KeyError, TypeError, AttributeError) as error:
        if isinstance(error, KeyError) and error.args[0] in ("path", "version", "kind", "state", "undo"):
            raise _unclear() from None
        raise
    return JSONResponse(found, 201 if key in _CREATING else 200)


def _current(editor: Editor, path: str) -> Mapping[str, Any]:
    """What is there now of a file that was changed meanwhile."""
    try:
        return editor.file(path)
    except (FileNotFoundError, Fault):
        return {"path": path, "version": None, "source": None, "fields": {}, "text": ""}


def _telling(editor: Editor, endpoint: Endpoint) -> Endpoint:
    """The endpoint, which says in words what is wrong with a request."""

    async def telling(request: Request) -> Response:
        path = request.query_params.get("path", "")
        try:
            return await endpoint(request)
        except FileNotFoundError:
            fault, status = Fault(say("the file is there no longer"), say("load the list of files again")), 404
        except TooLargeError:
            fault, status = Fault(say("this is too much at once"), say("make it smaller, or split it")), 413
        except Fault as refused:
            fault, status = refused, 422
        except BuildError as error:
            found = [problem_json(problem, editor.language) for problem in error.problems]
            return JSONResponse({"problems": found}, 422)
        return JSONResponse({"problems": [fault_json(fault, path, editor.language)]}, status)

    return telling


class TooLargeError(Exception):
    """A request has more bytes than anybody needs."""


async def _sent(request: Request) -> Sent:
    """The JSON that was sent; an empty mapping for none. Raises Fault and TooLargeError."""
    if request.method == "GET":
        return {}
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_JSON:
            raise TooLargeError
    try:
        found = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise _unclear() from None
    if not isinstance(found, dict):
        raise _unclear()
    return found


def _unclear() -> Fault:
    return Fault(say("what was sent cannot be read"), say("load the page again"))
