import { type Document, type Environment, markdownTable, type Platform } from "@plinth/core";
import { changesRedaction } from "./redaction.ts";
import { redactedKeys, redactedValues } from "./redaction-list.ts";

/** The page that lists what is taken out of telemetry, and what single environments change about it. */
export function redactionDocuments(platform: Platform): readonly Document[] {
  return [{ path: "docs/telemetry/redaction.md", text: redactionPage(platform) }];
}

function redactionPage({ environments }: Platform): string {
  return [
    "# What is taken out of telemetry",
    "",
    "The gateways mask these in traces, metrics and logs before anything is counted, queued for a back end or sent: in attributes of resources, spans, span events, points and log records, in log bodies, and in the names and status messages of spans. `****` stands in their place.",
    "",
    "## Keys",
    "",
    "The whole value goes. A key counts by itself and as the last part of a longer one: `http.request.header.authorization`.",
    "",
    markdownTable(
      ["Key", "What stands there"],
      redactedKeys.map(({ key, what }) => [code(key), what]),
    ),
    "",
    "## Values",
    "",
    "What the pattern finds goes, wherever it stands.",
    "",
    markdownTable(
      ["Name", "What it is", "Pattern (RE2)"],
      redactedValues.map(({ name, what, pattern }) => [code(name), what, code(pattern)]),
    ),
    ...environments.filter(({ telemetry }) => changesRedaction(telemetry.redaction)).flatMap(changesIn),
    "",
  ].join("\n");
}

function changesIn({ name, telemetry }: Environment): readonly string[] {
  const { keys, values, allow } = telemetry.redaction;
  return [
    "",
    `## In ${name}`,
    "",
    markdownTable(
      ["Change", "What", "Why"],
      [
        ...allow.map((entry) => ["stays", code(entry.name), entry.because]),
        ...keys.map((key) => ["goes, too: key", code(key), ""]),
        ...Object.entries(values).map(([value, pattern]) => [`goes, too: ${value}`, code(pattern), ""]),
      ],
    ),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}
