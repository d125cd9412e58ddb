import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fieldAt, listAt } from "@plinth/core";
import { attributesOf, textOfValue } from "./otlp-json.ts";
import { readRemoteWrite, type WrittenSeries } from "./remote-write.ts";

/** What stands for the back ends: it remembers what comes. */
export interface Sink {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly address: string;
  /** Ids of the spans that came, by trace. */
  readonly spans: ReadonlyMap<string, ReadonlySet<string>>;
  /** The newest sample of each series. */
  readonly series: ReadonlyMap<string, WrittenSeries>;
  /** Log records by their body, each as it came first. */
  readonly logs: ReadonlyMap<string, ReceivedLog>;
  /** Everything that came, as text, by signal. */
  readonly texts: ReadonlyMap<BackEnd, readonly string[]>;
  /** What could not be read. */
  readonly problems: readonly string[];
  /** How many requests were turned away. */
  turnedAway(backEnd: BackEnd): number;
  /** From now on a back end answers so. */
  answers(backEnd: BackEnd, how: Answer): void;
  close(): Promise<void>;
}

/** A log record, with the attributes of its resource. */
export interface ReceivedLog {
  readonly attributes: ReadonlyMap<string, string>;
  readonly resource: ReadonlyMap<string, string>;
  /** How often it came. */
  readonly times: number;
}

export type BackEnd = "traces" | "metrics" | "logs";

/** It takes what comes; it is not there (the connection ends); it is overloaded (503); what comes is wrong (400). */
export type Answer = "takes" | "is away" | "is overloaded" | "rejects";

const paths: Readonly<Record<string, BackEnd>> = {
  "/v1/traces": "traces",
  "/api/v1/write": "metrics",
  "/v1/logs": "logs",
};

const bodyLimit = 64 * 1024 * 1024;

/** Starts a sink on a port of 127.0.0.1 that the kernel chooses. */
export async function startSink(): Promise<Sink> {
  const spans = new Map<string, Set<string>>();
  const series = new Map<string, WrittenSeries>();
  const logs = new Map<string, ReceivedLog>();
  const texts = new Map<BackEnd, string[]>([
    ["traces", []],
    ["metrics", []],
    ["logs", []],
  ]);
  const problems: string[] = [];
  const answers = new Map<BackEnd, Answer>();
  const turnedAway = new Map<BackEnd, number>();
  const readers: Readonly<Record<BackEnd, (body: Buffer) => void>> = {
    traces: (body) => {
      const text = body.toString("utf8");
      for (const { trace, span } of spansIn(JSON.parse(text))) {
        const known = spans.get(trace) ?? new Set();
        known.add(span);
        spans.set(trace, known);
      }
      texts.get("traces")?.push(text);
    },
    metrics: (body) => {
      for (const written of readRemoteWrite(body)) {
        const key = JSON.stringify([...written.labels]);
        if (!series.has(key)) texts.get("metrics")?.push(key);
        if ((series.get(key)?.timestamp ?? 0) <= written.timestamp) series.set(key, written);
      }
    },
    logs: (body) => {
      const text = body.toString("utf8");
      for (const { body: line, ...log } of logsIn(JSON.parse(text))) {
        const known = logs.get(line);
        logs.set(line, known === undefined ? { ...log, times: 1 } : { ...known, times: known.times + 1 });
      }
      texts.get("logs")?.push(text);
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const backEnd = paths[request.url ?? ""];
      if (backEnd === undefined) throw new Error(`nothing is expected at ${request.url}`);
      const how = answers.get(backEnd) ?? "takes";
      if (how !== "takes") turnedAway.set(backEnd, (turnedAway.get(backEnd) ?? 0) + 1);
      if (how === "is away") {
        request.socket.destroy();
        return;
      }
      const body = await bodyOf(request);
      if (how !== "takes") {
        response.writeHead(how === "rejects" ? 400 : 503).end();
        return;
      }
      readers[backEnd](body);
      response.setHeader("content-type", "application/json").end("{}");
    } catch (error) {
      // A collector that is killed in the middle of a request sends the whole of it again.
      if (request.destroyed && !request.complete) return;
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
    logs,
    texts,
    problems,
    turnedAway: (backEnd) => turnedAway.get(backEnd) ?? 0,
    answers: (backEnd, how) => {
      answers.set(backEnd, how);
      turnedAway.set(backEnd, 0);
    },
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
  return listAt(request, "resourceSpans")
    .flatMap((resource) => listAt(resource, "scopeSpans"))
    .flatMap((scope) => listAt(scope, "spans"))
    .map((span) => ({ trace: String(fieldAt(span, "traceId")), span: String(fieldAt(span, "spanId")) }));
}

function logsIn(request: unknown): readonly (Omit<ReceivedLog, "times"> & { readonly body: string })[] {
  return listAt(request, "resourceLogs").flatMap((resourceLogs) => {
    const resource = attributesOf(fieldAt(resourceLogs, "resource"));
    return listAt(resourceLogs, "scopeLogs")
      .flatMap((scope) => listAt(scope, "logRecords"))
      .map((record) => ({ body: textOfValue(fieldAt(record, "body")), attributes: attributesOf(record), resource }));
  });
}
