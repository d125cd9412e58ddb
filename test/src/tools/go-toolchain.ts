import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Finding } from "@plinth/core";
import { compareGoVersions } from "./go-version.ts";

/** The Go that is installed. */
export interface GoToolchain {
  /** As Go says it: `go1.26.8`. */
  version: string;
  /** `linux/amd64`. */
  platform: string;
  /** The folder in which Go keeps what it downloaded. */
  moduleCache: string;
}

/** What a look for Go found: the toolchain, or what is wrong with it. */
export type GoLookup = { found: true; toolchain: GoToolchain } | { found: false; finding: Finding };

/**
 * The environment of each Go command. The user's own flags, workspace and toolchain choice stay out of it: the same go.mod
 * gives the same tool everywhere. `-mod=readonly` is what keeps go.mod and go.sum as they were committed.
 */
export function goEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...environment,
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
    GO111MODULE: "on",
  };
}

/**
 * Looks for `go` in PATH.
 *
 * @param required the least version that will do, for the message: `1.26.6`
 */
export async function findGo(required: string, environment: NodeJS.ProcessEnv = process.env): Promise<GoLookup> {
  try {
    const { stdout } = await promisify(execFile)("go", ["env", "-json", "GOVERSION", "GOOS", "GOARCH", "GOMODCACHE"], {
      env: goEnvironment(environment),
    });
    const { GOVERSION: version, GOOS: system, GOARCH: architecture, GOMODCACHE: moduleCache } = stringFields(stdout);
    if (version === undefined || system === undefined || architecture === undefined || moduleCache === undefined) {
      return {
        found: false,
        finding: brokenGo("`go env` does not say its version, platform and module cache", required),
      };
    }
    return { found: true, toolchain: { version, platform: `${system}/${architecture}`, moduleCache } };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { found: false, finding: missingGo(required) };
    const reason = error instanceof Error ? error.message.trim() : String(error);
    return { found: false, finding: brokenGo(`\`go env\` failed: ${reason}`, required) };
  }
}

/** A finding when the installed Go is too old for what needs it, else nothing. */
export function checkGoVersion(toolchain: GoToolchain, required: string, neededBy: string): Finding | undefined {
  if (compareGoVersions(toolchain.version, required) >= 0) return undefined;
  return {
    code: "tool-missing",
    severity: "error",
    message: `${neededBy} cannot be built with ${toolchain.version}`,
    expected: `Go ${required} or newer in PATH`,
    hint: install(required),
  };
}

function missingGo(required: string): Finding {
  return {
    code: "tool-missing",
    severity: "error",
    message: "Go is not installed: there is no `go` in PATH",
    expected: `Go ${required} or newer in PATH; the tools that judge the rendered files are built with it`,
    hint: install(required),
  };
}

function brokenGo(message: string, required: string): Finding {
  return {
    code: "tool-failed",
    severity: "error",
    message,
    expected: `Go ${required} or newer in PATH`,
    hint: install(required),
  };
}

function install(required: string): string {
  return `install Go ${required} or newer: https://go.dev/doc/install (macOS: \`brew install go\`), open a new shell, then run \`pnpm tools\` again`;
}

/** The fields of a JSON object whose values are strings. */
function stringFields(json: string): Readonly<Record<string, string | undefined>> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
