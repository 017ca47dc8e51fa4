// Joins GraphiQL to this server: operations over HTTP, subscriptions over graphql-transport-ws, one token for both.
// Nothing is fetched from anywhere else; the page's policy would not let it.
"use strict";

(() => {
  const endpoint = new URL(window.location.pathname, window.location.origin);
  const socketUrl = new URL(endpoint);
  socketUrl.protocol = endpoint.protocol === "https:" ? "wss:" : "ws:";

  // The token lives as long as this tab: not in GraphiQL's own storage, which stays.
  const field = document.getElementById("token");
  const said = document.getElementById("shown");
  field.value = window.sessionStorage.getItem("polylogue-token") ?? "";
  const show = () => {
    said.textContent = field.value
      ? "Sent with every operation, unless the headers below name another."
      : "Nobody: without a token you see what is public.";
  };
  field.addEventListener("input", () => {
    window.sessionStorage.setItem("polylogue-token", field.value.trim());
    show();
  });
  document.getElementById("who").addEventListener("submit", (event) => event.preventDefault());
  show();

  const headersOf = (options) => {
    const headers = new Headers(options?.headers ?? {});
    const token = field.value.trim();
    if (token && !headers.has("authorization")) headers.set("authorization", `Bearer ${token}`);
    return headers;
  };

  const overHttp = async (operation, headers) => {
    headers.set("content-type", "application/json");
    headers.set("accept", "application/graphql-response+json, application/json;q=0.9");
    const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(operation) });
    return response.json();
  };

  // One socket at a time; another token needs another socket.
  let socket = { authorization: undefined, client: undefined };
  const clientFor = (authorization) => {
    if (!socket.client || socket.authorization !== authorization) {
      socket.client?.dispose();
      const client = graphqlWs.createClient({
        url: socketUrl.href,
        connectionParams: authorization ? { authorization } : undefined,
        retryAttempts: 0,
      });
      socket = { authorization, client };
    }
    return socket.client;
  };

  async function* overSocket(operation, headers) {
    try {
      yield* clientFor(headers.get("authorization") ?? undefined).iterate(operation);
    } catch (problem) {
      if (Array.isArray(problem)) yield { errors: problem };
      else if (typeof problem?.code === "number") throw new Error(`The socket was closed: ${problem.code} ${problem.reason}`);
      else throw problem;
    }
  }

  const isSubscription = (operation, options) =>
    options?.documentAST?.definitions.some(
      (definition) =>
        definition.kind === "OperationDefinition" &&
        definition.operation === "subscription" &&
        (!operation.operationName || definition.name?.value === operation.operationName),
    ) ?? false;

  const fetcher = (operation, options) =>
    (isSubscription(operation, options) ? overSocket : overHttp)(operation, headersOf(options));

  const asked = new URLSearchParams(window.location.search);
  ReactDOM.createRoot(document.getElementById("graphiql")).render(
    React.createElement(GraphiQL, {
      fetcher,
      query: asked.get("query") ?? undefined,
      variables: asked.get("variables") ?? undefined,
      defaultQuery: "# Ask the session. Ctrl-Space completes, Ctrl-Enter runs.\n\n{\n  __typename\n}\n",
      isHeadersEditorEnabled: true,
      shouldPersistHeaders: false,
      defaultEditorToolsVisibility: true,
    }),
  );
})();
