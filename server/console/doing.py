"""Where forms are sent to: the mutation of a name, in a session or on the site.

Why the page that a form stands on is named in its address: a refusal is answered with that page.
"""

from typing import Any

from litestar import Response, post
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath

from server.console.acts import Acts, sent_of
from server.console.site import HTML, Ask, Site, forged, form_of, turned_away


def doing_handlers(site: Site, acts: Acts) -> list[BaseRouteHandler]:
    """What forms do."""

    @post("/s/{session:str}/do/{mutation:str}", media_type=HTML, include_in_schema=False, name="do")
    async def do_in_session(request: Ask, session: FromPath[str], mutation: FromPath[str]) -> Response[Any]:
        visitor, form, query = await site.visitor(request), await form_of(request), dict(request.query_params)
        name = query.get("page", "")
        if not site.ours(request) or name not in site.pages or site.pages[name].own:
            return forged(request, visitor, form)
        done = await acts.give(request, visitor, mutation, form, sessionId=session)
        standpoint = await site.standing(visitor, session)
        view = site.view(name, session, standpoint, query, visitor.language)
        if done.payload:
            back = view.address if view else f"/s/{session}/board"
            return await acts.answered(request, visitor, mutation, form, done, back)
        if view is None:
            return turned_away(request, visitor, standpoint, sent_of(form, done))
        return await site.shown(request, visitor, view, sent_of(form, done), done.status)

    @post("/do/{mutation:str}", media_type=HTML, include_in_schema=False, name="do-on-site")
    async def do_on_site(request: Ask, mutation: FromPath[str]) -> Response[Any]:
        visitor, form = await site.visitor(request), await form_of(request)
        if not site.ours(request):
            return forged(request, visitor, form)
        done = await acts.give(request, visitor, mutation, form)
        if done.payload:
            return await acts.answered(request, visitor, mutation, form, done, "/")
        return await site.home(request, visitor, sent_of(form, done), done.status)

    return [do_in_session, do_on_site]
