import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fieldAt } from "@plinth/core";
import { readRemoteWrite, type WrittenSeries } from "./sampling-remote-write.ts";

/** What stands for the back ends: it remembers what comes. */
export interface Sink {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly address: string;
  /** Ids of the spans that came, by trace. */
  readonly spans: ReadonlyMap<string, ReadonlySet<string>>;
  /** The newest sample of each series. */
  readonly series: ReadonlyMap<string, WrittenSeries>;
  /** What could not be read. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

const bodyLimit = 64 * 1024 * 1024;

/** Starts a sink on a port of 127.0.0.1 that the kernel chooses. */
export async function startSink(): Promise<Sink> {
  const spans = new Map<string, Set<string>>();
  const series = new Map<string, WrittenSeries>();
  const problems: string[] = [];
  const take = async (request: IncomingMessage): Promise<void> => {
    const body = await bodyOf(request);
    if (request.url === "/v1/traces") {
      for (const { trace, span } of spansIn(JSON.parse(body.toString("utf8")))) {
        const known = spans.get(trace) ?? new Set();
        known.add(span);
        spans.set(trace, known);
      }
    } else if (request.url === "/api/v1/write") {
      for (const written of readRemoteWrite(body)) {
        const key = JSON.stringify([...written.labels]);
        if ((series.get(key)?.timestamp ?? 0) <= written.timestamp) series.set(key, written);
      }
    } else throw new Error(`nothing is expected at ${request.url}`);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await take(request);
      response.setHeader("content-type", "application/json").end("{}");
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      response.writeHead(400).end();
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen({ port: 0, host: "127.0.0.1" }, done);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("A listening socket has no port.");
  return {
    address: `http://127.0.0.1:${address.port}`,
    spans,
    series,
    problems,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > bodyLimit) throw new Error(`a request has more than ${bodyLimit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function spansIn(request: unknown): readonly { readonly trace: string; readonly span: string }[] {
  const list = (value: unknown, field: string): readonly unknown[] => {
    const found = fieldAt(value, field);
    return Array.isArray(found) ? found : [];
  };
  return list(request, "resourceSpans")
    .flatMap((resource) => list(resource, "scopeSpans"))
    .flatMap((scope) => list(scope, "spans"))
    .map((span) => ({ trace: String(fieldAt(span, "traceId")), span: String(fieldAt(span, "spanId")) }));
}
