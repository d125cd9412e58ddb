import { createWriteStream } from "node:fs";
import { buildPlatform, plan } from "@plinth/core";
import { components } from "@plinth/gitops-render";
import { syntheticPlatform } from "./synthetic-platform.ts";

// Writes the objects of a synthetic platform, one JSON text a line: what the other programs start from. Usage: ready-objects.ts <services> <file>
const [services = "100", file = "objects.jsonl"] = process.argv.slice(2);
const { platform, findings } = buildPlatform(syntheticPlatform(Number(services)));
if (platform === undefined) throw new Error(JSON.stringify(findings));
const stream = createWriteStream(file);
for (const { path, resource } of plan(platform, components).files)
  if (resource !== undefined) stream.write(`${JSON.stringify({ path, resource })}\n`);
stream.end();
