"""The writing page as a web application: its files, and below ``api/`` what it asks of the editor, in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import say
from generator.tools.media import media_type
from generator.tools.write import reviews, uploads
from generator.tools.write.answers import ANSWERS, CREATING, Asked, Services, unclear
from generator.tools.write.editor import Editor
from generator.tools.write.guard import HEADERS, Endpoint, Token
from generator.tools.write.problem_json import fault_json
from generator.tools.write.running import SITE_HEADER, identity
from generator.tools.write.saving import ChangedMeanwhileError
from generator.tools.write.uploads import TooLarge

ADDRESS: Final = "/.rizhi/write/"
MOST_JSON: Final = 16 << 20
"""Bytes of a request: a text may have two megabytes, and a letter six bytes in JSON."""
_PAGE: Final = Path(__file__).with_name("page")
_PLACEHOLDER: Final = "RIZHI_TOKEN"
_HALVES: Final = re.compile(rb"\\u[dD][89a-fA-F]")
"""A half of a character, as a browser may send it; alone, it is none, and no file can hold it."""


def routes(services: Services) -> list[BaseRoute]:
    """The addresses of the writing page, for the preview's server."""
    token = Token()

    headers = {**HEADERS, SITE_HEADER: identity(services.editor.folder)}

    async def page(_: Request) -> Response:
        html = (_PAGE / "index.html").read_text(encoding="utf-8").replace(_PLACEHOLDER, token.value)
        return HTMLResponse(html, headers=headers)

    def api(method: str, name: str, endpoint: Endpoint) -> Route:
        return Route(f"{ADDRESS}api/{name}", token.needed(_telling(services, endpoint)), methods=[method])

    answers = [api(method, name, partial(_answer, services, (method, name))) for method, name in ANSWERS]
    others = [
        api("POST", "upload", partial(_upload, services)),
        api("POST", "upload/look", _look),
        api("POST", "import", partial(_import, services)),
        api("GET", "picture", partial(_picture, services)),
        api("GET", "import/{id}/picture", partial(_imported_picture, services)),
        api("GET", "job/{id}/file", partial(_download, services)),
        *(api(method, "{rest:path}", _unknown) for method in ("GET", "POST", "PATCH", "DELETE")),
    ]
    return [Route(ADDRESS, page), Route(f"{ADDRESS}files/{{name}}", _file), *answers, *others]


async def _file(request: Request) -> Response:
    # Only the page's own files are known, so no name can lead elsewhere.
    known = {place.name: place for place in _PAGE.iterdir() if place.suffix in (".js", ".css")}
    place = known.get(request.path_params["name"])
    if place is None:
        return PlainTextResponse("404 Not Found\n", 404, headers=HEADERS)
    return Response(place.read_bytes(), media_type=media_type(place.name), headers=HEADERS)


async def _unknown(_: Request) -> Response:
    return PlainTextResponse("404 Not Found\n", 404)


async def _upload(services: Services, request: Request) -> Response:
    uploads.check_size(_announced(request))
    query = request.query_params
    stored = await uploads.stored(
        services.editor.folder, query.get("path", ""), query.get("name", ""), request.stream()
    )
    return JSONResponse(stored, 201)


async def _look(request: Request) -> Response:
    """What a file is of which this is the beginning: what is refused is refused before anybody writes a caption."""
    query = request.query_params
    size = query.get("size", "")
    ending = uploads.ending_of(await _received(request, uploads.MOST_OF_BEGINNING), query.get("name", ""))
    uploads.check_size(int(size) if size.isascii() and size.isdecimal() else 0, ending)
    return JSONResponse({"is_picture": uploads.is_picture(ending)})


def _announced(request: Request) -> int:
    """The size that a request says it has: what is too large is refused before any of it is read."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


async def _import(services: Services, request: Request) -> Response:
    body = await _received(request, reviews.MOST_BYTES)
    name = PurePath(request.query_params.get("name", "").replace("\\", "/")).name or "file"
    return JSONResponse(await run_in_threadpool(services.reviews.begin, name, body), 201)


async def _picture(services: Services, request: Request) -> Response:
    return _shown(
        *await run_in_threadpool(uploads.picture, services.editor.folder, request.query_params.get("path", ""))
    )


async def _imported_picture(services: Services, request: Request) -> Response:
    return _shown(*services.reviews.picture(request.path_params["id"], request.query_params.get("src", "")))


def _shown(kind: str, body: bytes) -> Response:
    return Response(body, media_type=f"image/{kind}")


async def _download(services: Services, request: Request) -> Response:
    name, body = services.outputs.jobs.download(request.path_params["id"])
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(body, media_type="application/octet-stream", headers={"Content-Disposition": disposition})


async def _answer(services: Services, key: tuple[str, str], request: Request) -> Response:
    """The answer to a request; it is worked out in a thread, so that nobody else has to wait."""
    asked = Asked({**request.query_params, **request.path_params}, await _sent(request))
    try:
        found = await run_in_threadpool(ANSWERS[key], services, asked)
    except ChangedMeanwhileError:
        return JSONResponse(await run_in_threadpool(_current, services.editor, asked.path), 409)
    except RecursionError:
        raise unclear() from None
    return JSONResponse(found, 201 if key in CREATING else 200)


def _current(editor: Editor, path: str) -> Mapping[str, Any]:
    """What is there now of a file that was changed meanwhile."""
    try:
        return editor.file(path)
    except (FileNotFoundError, Fault):
        return {"path": path, "version": None, "source": None, "fields": {}, "text": ""}


def _telling(services: Services, endpoint: Endpoint) -> Endpoint:
    """The endpoint, which says in words what is wrong with a request."""

    async def telling(request: Request) -> Response:
        path = request.query_params.get("path", "")
        try:
            return await endpoint(request)
        except FileNotFoundError:
            fault, status = Fault(say("the file is there no longer"), say("load the list of files again")), 404
        except ClientDisconnect:
            return Response(status_code=400)
        except Fault as refused:
            fault, status = refused, 413 if isinstance(refused, TooLarge) else 422
        except BuildError as error:
            found = await run_in_threadpool(services.editor.placed_json, error.problems)
            return JSONResponse({"problems": found}, 422)
        return JSONResponse({"problems": [fault_json(fault, path, services.editor.language)]}, status)

    return telling


async def _sent(request: Request) -> Mapping[str, Any]:
    """The JSON that was sent; an empty mapping for none. Raises Fault."""
    if request.method == "GET":
        return {}
    body = await _received(request, MOST_JSON)
    try:
        found = json.loads(body or b"{}")
        if _HALVES.search(body):
            whole = json.dumps(found, ensure_ascii=False).encode("utf-16", "surrogatepass")
            found = json.loads(whole.decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        raise unclear() from None
    if not isinstance(found, dict):
        raise unclear()
    return found


async def _received(request: Request, most: int) -> bytes:
    """What was sent. Raises Fault where it is more than ``most`` bytes; then no more than that is read of it."""
    body = bytearray()
    if _announced(request) <= most:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise TooLarge(
        say("this has more than {limit} MB, which is the most", limit=most >> 20), say("make it smaller, or split it")
    )
