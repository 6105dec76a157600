"""The review desk as a Datasette plugin: hooks and routes only; what they show and do is `quotecheck.desk`.

Datasette runs this file outside sys.modules and reads it in the locale's encoding: no dataclasses here, ASCII only.
"""

import asyncio
import importlib.util
import sqlite3
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl

import datasette.handle_exception
from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.utils.asgi import asgi_send_file, asgi_static
from datasette.views.base import DatasetteError
from jinja2 import ChoiceLoader, FileSystemLoader

HERE = Path(__file__).resolve().parent
if importlib.util.find_spec("quotecheck") is None:
    sys.path.append(str(HERE.parent))

from quotecheck.desk import (  # noqa: E402
    access,
    adjudication,
    downloads,
    guard,
    links,
    pages,
    peopling,
    reviewing,
    showing,
)
from quotecheck.desk.queue import BATCH, Filters  # noqa: E402
from quotecheck.errors import ConflictError, QuotecheckError, StoreError  # noqa: E402
from quotecheck.store import reviewers  # noqa: E402

ASSETS = HERE / "quotecheck_assets"
NAME = "quotecheck"
NUMBER = r"(?P<article>[0-9]{1,15})"

# With rich installed Datasette prints every 404 with all local variables, cookies among them, and takes a second.
datasette.handle_exception.rich = None


