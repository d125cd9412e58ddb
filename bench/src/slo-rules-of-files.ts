import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emitYaml, hasErrors } from "@plinth/core";
import { readServiceLevels, slothRuleGroups } from "@plinth/slo";

// What `sloth generate -i <folder> -o <folder>` does: read, validate, make rules, write.
const [input = "", output = ""] = process.argv.slice(2);
for (const file of readdirSync(input)) {
  const { documents, findings } = readServiceLevels(readFileSync(join(input, file), "utf8"), { file });
  if (hasErrors(findings)) throw new Error(JSON.stringify(findings[0]));
  writeFileSync(join(output, file), emitYaml({ groups: documents.flatMap(({ spec }) => slothRuleGroups(spec)) }));
}
