import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Finding, isRecord } from "@plinth/core";
import type { JudgeContext } from "./judge.ts";
import { runTool, toolFailed } from "./run-tool.ts";

const marker = "<!-- gitops-render diff -->";

// What a reviewer's report may hold, and a shell must not read: quotes, substitutions.
const report: Readonly<Record<string, string>> = {
  "diff-1.md": `${marker}\n@nobody 1 of 2: $(touch injected) "quoted" 'single' \\n %s\n`,
  "diff-2.md": `${marker}\n2 of 2: | a | table |\n`,
};

/** What was asked of the host of the repository: a method, a path, and the comment. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Runs GitHub's script with a `gh` that writes down what it is asked. */
export async function githubComments(script: string, { workFolder, signal }: JudgeContext): Promise<Finding[]> {
  const folder = join(workFolder, "github");
  writeReport(folder);
  mkdirSync(join(folder, "bin"));
  const log = join(folder, "asked");
  // Two earlier comments of the workflow, as `--jq` would have found them; a body that begins with @ names a file, as with the real one.
  writeFileSync(
    join(folder, "bin/gh"),
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const words = process.argv.slice(2);
const after = (name) => words[words.indexOf(name) + 1];
const method = words.includes("--method") ? after("--method") : "GET";
const field = words.includes("--field") ? after("--field").replace(/^body=/, "") : undefined;
const path = words.find((word) => word.startsWith("repos/"));
if (method === "GET" && !words.includes("--paginate")) process.exit(1);
if (method === "GET" && after("--jq").includes(${JSON.stringify(JSON.stringify(marker))})) console.log("11\\n12");
const body = field === undefined ? undefined : field.startsWith("@") ? readFileSync(field.slice(1), "utf8") : field;
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ method, path, body }) + "\\n");
`,
    { mode: 0o755 },
  );
  const run = await runTool("bash", ["-euo", "pipefail", "-c", script], {
    workFolder: folder,
    signal,
    environment: {
      PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
      GITHUB_REPOSITORY: "shop/platform",
      NUMBER: "7",
    },
  });
  if (run.exitCode !== 0) return [toolFailed("bash", run)];
  const asked = readFileSync(log, "utf8").trim().split("\n").map(readAsked);
  const comments = "repos/shop/platform/issues/7/comments";
  return differences(".github/workflows/review.yaml", asked, [
    { method: "GET", path: comments },
    ...[11, 12].map((id) => ({ method: "DELETE", path: `repos/shop/platform/issues/comments/${id}` })),
    ...posted(comments),
  ]);
}

/** Runs GitLab's script against a server on this machine that has two pages of notes. */
export async function gitlabComments(script: string, { workFolder, signal }: JudgeContext): Promise<Finding[]> {
  const folder = join(workFolder, "gitlab");
  writeReport(folder);
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "" } = request;
    const body = await bodyOf(request);
    const said: unknown = body === "" ? undefined : JSON.parse(body);
    const text = isRecord(said) ? said["body"] : undefined;
    asked.push({ method, path: url, ...(typeof text === "string" ? { body: text } : {}) });
    if (request.headers["private-token"] !== "secret") response.writeHead(401).end();
    else if (method !== "GET") response.writeHead(204).end();
    else if (url.endsWith("page=1"))
      response.setHeader("x-next-page", "2").end(JSON.stringify([note(11, `${marker}\nold`), note(5, "looks good")]));
    else response.setHeader("x-next-page", "").end(JSON.stringify([note(12, `${marker}\nold`)]));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const run = await runTool("bash", ["-euo", "pipefail", "-c", script], {
      workFolder: folder,
      signal,
      environment: {
        CI_API_V4_URL: `http://127.0.0.1:${portOf(server.address())}/api/v4`,
        CI_MERGE_REQUEST_PROJECT_ID: "3",
        CI_MERGE_REQUEST_IID: "7",
        PLINTH_COMMENT_TOKEN: "secret",
      },
    });
    if (run.exitCode !== 0) return [toolFailed("node", run)];
  } finally {
    server.close();
  }
  const notes = "/api/v4/projects/3/merge_requests/7/notes";
  return differences(".gitlab-ci.yml", asked, [
    ...[1, 2].map((page) => ({ method: "GET", path: `${notes}?per_page=100&page=${page}` })),
    ...[11, 12].map((id) => ({ method: "DELETE", path: `${notes}/${id}` })),
    ...posted(notes),
  ]);
}

function writeReport(folder: string): void {
  mkdirSync(join(folder, "review"), { recursive: true });
  for (const [name, text] of Object.entries(report)) writeFileSync(join(folder, "review", name), text);
  writeFileSync(join(folder, "review/junit.xml"), "<testsuites/>");
}

function posted(path: string): Asked[] {
  return Object.values(report).map((text) => ({ method: "POST", path, body: text }));
}

function readAsked(line: string): Asked {
  const said: unknown = JSON.parse(line);
  const { method, path, body } = isRecord(said) ? said : {};
  return { method: String(method), path: String(path), ...(typeof body === "string" ? { body } : {}) };
}

function note(id: number, body: string): { id: number; body: string } {
  return { id, body };
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

function differences(file: string, asked: readonly Asked[], expected: readonly Asked[]): Finding[] {
  return isDeepStrictEqual(asked, expected)
    ? []
    : [
        {
          code: "rejected-by-judge",
          severity: "error",
          file,
          message: `asks ${JSON.stringify(asked)}`,
          expected: JSON.stringify(expected),
        },
      ];
}
