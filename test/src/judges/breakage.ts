import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, formatFinding } from "@plinth/core";
import { argocd } from "./argocd.ts";
import { type Breakage, breakages } from "./breakages.ts";
import type { Judge } from "./judge.ts";
import { kubeconform } from "./kubeconform.ts";
import { kustomize } from "./kustomize.ts";
import { readRenderedTree, withOrigin } from "./rendered-tree.ts";

/** The judges themselves are judged: a copy of the tree is broken in every way at once, and each must be named with file, field and component. */
export const breakage: Judge = {
  name: "breakage",
  purpose: "what is broken is noticed, and named with file, field and component",
  tools: [...kubeconform.tools, ...kustomize.tools],
  judge: async (context) => {
    const folder = join(context.workFolder, "rendered");
    cpSync(context.tree.folder, folder, { recursive: true });
    const unbroken = breakages.flatMap((broken) => applyBreakage(folder, broken));
    const tree = readRenderedTree(folder);
    const findings: Finding[] = [...tree.findings];
    for (const judge of [kubeconform, kustomize, argocd]) {
      findings.push(...(await judge.judge({ ...context, tree })).findings);
    }
    const named = findings.map((finding) => withOrigin(finding, tree.files));
    return {
      read: `${breakages.length} ways to break a file`,
      findings: [...unbroken, ...breakages.flatMap((broken) => unnoticed(broken, named))],
    };
  },
};

/** Breaks the copy; a finding when the file no longer offers what is to be broken, for then nothing would be shown. */
function applyBreakage(folder: string, { name, file, to, change }: Breakage): Finding[] {
  const text = readFileSync(join(folder, file), "utf8");
  const broken = change(text);
  if (broken === undefined) rmSync(join(folder, file));
  else writeFileSync(join(folder, to ?? file), broken);
  return to === undefined && broken === text
    ? [{ code: "tool-failed", severity: "error", message: `${name}: the change does not fit the file any more`, file }]
    : [];
}

function unnoticed({ name, file, to, names, component }: Breakage, findings: readonly Finding[]): Finding[] {
  const about = findings.filter((finding) => finding.file === (to ?? file) || finding.message.includes(to ?? file));
  const noticed = about.some(
    (finding) => formatFinding(finding).includes(names) && (component === undefined || finding.component === component),
  );
  if (noticed) return [];
  return [
    {
      code: "rejected-by-judge",
      severity: "error",
      message: `${name} in ${to ?? file} is not named as it should be: ${about.length === 0 ? "nobody noticed" : about.map(formatFinding).join("\n")}`,
      expected: `a finding that names the file, ${names}${component === undefined ? "" : ` and the component ${component}`}`,
    },
  ];
}
