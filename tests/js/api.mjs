// The API over HTTP, as other people's clients use it. What is answered otherwise than hoped for ends the script.
export const api = (url) => {
  const ask = async (query, variables = {}, token = null) => {
    const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answer = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const give = async (token, mutation, input, shown = "") => {
    const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}`;
    const query =
      `mutation($input: ${kind}Input!) { done: ${mutation}(input: $input) { __typename ` +
      `... on ${kind}Payload { receipt { seq } ${shown} } ... on Refusal { message } } }`;
    const { done } = await ask(query, { input: { idempotencyKey: crypto.randomUUID(), ...input } }, token);
    if (!done.__typename.endsWith("Payload")) throw new Error(`${mutation}: ${JSON.stringify(done)}`);
    return done;
  };
  return { ask, give };
};
