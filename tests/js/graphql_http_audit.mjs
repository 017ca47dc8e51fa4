// The audit of GraphQL over HTTP that comes with npm graphql-http, against the endpoint named; prints each finding.
import { auditServer } from "graphql-http";

const found = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(found.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
