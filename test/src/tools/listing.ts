import { existsSync } from "node:fs";
import { readTools, type ToolStatus } from "./ensure.ts";
import type { GoLookup } from "./go-toolchain.ts";
import { moduleCacheFolder, type SchemaName, schemaNames, schemaSources, schemaVersion } from "./schemas.ts";
import type { ToolName } from "./tools.ts";

/** One row of `pnpm tools --list`. */
interface Row {
  name: string;
  version: string;
  from: string;
  state: string;
  purpose: string;
}

/** What `pnpm tools --list` prints: each tool with its version, binary and state, then each source of schemas. */
export async function listTools(names: readonly ToolName[], withSchemas: boolean): Promise<string> {
  const { statuses, go } = await readTools(names);
  const built = statuses.map(toolRow);
  const fetched = withSchemas ? await Promise.all(schemaNames.map((name) => schemaRow(name, go))) : [];
  const parts = [
    table({ name: "TOOL", version: "VERSION", from: "BINARY", state: "STATE", purpose: "WHAT IT JUDGES" }, built),
    table(
      { name: "SCHEMAS OF", version: "VERSION", from: "GO MODULE", state: "STATE", purpose: "WHAT IS IN IT" },
      fetched,
    ),
    notes(statuses),
    [go.found ? `Go: ${go.toolchain.version} ${go.toolchain.platform}` : `Go: ${go.finding.message}`],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function toolRow({ sources, state }: ToolStatus): Row {
  const { name, version, tool } = sources;
  return { name, version, from: tool.binary, state: state.state, purpose: tool.purpose };
}

async function schemaRow(name: SchemaName, go: GoLookup): Promise<Row> {
  const { module, carries } = schemaSources[name];
  const version = await schemaVersion(name);
  const there = go.found && existsSync(moduleCacheFolder(go.toolchain.moduleCache, module, version));
  return {
    name,
    version,
    from: module,
    state: go.found ? (there ? "fetched" : "missing") : "unknown",
    purpose: carries,
  };
}

/** Why a tool does not count as built, where a word does not say it. */
function notes(statuses: readonly ToolStatus[]): string[] {
  return statuses.flatMap(({ sources, state }) =>
    "because" in state ? [`${sources.name} is ${state.state}: ${state.because}`] : [],
  );
}

function table(head: Row, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const width = (column: keyof Row): number => Math.max(...all.map((row) => row[column].length));
  const [name, version, from, state] = [width("name"), width("version"), width("from"), width("state")];
  return all.map((row) =>
    [
      row.name.padEnd(name),
      row.version.padEnd(version),
      row.from.padEnd(from),
      row.state.padEnd(state),
      row.purpose,
    ].join("  "),
  );
}
