"""The review desk as a Datasette plugin: hooks and routes only; what they show and do is `quotecheck.desk`.

Datasette runs this file outside sys.modules and reads it in the locale's encoding: no dataclasses here, ASCII only.
"""

import asyncio
import importlib.util
import sys
import tempfile
from pathlib import Path

import datasette.handle_exception
from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils.asgi import asgi_send_file, asgi_static
from jinja2 import ChoiceLoader, FileSystemLoader

HERE = Path(__file__).resolve().parent
if importlib.util.find_spec("quotecheck") is None:
    sys.path.append(str(HERE.parent))

from quotecheck.desk import downloads, guard, links, pages, reviewing, showing  # noqa: E402
from quotecheck.errors import ConflictError, InputError  # noqa: E402

ASSETS = HERE / "quotecheck_assets"
NAME = "quotecheck"
NUMBER = r"(?P<article>[0-9]{1,15})"

# With rich installed Datasette prints every 404 with all local variables, cookies among them, and takes a second.
datasette.handle_exception.rich = None


@hookimpl
def prepare_connection(conn):
    """Wait for other writers as long as the rest of quotecheck does, and keep references whole."""
    conn.execute("PRAGMA busy_timeout = 30000")
    conn.execute("PRAGMA foreign_keys = ON")


@hookimpl
def prepare_jinja2_environment(env):
    """Put the desk's templates, filters and names before Datasette's own."""
    env.loader = ChoiceLoader([FileSystemLoader(str(ASSETS / "templates")), env.loader])
    env.filters.update(showing.FILTERS)
    env.globals.update(showing.GLOBALS)


@hookimpl(trylast=True)
def permission_allowed(action):
    """Close SQL and downloads whatever the metadata says; trylast, for the last answer given is the one that counts."""
    return False if action in ("execute-sql", "view-database-download") else None


@hookimpl
def asgi_wrapper(datasette):
    """Guard every request; host names are checked where `serve` has said which are known."""
    return lambda app: guard.guarded(app, _setting(datasette, "hosts"))


@hookimpl
def actor_from_request(datasette, request):
    """The reviewer that `serve` was started for, to requests from this machine."""
    reviewer = _setting(datasette, "reviewer")
    host = request.headers.get("host", "")
    known = guard.host_is_allowed(host, _setting(datasette, "hosts") or ())
    return {"id": reviewer} if reviewer and known and guard.is_local(request.scope) else None


@hookimpl
def render_cell(row, value, column, table, datasette):
    """Link claims, speakers and articles in the tables."""
    return showing.render_cell(row, value, column, table, datasette.urls.path)


@hookimpl
def register_routes():
    """The desk's addresses; the front page takes the place of Datasette's."""
    return [
        (r"^/$", home),
        (rf"^{links.ROOT}/?$", home),
        (rf"^{links.ROOT}/claims$", claims),
        (rf"^{links.ROOT}/claims\.csv$", claims_csv),
        (rf"^{links.ROOT}/articles$", articles),
        (rf"^{links.ROOT}/speakers$", speakers),
        (rf"^{links.ROOT}/article/{NUMBER}$", article),
        (rf"^{links.ROOT}/article/{NUMBER}/undo$", undo),
        (rf"^{links.ROOT}/speaker/(?P<uid>[^/]+)$", speaker),
        (rf"^{links.ROOT}/claim/(?P<claim_id>[^/]+)$", claim),
        (rf"^{links.ROOT}/claim/(?P<claim_id>[^/]+)/review$", review),
        (rf"^{links.ROOT}/static/(?P<path>.+)$", asgi_static(str(ASSETS / "static"))),
    ]


async def home(datasette, request):
    """The front page."""
    database = (await _database(datasette, request)).name
    paths = {
        "claims_path": str(datasette.urls.table(database, "claims_current")),
        "export_path": str(datasette.urls.table(database, "attributed_claims")),
        "database_path": str(datasette.urls.database(database)),
    }
    found = await _ask(datasette, request, pages.home)
    return await _page(datasette, request, "desk_home.html", home=found, **paths)


async def articles(datasette, request):
    """The list of articles, or of those with the words searched for."""
    words, number = _words(request), _number(request)
    found = await _ask(datasette, request, pages.article_lines, words, number)
    return await _page(datasette, request, "desk_articles.html", found=found, words=words)


async def speakers(datasette, request):
    """The list of speakers, or of those with the words searched for."""
    words, number = _words(request), _number(request)
    found = await _ask(datasette, request, pages.speaker_counts, words, number)
    return await _page(datasette, request, "desk_speakers.html", found=found, words=words)


async def article(datasette, request):
    """The article page."""
    page = await _ask(datasette, request, pages.article_page, int(request.url_vars["article"]))
    return await _page(datasette, request, "desk_article.html", page=_found(page, "article"))