@hookimpl
def prepare_connection(conn):
    """Wait for other writers as long as the rest of quotecheck does, keep references whole, and bound what is read."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, guard.LONGEST_VALUE)
    conn.execute("PRAGMA busy_timeout = 30000")
    conn.execute("PRAGMA foreign_keys = ON")


@hookimpl
def prepare_jinja2_environment(env):
    """Put the desk's templates, filters and names before Datasette's own."""
    env.loader = ChoiceLoader([FileSystemLoader(str(ASSETS / "templates")), env.loader])
    env.filters.update(showing.FILTERS)
    env.globals.update(showing.GLOBALS)


@hookimpl(trylast=True)
def permission_allowed(datasette, actor, action, resource):
    """Close what nobody may see, and a closed desk to the anonymous, whatever the metadata says.

    trylast, for the last answer given is the one that counts.
    """
    return guard.refusal(action, resource, closed=bool(_setting(datasette, "closed")) and not actor)


@hookimpl
def handle_exception(request, exception):
    """What Datasette's own pages cannot use is the asker's mistake, and no error of the server."""
    wrong = isinstance(exception, DatasetteError) and exception.status == 500
    if (wrong or guard.is_bad_parameter(exception)) and links.ROOT not in request.path:
        return Response.text("This page cannot use one of its parameters.", status=400)
    return None


@hookimpl
def asgi_wrapper(datasette):
    """Guard every request; `hosts` in the settings are the names that the desk is known by."""
    return lambda app: guard.guarded(app, _setting(datasette, "hosts") or ())


@hookimpl
def actor_from_request(datasette, request):
    """The reviewer of a session, else, to requests from this machine, the one that `serve` was started for.

    Sessions are looked up at every request, so that a person who is removed is out at once.
    """

    async def find():
        if (cookie := request.cookies.get(access.COOKIE)) and (
            reviewer := await _in_session(datasette, request, cookie)
        ):
            return {"id": reviewer.name, "role": reviewer.role, "session": True}
        name = _setting(datasette, "reviewer")
        known = guard.host_is_allowed(request.headers.get("host", ""), _setting(datasette, "hosts") or ())
        return {"id": name, "role": "adjudicator"} if name and known and guard.is_local(request.scope) else None

    return find


async def _in_session(datasette, request, cookie):
    try:
        database = await _database(datasette, request, check=False)
        key = access.read_session(access.desk_key(database.path), cookie)
    except (NotFound, StoreError):
        return None
    if key is None:
        return None
    return await database.execute_fn(lambda connection: reviewers.reviewer_by_id(connection, key))


@hookimpl
def render_cell(row, value, column, table, datasette):
    """Link claims, speakers and articles in the tables."""
    return showing.render_cell(row, value, column, table, datasette.urls.path)


@hookimpl
def register_routes():
    """The desk's addresses; the front page takes the place of Datasette's."""
    root, claim = links.ROOT, r"(?P<claim_id>[^/]+)"
    return [
        (r"^/$", home),
        (rf"^{root}/?$", home),
        (rf"^{root}/login$", login),
        (rf"^{root}/logout$", logout),
        (rf"^{root}/queue$", queue),
        (rf"^{root}/start$", start),
        (rf"^{root}/focus/{claim}$", focus),
        (rf"^{root}/claims$", claims),
        (rf"^{root}/claims\.csv$", claims_csv),
        (rf"^{root}/articles$", articles),
        (rf"^{root}/article/{NUMBER}$", article),
        (rf"^{root}/article/{NUMBER}/act$", article_act),
        (rf"^{root}/claim/{claim}$", claim_address),
        (rf"^{root}/claim/{claim}/review$", review),
        (rf"^{root}/undo$", undo),
        (rf"^{root}/speakers$", speakers),
        (rf"^{root}/speakers\.json$", speaker_names),
        (rf"^{root}/speaker/(?P<uid>[^/]+)$", speaker),
        (rf"^{root}/people$", people),
        (rf"^{root}/people/merge$", people_merge),
        (rf"^{root}/people/act$", people_act),
        (rf"^{root}/double$", double),
        (rf"^{root}/double/open$", double_open),
        (rf"^{root}/progress$", progress),
        (rf"^{root}/static/(?P<path>.+)$", asgi_static(str(ASSETS / "static"))),
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
    batches = await _ask(datasette, request, pages.open_batches, _name(request)) if request.actor else []
    return await _page(datasette, request, "desk_home.html", home=found, batches=batches, **paths)


async def login(datasette, request):
    """The page that a log-in link opens; only its button uses the link, so that previews of links do not."""
    database = await _database(datasette, request, check=False)
    form = await _form(request) if request.method == "POST" else {}
    token = form.get("token") or request.args.get("token") or ""
    try:
        key = access.desk_key(database.path)
        nonce = access.read_link(key, token)
        if request.method == "POST":
            reviewer = await database.execute_write_fn(lambda connection: reviewers.use_link(connection, nonce))
            return _with_session(_redirect(datasette, "/"), access.session(key, reviewer.id), request)
        reviewer = await database.execute_fn(lambda connection: reviewers.owner_of_link(connection, nonce))
    except StoreError as error:
        return await _page(datasette, request, "error.html", 403, title="Not logged in", error=str(error))
    return await _page(datasette, request, "desk_login.html", reviewer=reviewer, token=token)


async def logout(datasette, request):
    """The end of a session."""
    _must_post(request)
    response = _redirect(datasette, "/")
    response.set_cookie(access.COOKIE, "", max_age=0, httponly=True)
    return response


async def queue(datasette, request):
    """What waits for a person, in batches."""
    filters = Filters.of(_query(request))
    found = await _ask(datasette, request, pages.queue_page, filters, request.args.get("after") or "")
    return await _page(datasette, request, "desk_queue.html", found=found)


async def start(datasette, request):
    """On to the first claim of a queue."""
    filters = Filters.of(_query(request))
    first = await _ask(datasette, request, pages.following, filters, "", _name(request))
    if first is None:
        return await _page(datasette, request, "desk_done.html", filters=filters, done=0, after="")
    return _redirect(datasette, links.focus_path(first, filters.query))


async def focus(datasette, request):
    """One claim of a queue, with its context."""
    filters, claim_id = Filters.of(_query(request)), request.url_vars["claim_id"]
    done = _number(request, "done", 0)
    if done and done % BATCH == 0 and not request.args.get("go") and not filters.batch:
        return await _page(datasette, request, "desk_done.html", filters=filters, done=done, after=claim_id)
    page = await _ask(datasette, request, pages.focus_page, claim_id, filters, _name(request), done)
    return await _page(datasette, request, "desk_focus.html", page=_found(page, "claim"), filters=filters)


async def articles(datasette, request):
    """The list of articles, or of those with the words searched for."""
    words, number = _words(request), _number(request)
    found = await _ask(datasette, request, pages.article_lines, words, number)
    return await _page(datasette, request, "desk_articles.html", found=found, words=words)


async def article(datasette, request):
    """The article page."""
    page = await _ask(datasette, request, pages.article_page, int(request.url_vars["article"]), _name(request))
    return await _page(datasette, request, "desk_article.html", page=_found(page, "article"))


async def speakers(datasette, request):
    """The list of speakers, or of those with the words searched for."""
    words, number = _words(request), _number(request)
    found = await _ask(datasette, request, pages.speaker_counts, words, number)
    return await _page(datasette, request, "desk_speakers.html", found=found, words=words)


async def speaker_names(datasette, request):
    """Known names for the type-ahead, as JSON."""
    found = await _ask(datasette, request, pages.known_names, _words(request))
    return Response.json([{"name": name, "kind": kind} for name, kind in found])


async def speaker(datasette, request):
    """The page of a person or body; a merged name leads to the person."""
    uid = request.url_vars["uid"]
    page = _found(await _ask(datasette, request, pages.speaker_page, uid, _number(request)), "speaker")
    if page.speaker.uid != uid:
        return _redirect(datasette, links.speaker_path(page.speaker.uid))
    return await _page(datasette, request, "desk_speaker.html", page=page)


async def people(datasette, request):
    """Who may be whom."""
    found = await _ask(datasette, request, pages.people_page)
    return await _page(datasette, request, "desk_people.html", found=found)


async def people_merge(datasette, request):
    """What a merge would change, before it is made."""
    gone, kept = request.args.get("speaker") or "", (request.args.get("other") or "").strip()
    try:
        shown = await _ask(datasette, request, pages.preview, gone, kept)
    except StoreError as error:
        return await _refusal(datasette, request, str(error), 404)
    return await _page(datasette, request, "desk_merge.html", shown=shown)


async def people_act(datasette, request):
    """A decision about who is who."""
    actor = _reviewer(request)
    pairs = await _pairs(request)
    form, ticked = dict(pairs), [value for name, value in pairs if name == "claim"]
    try:
        uid = await _write(datasette, request, peopling.act, actor, form, ticked)
    except QuotecheckError as error:
        return await _refusal(datasette, request, str(error), _status(error))
    return _redirect(datasette, links.own_path(form.get("back", "")) or links.speaker_path(uid))


async def double(datasette, request):
    """Double review: batches, conflicts, agreement."""
    found = await _ask(datasette, request, pages.double_review, _name(request))
    database = await _database(datasette, request)
    known = await database.execute_fn(reviewers.list_reviewers)
    return await _page(datasette, request, "desk_double.html", found=found, known=known)


async def double_open(datasette, request):
    """A new batch for double review, from the first statements of a queue."""
    actor = _reviewer(request, "adjudicator")
    pairs = await _pairs(request)
    people = [name.strip() for field, name in pairs if field == "reviewer" and name.strip()]
    try:
        await _write(datasette, request, adjudication.open_batch, dict(pairs), people, actor)
    except QuotecheckError as error:
        return await _refusal(datasette, request, str(error), _status(error))
    return _redirect(datasette, f"{links.ROOT}/double")


async def progress(datasette, request):
    """How far the review is, and how right the extractor."""
    found = await _ask(datasette, request, pages.progress_page)
    return await _page(datasette, request, "desk_progress.html", found=found)


async def claim_address(datasette, request):
    """A claim's own address: on to its card on the article page."""
    card = _found(await _ask(datasette, request, pages.card, request.url_vars["claim_id"]), "claim")
    return _redirect(datasette, links.article_path(card.article, card.claim_id))


