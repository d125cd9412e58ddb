import type { IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { type ApiResponse, parseWarnings } from "./answer.ts";
import { ClusterError } from "./cluster-error.ts";

/** Who asks, when it is not the administrator. */
export interface Identity {
  user: string;
  groups?: readonly string[];
}

/** One request to the API server. */
export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with its query: `/api/v1/namespaces?limit=500`. */
  path: string;
  /** Plain data, sent as JSON; a text is sent as it is. */
  body?: unknown;
  /** @default "application/json" */
  contentType?: string;
  /** Whom the administrator acts as. @default nobody else */
  as?: Identity;
  /** Who really asks: a bearer token. @default the administrator's */
  token?: string;
}

/** A connection to one API server. */
export interface ApiConnection {
  send: (request: ApiRequest) => Promise<ApiResponse>;
  close: () => void;
}

/** What a connection needs to know of its server. */
export interface ApiEndpoint {
  port: number;
  /** PEM of the authority that signed the server's certificate. */
  certificateAuthority: string;
  token: string;
}

const answerWithin = 60_000;

/**
 * Opens a connection that is kept alive between requests and trusts the given authority only.
 *
 * `send` rejects with ClusterError when there is no answer; a refusal is an answer.
 */
export function connect({ port, certificateAuthority, token }: ApiEndpoint): ApiConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: certificateAuthority });
  const send = (request: ApiRequest): Promise<ApiResponse> =>
    new Promise((resolve, reject) => {
      const body =
        typeof request.body === "string" || request.body === undefined ? request.body : JSON.stringify(request.body);
      const fail = (error: Error): void =>
        reject(new ClusterError(`${request.method} ${request.path}: ${error.message}`, { cause: error }));
      const sent = httpsRequest(
        {
          agent,
          host: "127.0.0.1",
          port,
          method: request.method,
          path: request.path,
          headers: headersOf(request, body, token),
          timeout: answerWithin,
        },
        (response) => {
          readWhole(response)
            .then((text) => readResponse(response, text))
            .then(resolve, fail);
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${answerWithin / 1000} s`)));
      sent.on("error", fail);
      sent.end(
        typeof request.body === "string" || request.body === undefined ? request.body : JSON.stringify(request.body),
      );
    });
  return { send, close: () => agent.destroy() };
}

function headersOf(
  { contentType = "application/json", as, token }: ApiRequest,
  body: string | undefined,
  administrator: string,
): Record<string, string | string[]> {
  return {
    accept: "application/json",
    authorization: `Bearer ${token ?? administrator}`,
    // Node sends the body of a DELETE without its length unless it is told, and the server then takes it for the next request.
    ...(body === undefined ? {} : { "content-type": contentType, "content-length": String(Buffer.byteLength(body)) }),
    ...(as === undefined ? {} : { "impersonate-user": as.user }),
    ...(as?.groups === undefined || as.groups.length === 0 ? {} : { "impersonate-group": [...as.groups] }),
  };
}

async function readWhole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** Health checks answer in plain text, everything else in JSON. */
function readResponse(response: IncomingMessage, text: string): ApiResponse {
  const isJson = response.headers["content-type"]?.includes("json") === true;
  return {
    status: response.statusCode ?? 0,
    body: isJson ? JSON.parse(text) : text,
    warnings: parseWarnings(response.headers.warning),
  };
}