async def speaker(datasette, request):
    """The speaker page."""
    page = await _ask(datasette, request, pages.speaker_page, request.url_vars["uid"], _number(request))
    return await _page(datasette, request, "desk_speaker.html", page=_found(page, "speaker"))


async def claim(datasette, request):
    """A claim's own address: on to its card on the article page."""
    card = _found(await _ask(datasette, request, pages.card, request.url_vars["claim_id"]), "claim")
    return _redirect(datasette, links.article_path(card.article, card.claim_id))


async def claims(datasette, request):
    """On to the table of claims, statements first shown; with words, those that match."""
    database = (await _database(datasette, request)).name
    query = links.with_query("", {"_search": _words(request), "is_statement": 1})
    return Response.redirect(datasette.urls.table(database, "claims_current") + query)


async def claims_csv(datasette, request, send):
    """All statements as a CSV file for a spreadsheet, whole or not at all."""
    database = await _database(datasette, request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        await asyncio.to_thread(downloads.write_claims, database.path, path)
        await asgi_send_file(send, path, path.name, content_type="text/csv; charset=utf-8")


async def review(datasette, request):
    """A decision from a claim card."""
    reviewer, form = _reviewer(request), await _form(request)
    try:
        made = reviewing.decision(form)
    except InputError as error:
        return await _refusal(datasette, request, str(error), 400)
    claim_id = request.url_vars["claim_id"]
    try:
        card = await _write(datasette, request, reviewing.review, claim_id, reviewer, made)
    except ConflictError:
        card = await _ask(datasette, request, pages.card, claim_id)
        return await _answer(datasette, request, _found(card, "claim"), wanted=made)
    return await _answer(datasette, request, _found(card, "claim"))


async def undo(datasette, request):
    """Take back the reviewer's latest decision in an article."""
    reviewer, number = _reviewer(request), int(request.url_vars["article"])
    await _form(request)
    try:
        claim_id = await _write(datasette, request, reviewing.undo_last, number, reviewer)
    except ConflictError as error:
        return await _refusal(datasette, request, str(error), 409)
    if claim_id is None:
        return await _refusal(datasette, request, "Nothing of yours is left to undo in this article.", 404)
    return await _answer(datasette, request, _found(await _ask(datasette, request, pages.card, claim_id), "claim"))


async def _answer(datasette, request, card, wanted=None):
    """The card after a write: JSON for a script, for a form a redirect to it; 409 with both versions on a conflict."""
    status = 409 if wanted else 200
    if _wants_json(request):
        html = await datasette.render_template("_card.html", {"card": card, "wanted": wanted}, request=request)
        return Response.json(showing.card_json(card) | {"ok": not wanted, "html": html}, status=status)
    if wanted:
        return await _page(datasette, request, "desk_conflict.html", status, card=card, wanted=wanted)
    return _redirect(datasette, links.article_path(card.article, card.claim_id))


async def _refusal(datasette, request, message, status):
    if _wants_json(request):
        return Response.json({"ok": False, "error": message}, status=status)
    return await _page(datasette, request, "error.html", status, title="Not done", error=message)


async def _database(datasette, request):
    """The quotecheck database being served: the one the settings name, else the first that has claims."""
    named = _setting(datasette, "database")
    for name, database in datasette.databases.items():
        if named in (None, name) and "claims_current" in await database.view_names():
            await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
            return database
    raise NotFound("None of the databases served here is a quotecheck database.")


async def _ask(datasette, request, question, *arguments):
    database = await _database(datasette, request)
    return await database.execute_fn(lambda connection: question(connection, *arguments))


async def _write(datasette, request, change, *arguments):
    database = await _database(datasette, request)
    return await database.execute_write_fn(lambda connection: change(connection, *arguments))


async def _page(datasette, request, template, status=200, **context):
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def _form(request):
    try:
        return await request.post_vars()
    except UnicodeDecodeError:
        return {}


def _reviewer(request):
    if request.method != "POST":
        raise Forbidden("Reviews are sent by POST.")
    if not request.actor:
        raise Forbidden("Only a reviewer may do this: start the desk with quotecheck serve --reviewer NAME.")
    return str(request.actor["id"])


def _found(page, what):
    if page is None:
        raise NotFound(f"There is no such {what} in this database.")
    return page


def _redirect(datasette, path):
    return Response("", status=303, headers={"Location": datasette.urls.path(path)})


def _setting(datasette, name):
    return (datasette.plugin_config(NAME) or {}).get(name)


def _wants_json(request):
    return "application/json" in request.headers.get("accept", "")


def _words(request):
    return (request.args.get("q") or "").strip()[:200]


def _number(request):
    value = request.args.get("page") or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1