async def claims(datasette, request):
    """On to the table of claims, statements first shown; with words, those that match."""
    database = (await _database(datasette, request)).name
    query = links.with_query("", {"_search": _words(request), "is_statement": 1})
    return Response.redirect(datasette.urls.table(database, "claims_current") + query)


async def claims_csv(datasette, request, send):
    """Statements as a file, whole or not at all: a CSV for a spreadsheet of them all, or what the query asks for."""
    database = await _database(datasette, request)
    try:
        wanted = downloads.asked({name: request.args.getlist(name) for name in request.args})
    except QuotecheckError as error:
        return await _refusal(datasette, request, str(error), 400)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / wanted.name
        await asyncio.to_thread(downloads.write_claims, database.path, path, wanted)
        await asgi_send_file(send, path, path.name, content_type=wanted.content_type)
        return None


async def review(datasette, request):
    """An action from a claim's card."""
    _must_post(request)
    form = await _form(request)
    role = "adjudicator" if form.get("action") == "adjudicate" else "reviewer"
    actor, claim_id = _reviewer(request, role), request.url_vars["claim_id"]
    everything = request.actor.get("role") == "adjudicator"
    try:
        outcome = await _write(datasette, request, reviewing.act, claim_id, actor, form, everything)
    except ConflictError as error:
        card = await _ask(datasette, request, pages.card, claim_id, actor)
        if card is None:
            return await _refusal(datasette, request, str(error), 409)
        return await _answer(datasette, request, card, form, wanted=reviewing.wanted(form))
    except QuotecheckError as error:
        return await _refusal(datasette, request, str(error), _status(error))
    card = await _ask(datasette, request, pages.card, outcome.claim_id, actor)
    return await _answer(datasette, request, card, form, structural=outcome.structural)


async def article_act(datasette, request):
    """An action on an article: a statement added, the last action undone or redone, all found or not."""
    actor, number = _reviewer(request), int(request.url_vars["article"])
    return await _last(datasette, request, actor, number)


