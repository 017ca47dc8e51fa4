"""Who may knock for what: every role asks for every root field, on a real server, over HTTP and WebSocket.

The oracle is the table of actions; that the table says what the rules say is tried apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_required_input_field,
)
from strawberry.schema_directives import OneOf

from ledger import consultations
from ledger.occasion import fresh_id
from polylogue.convergence.matrix import Matrix, canonical_input
from polylogue.record.canonical import canonical
from polylogue.rules.shelf import COMMANDS, names, rule_set
from polylogue.vocabulary import PersonId, Role
from schema import tables
from schema.api.actions import ACTIONS, Kind
from schema.api.authorise import authorise, not_permitted
from schema.api.context import Principal, Standpoint
from schema.api.errors import AuthenticationError
from server.access import issue
from tests.schema.api.house import NOBODY, SCHEMA, SEATS, House, Table, command, on_sqlite
from tests.schema.api.served import Ask, Served, served

R = Role
ROLES: dict[str, frozenset[Role]] = {
    "organiser": frozenset({R.ORGANISER}),
    "chair": frozenset({R.CHAIR, R.SECRETARIAT}),
    "secretary": frozenset({R.SECRETARIAT}),
    SEATS[1]: frozenset({R.DELEGATE}),
    "facilitator": frozenset({R.FACILITATOR}),
    "onlooker": frozenset({R.PUBLIC}),
    "worker": frozenset({R.WORKER}),
    "outsider": frozenset(),
    "stranger": frozenset(),
}
"""People who ask, with what they are in the session: an outsider has a token, and a part in another session."""

SEES_NOTHING = ("outsider", "stranger")
GRAPHQL = SCHEMA._schema
QUERIES = {
    "consultation": "query($consultation: ID!) { consultation(id: $consultation) { id } }",
    "consultations": "{ consultations { nodes { id } } }",
    "invitation": 'query { invitation(code: "0000-0000") { usable } }',
    "joinCards": "query($session: ID!) { joinCards(sessionId: $session) { role } }",
    "me": "{ me { person siteRoles } }",
    "ruleSets": "{ ruleSets { name } }",
    "serverTime": "{ serverTime }",
    "session": "query($session: ID!) { session(id: $session) { id } }",
    "sessions": "{ sessions { nodes { id } } }",
    "whatIf": "query($session: ID!, $item: ID!) { whatIf(sessionId: $session, itemId: $item, moves: []) { basis } }",
}
SUBSCRIPTIONS = {
    "sessionEntries": "subscription($session: ID!) { sessionEntries(sessionId: $session) { __typename } }",
    "convergence": "subscription($session: ID!, $item: ID!) { convergence(sessionId: $session, itemId: $item)"
    " { basis } }",
    "draft": "subscription($session: ID!, $item: ID!) { draft(sessionId: $session, itemId: $item) { number } }",
}


class Scene:
    """The session that everybody asks about."""

    session = ""
    item = ""
    consultation = NOBODY

    async def prepare(self, home: House) -> None:
        """An open session with a draft and a report, and somebody of every role."""
        other = await home.schedule()
        await home.admit(other, "outsider", "CHAIR")
        table = await home.open()
        await home.admit(table.session, "onlooker", "PUBLIC", by="chair")
        home.tokens["worker"] = await home.database.transact(_worker)
        await table.do(
            "tableDraft",
            by="secretary",
            itemId=table.item,
            clauses=[{"provisionId": table.provisions[0], "revision": 1}],
        )
        await home.database.transact(lambda connection: _report(connection, table))
        await home.database.transact(lambda connection: _consultation(connection, self.consultation, table))
        await home.tell("invite", by="organiser", sessionId=table.session)
        self.session, self.item = table.session, table.item

    @property
    def variables(self) -> dict[str, str]:
        return {"session": self.session, "item": self.item, "consultation": self.consultation}


def _worker(connection: sa.Connection) -> str:
    return issue(connection, PersonId(fresh_id()), site_role=R.WORKER)[0]


def _report(connection: sa.Connection, table: Table) -> None:
    """That there is a report; what it says is not what is tried here."""
    report = tables.Report.metadata.tables["report"]
    row: dict[str, Any] = {each.name: 1 if isinstance(each.type, sa.Integer) else "{}" for each in report.columns}
    of = canonical(canonical_input(Matrix(table.item, (), (), ()))).decode()
    ours = {"session": table.session, "item": table.item, "algorithm": "convergence", "input": of}
    connection.execute(sa.insert(report), row | ours)


def _consultation(connection: sa.Connection, id: str, table: Table) -> None:
    """That one stands beside the session; what it says is tried elsewhere."""
    columns = tables.Consultation.metadata.tables["consultation"].columns
    row: dict[str, Any] = {each.name: 1 if isinstance(each.type, sa.Integer) else "" for each in columns}
    row |= {"matrix": b"", "points": b"", "grouping": "EXPORT"}
    consultations.keep(connection, row | {"id": id, "session": table.session})


SCENE = Scene()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(on_sqlite(tmp_path_factory.mktemp("authorise")), SCENE.prepare) as made:
        yield made


@contextmanager
def asking(server: Served, who: str, door: str) -> Iterator[Ask]:
    """Somebody asks over HTTP or over a WebSocket."""
    token = server.house.tokens.get(who)
    with server.http(token) if door == "http" else server.websocket(token) as ask:
        yield ask


# ── inputs, made from the schema, so that a new mutation is tried without another line here ──────────────────────────


def smallest(kind: GraphQLInputType) -> Any:
    """A value of a type that names nothing that there is."""
    if isinstance(kind, GraphQLNonNull):
        return smallest(kind.of_type)
    if isinstance(kind, GraphQLList):
        return []
    if isinstance(kind, GraphQLInputObjectType) and OneOf() in kind.extensions["strawberry-definition"].directives:
        name, field = next(iter(kind.fields.items()))
        return {name: smallest(field.type)}
    if isinstance(kind, GraphQLInputObjectType):
        return {name: smallest(field.type) for name, field in kind.fields.items() if is_required_input_field(field)}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    known = {"ID": NOBODY, "Int": 1, "Seq": 1, "LanguageTag": "en", "SeatCode": SEATS[1], "Boolean": True}
    return known.get(get_named_type(kind).name, "words")


def given(mutation: str, who: str) -> dict[str, Any]:
    assert GRAPHQL.mutation_type
    argument = GRAPHQL.mutation_type.fields[mutation].args["input"].type
    kind = get_named_type(argument)
    assert isinstance(kind, GraphQLInputObjectType)
    values = smallest(kind)
    if "seat" in kind.fields:
        values["seat"] = SEATS[1]
    if "sessionId" in kind.fields:
        values["sessionId"] = SCENE.session
    if "idempotencyKey" in kind.fields:
        values["idempotencyKey"] = f"{mutation} by {who} {fresh_id()}"
    if mutation == "redeemInvitation":
        values["name"] = "Somebody"
    if mutation == "admitPerson":
        values |= {"role": "PUBLIC", "name": "Somebody"}
    if mutation == "scheduleSession":
        values["scenario"] = "reservoirs"
    return values


# ── the trials ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("door", ["http", "websocket"])
@pytest.mark.parametrize("who", ROLES)
def test_every_mutation(server: Served, who: str, door: str):
    """Inside the door the rules decide, and they do not take back what the table gives."""
    with asking(server, who, door) as ask:
        for name in (name for name, action in ACTIONS.items() if action.kind is Kind.MUTATION):
            response = ask(command(name), {"input": given(name, who)})
            if ACTIONS[name].anybody:
                assert response["data"][name]["code"] == "CODE_UNKNOWN", (name, response)
                continue
            if who == "stranger":
                assert [error["extensions"]["code"] for error in response["errors"]] == ["UNAUTHENTICATED"], name
                assert response["data"] is None, name
                continue
            assert "data" in response, (name, response)
            answer = response["data"][name]
            if ROLES[who] & ACTIONS[name].roles:
                assert answer.get("code") not in ("NOT_PERMITTED", "SEAT_NOT_HELD", "SEAT_AMBIGUOUS"), (name, answer)
            else:
                assert (answer.get("code"), answer.get("rule")) == ("NOT_PERMITTED", "procedure 0.4"), (name, answer)


@pytest.mark.parametrize("door", ["http", "websocket"])
@pytest.mark.parametrize("who", ROLES)
def test_every_query(server: Served, who: str, door: str):
    with asking(server, who, door) as ask:
        for name, document in QUERIES.items():
            asked = {key: value for key, value in SCENE.variables.items() if f"${key}" in document}
            response = ask(document, asked or None)
            if who == "stranger" and not ACTIONS[name].anybody and R.PUBLIC not in ACTIONS[name].roles:
                assert [error["extensions"]["code"] for error in response["errors"]] == ["UNAUTHENTICATED"], name
                continue
            assert "errors" not in response, (name, response)
            let_in = ACTIONS[name].anybody or bool(ROLES[who] & ACTIONS[name].roles)
            assert bool(response["data"][name]) == let_in, name
        listed = ask(QUERIES["sessions"], None)["data"]["sessions"]["nodes"]
        beside = ask(QUERIES["consultations"], None)["data"]["consultations"]["nodes"]
    assert ({"id": SCENE.session} in listed) == (who not in SEES_NOTHING)
    assert ({"id": SCENE.consultation} in beside) == (who not in SEES_NOTHING)


@pytest.mark.parametrize("who", ROLES)
def test_every_subscription(server: Served, who: str):
    with asking(server, who, "websocket") as ask:
        for name, document in SUBSCRIPTIONS.items():
            response = ask(document, {key: value for key, value in SCENE.variables.items() if f"${key}" in document})
            if ROLES[who] & ACTIONS[name].roles:
                assert response["data"][name], name
            else:
                assert [error["extensions"]["code"] for error in response["errors"]] == ["UNKNOWN_REFERENCE"], name


@pytest.mark.parametrize("door", ["http", "websocket"])
def test_who_has_no_part_in_a_session_cannot_tell_it_from_none(server: Served, door: str):
    """And is pointed at the id, which may be mistyped."""
    with asking(server, "outsider", door) as ask:
        for name in (name for name, action in ACTIONS.items() if action.kind is Kind.MUTATION and not action.anybody):
            values = given(name, "outsider")
            told = [
                ask(command(name), {"input": values | {"sessionId": id}})["data"][name]
                for id in (SCENE.session, NOBODY, "no id")
                if "sessionId" in values
            ]
            assert all(answer == told[0] for answer in told), name
            for answer in told[:1]:
                assert answer["path"] == ["sessionId"], name
                assert answer["message"] == "There is no such session, or you have no part in it.", name
        for document in SUBSCRIPTIONS.values() if door == "websocket" else ():
            errors = [ask(document, of(document, session=id))["errors"] for id in (SCENE.session, NOBODY, "no id")]
            assert errors[0] == errors[1] == errors[2]
            assert errors[0][0]["message"].startswith("There is no such session, or you have no part in it;")


def test_who_has_a_part_learns_whether_it_is_the_session_or_the_part(server: Served):
    with asking(server, "chair", "websocket") as ask:
        mistyped = ask(command("openItem"), {"input": {**given("openItem", "chair"), "sessionId": NOBODY}})
        assert mistyped["data"]["openItem"]["path"] == ["sessionId"]
        (error,) = ask(SUBSCRIPTIONS["draft"], of(SUBSCRIPTIONS["draft"], item=NOBODY))["errors"]
        assert error["message"] == "There is no such item in this session; look at `itemId`."
    for who, pointed in (
        (SEATS[1], None),
        ("facilitator", None),
        ("onlooker", ["sessionId"]),
        ("organiser", ["sessionId"]),
    ):
        with asking(server, who, "http") as ask:
            told = ask(command("openItem"), {"input": given("openItem", who)})["data"]["openItem"]
        assert told["message"] == "You hold no such part in this session. Permitted: the chair."
        assert told["path"] == pointed, who
    with asking(server, "organiser", "http") as ask:  # nothing is asked of the tables of a session that is not there
        for name in ("invite", "reissueSeat", "revokeToken", "dismissPerson"):
            told = ask(command(name), {"input": {**given(name, "organiser"), "sessionId": NOBODY}})["data"][name]
            assert (told["code"], told["path"]) == ("UNKNOWN_REFERENCE", ["sessionId"]), name


def of(document: str, **changed: str) -> dict[str, str]:
    """The variables that a document asks for."""
    return {key: value for key, value in {**SCENE.variables, **changed}.items() if f"${key}:" in document}


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_root_field_has_an_action_and_every_action_a_field():
    roots = {
        Kind.QUERY: GRAPHQL.query_type,
        Kind.MUTATION: GRAPHQL.mutation_type,
        Kind.SUBSCRIPTION: GRAPHQL.subscription_type,
    }
    fields = {(kind, name) for kind, root in roots.items() if root for name in root.fields}
    assert fields == {(action.kind, name) for name, action in ACTIONS.items()}
    assert {(action.kind, name) for name, action in ACTIONS.items() if action.kind is not Kind.MUTATION} == {
        *((Kind.QUERY, name) for name in QUERIES),
        *((Kind.SUBSCRIPTION, name) for name in SUBSCRIPTIONS),
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_door_is_open_to_whom_the_rules_of_some_house_let_in(name: str):
    """And to nobody else: a role that no rule set lets do it need not get as far as the writer."""
    let_in: set[Role] = set()
    for house in names():
        rules = rule_set(house)
        row = rules.commands[name]
        let_in |= {*row.by, *([R.DELEGATE, *rules.enter_for] if row.seat else [])}
    assert ACTIONS[name[0].lower() + name[1:]].roles == let_in


def test_an_action_that_is_not_in_the_table_is_nobodys():
    with pytest.raises(KeyError):
        authorise(Principal(PersonId("p"), frozenset({R.ORGANISER})), Standpoint(frozenset(Role)), "eraseEverything")


def test_a_stranger_in_a_public_session_reads_and_needs_a_token_for_the_rest():
    public = Standpoint(frozenset({R.PUBLIC}))
    assert authorise(Principal(), public, "session")
    assert not authorise(Principal(), Standpoint(), "session")
    with pytest.raises(AuthenticationError):
        authorise(Principal(), public, "postPosition")
    assert not_permitted("cleanText").params == {"allowed": "CHAIR"}
