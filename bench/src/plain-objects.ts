import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dump } from "js-yaml";

// The same ready objects, written and nothing else: the limit. Usage: plain-objects.ts json|yaml <objects> <folder>
const [form = "json", objects = "", folder = "dist"] = process.argv.slice(2);
const made = new Set<string>();
for (const line of readFileSync(objects, "utf8").trimEnd().split("\n")) {
  const { path, resource } = JSON.parse(line);
  const file = join(folder, path);
  if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  made.add(dirname(file));
  writeFileSync(file, form === "json" ? JSON.stringify(resource) : dump(resource, { noRefs: true, lineWidth: -1 }));
}