async def undo(datasette, request):
    """The reviewer's last action anywhere, taken back or brought back."""
    return await _last(datasette, request, _reviewer(request), None)


async def _last(datasette, request, actor, number):
    form = await _form(request)
    try:
        outcome = await _write(datasette, request, reviewing.act_on_article, number, actor, form)
    except QuotecheckError as error:
        return await _refusal(datasette, request, str(error), _status(error))
    if outcome is None:
        what = "redo" if form.get("action") == "redo" else "undo"
        place = " in this article" if number else ""
        return await _refusal(datasette, request, f"Nothing of yours is left to {what}{place}.", 404)
    card = await _ask(datasette, request, pages.card, outcome.claim_id, actor) if outcome.claim_id else None
    if card is None and not _wants_json(request):
        back = links.own_path(form.get("back", "")) or (links.article_path(number) if number else f"{links.ROOT}/queue")
        return _redirect(datasette, back)
    return await _answer(datasette, request, card, form, structural=True)


async def _answer(datasette, request, card, form, wanted=None, structural=False):
    """What follows a write: JSON for a script, for a form a redirect; 409 with both versions on a conflict."""
    status = 409 if wanted else 200
    if _wants_json(request):
        told = {"ok": not wanted, "structural": structural}
        if card is not None:
            context = {"card": card, "wanted": wanted} | _rights(request)
            told |= showing.card_json(card)
            told["html"] = await datasette.render_template("_card.html", context, request=request)
        return Response.json(told, status=status)
    if wanted:
        return await _page(datasette, request, "desk_conflict.html", status, card=card, wanted=wanted)
    back = links.own_path(form.get("back", ""))
    if back is None and card is None:
        return _redirect(datasette, f"{links.ROOT}/queue")
    return _redirect(datasette, back or links.article_path(card.article, card.claim_id))


async def _refusal(datasette, request, message, status):
    if _wants_json(request):
        return Response.json({"ok": False, "error": message}, status=status)
    return await _page(datasette, request, "error.html", status, title="Not done", error=message)


def _status(error):
    if isinstance(error, ConflictError):
        return 409
    return 404 if str(error).startswith("no ") and "in this database" in str(error) else 400


async def _database(datasette, request, check=True):
    """The quotecheck database being served: the one the settings name, else the first that has claims."""
    named = _setting(datasette, "database")
    for name, database in datasette.databases.items():
        if named in (None, name) and "claims_current" in await database.view_names():
            if check:
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
    context |= _rights(request)
    return Response.html(await datasette.render_template(template, context, request=request), status=status)


async def _pairs(request):
    """The fields of a posted form in their order; a form that is not UTF-8 has none."""
    try:
        return parse_qsl((await request.post_body()).decode("utf-8"), keep_blank_values=True)
    except UnicodeDecodeError:
        return []


async def _form(request):
    return dict(await _pairs(request))


def _must_post(request):
    if request.method != "POST":
        raise Forbidden("Reviews are sent by POST.")


def _reviewer(request, role="reviewer"):
    _must_post(request)
    if not _can(request, role):
        who = "an adjudicator" if role == "adjudicator" else "a reviewer"
        raise Forbidden(f"Only {who} may do this: ask for a log-in link, or start the desk with --reviewer NAME.")
    return _name(request)


def _can(request, role):
    roles = ("adjudicator",) if role == "adjudicator" else ("reviewer", "adjudicator")
    return bool(request.actor) and request.actor.get("role") in roles


def _rights(request):
    return {"can_review": _can(request, "reviewer"), "can_adjudicate": _can(request, "adjudicator")}


def _name(request):
    return str(request.actor["id"]) if request.actor else None


def _found(page, what):
    if page is None:
        raise NotFound(f"There is no such {what} in this database.")
    return page


def _redirect(datasette, path):
    return Response("", status=303, headers={"Location": datasette.urls.path(path)})


def _with_session(response, value, request):
    length = int(access.SESSION_LENGTH.total_seconds())
    secure = request.scheme == "https"
    response.set_cookie(access.COOKIE, value, max_age=length, httponly=True, secure=secure, samesite="lax")
    return response


def _setting(datasette, name):
    return (datasette.plugin_config(NAME) or {}).get(name)


def _wants_json(request):
    return "application/json" in request.headers.get("accept", "")


def _query(request):
    return {name: request.args.get(name) or "" for name in request.args}


def _words(request):
    return (request.args.get("q") or "").strip()[:200]


def _number(request, name="page", plain=1):
    value = request.args.get(name) or str(plain)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else plain
