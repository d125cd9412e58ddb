import { join } from "node:path";
import { type Environment, emitYaml, type Finding, fieldAt, type Platform, type Resource } from "@plinth/core";
import { kyvernoApply, kyvernoValues, type ReportedResult, readKyvernoReport } from "@plinth/policies";
import { shopWorkloads } from "../astronomy-shop/shop-workloads.ts";
import { kyvernoOutputs } from "./kyverno-reports.ts";
import type { RenderedTree } from "./rendered-tree.ts";

/** Policies at a time: the command line takes them all, and memory with each. */
const POLICIES_AT_ONCE = 20;

/** What was judged of the shop, and what is wrong. */
export interface ShopVerdict {
  readonly rows: number;
  readonly findings: readonly Finding[];
}

/**
 * The Astronomy Shop's workloads before the policies that refuse in an environment, as they are rendered: first without exceptions, then, before the policies that
 * have some, with them. What fails has to be let pass by an exception, and every exception has to let pass something that fails.
 */
export async function shopVerdict(
  tree: RenderedTree,
  platform: Platform,
  environment: Environment,
  workFolder: string,
  signal: AbortSignal,
): Promise<ShopVerdict> {
  const rendered = tree.objects.flatMap(({ file, resource }) =>
    file.entry?.environment === environment.name ? [resource] : [],
  );
  const refusing = rendered.filter(refuses);
  const names = new Set(refusing.map(({ metadata }) => metadata.name));
  const exceptions = rendered.filter(
    (resource) => isException(resource) && namesOf(resource).some((name) => names.has(name)),
  );
  const excepted = new Set(exceptions.flatMap(namesOf));
  const workloads = shopWorkloads(platform, environment);
  const run = async (policies: readonly Resource[], without: boolean): Promise<readonly ReportedResult[] | string> => {
    const chunks = Array.from({ length: Math.ceil(policies.length / POLICIES_AT_ONCE) }, (_, index) =>
      policies.slice(index * POLICIES_AT_ONCE, (index + 1) * POLICIES_AT_ONCE),
    );
    const outputs = await kyvernoOutputs(
      chunks.map((chunk) => shopRun(chunk, without ? [] : exceptions, workloads, platform)),
      join(workFolder, without ? "without" : "with"),
      signal,
    );
    const reports = outputs.map(readKyvernoReport);
    const failed = reports.indexOf(undefined);
    return failed === -1 ? reports.flatMap((rows) => rows ?? []) : (outputs[failed] ?? "");
  };
  const alone = await run(refusing, true);
  const withExceptions = await run(
    refusing.filter(({ metadata }) => excepted.has(metadata.name)),
    false,
  );
  if (typeof alone === "string" || typeof withExceptions === "string")
    return { rows: 0, findings: [noReport(environment, typeof alone === "string" ? alone : String(withExceptions))] };
  return {
    rows: alone.length + withExceptions.length,
    findings: shopFindings(environment, exceptions, alone, withExceptions),
  };
}

function refuses(resource: Resource): boolean {
  const actions = fieldAt(resource, "spec", "validationActions");
  return resource.kind === "ValidatingPolicy" && Array.isArray(actions) && actions.includes("Deny");
}

function isException({ apiVersion, kind }: Resource): boolean {
  return kind === "PolicyException" && apiVersion.startsWith("policies.kyverno.io/");
}

/** Names of the policies that an exception is from. */
function namesOf(resource: Resource): string[] {
  const references = fieldAt(resource, "spec", "policyRefs");
  return (Array.isArray(references) ? references : []).flatMap((reference: unknown) => {
    const name: unknown =
      typeof reference === "object" && reference !== null ? Reflect.get(reference, "name") : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

function shopRun(
  policies: readonly Resource[],
  exceptions: readonly Resource[],
  workloads: readonly Resource[],
  platform: Platform,
): { files: { path: string; text: string }[]; arguments: readonly string[] } {
  const documents = (resources: readonly Resource[]): string =>
    resources.map((resource) => emitYaml(resource)).join("---\n");
  return {
    files: [
      { path: "policies.yaml", text: documents(policies) },
      { path: "resources.yaml", text: documents(workloads) },
      { path: "values.yaml", text: emitYaml(kyvernoValues(platform.teams.map(({ namespace }) => namespace))) },
      ...(exceptions.length === 0 ? [] : [{ path: "exceptions.yaml", text: documents(exceptions) }]),
    ],
    arguments: kyvernoApply("policies.yaml", ...(exceptions.length === 0 ? [] : ["--exception", "exceptions.yaml"])),
  };
}

/** What the two reports mean together. */
export function shopFindings(
  environment: { readonly name: string },
  exceptions: readonly Resource[],
  alone: readonly ReportedResult[],
  withExceptions: readonly ReportedResult[],
): readonly Finding[] {
  const failing = alone.filter(({ result }) => result !== "pass");
  const skipped = new Map(withExceptions.flatMap((row) => (row.result === "skip" ? [[keyOf(row), row.message]] : [])));
  const refused = failing.filter((row) => !skipped.has(keyOf(row)));
  const needed = failing.flatMap((row) => skipped.get(keyOf(row)) ?? []);
  return [
    ...refused.map(
      (row): Finding => ({
        code: "rejected-by-judge",
        severity: "error",
        path: `environments[${environment.name}]`,
        resource: `${row.kind} ${row.namespace}/${row.name}`,
        message: `${row.policy} refuses it: ${row.message}`,
        expected: "an object that passes, or an exception that the model declares",
      }),
    ),
    ...exceptions
      // Kyverno names the exceptions of a row by their namespace and name.
      .filter(
        ({ metadata }) =>
          !needed.some((message) => message.split(/[\s,]+/).includes(`${metadata.namespace}/${metadata.name}`)),
      )
      .map(
        ({ metadata }): Finding => ({
          code: "rejected-by-judge",
          severity: "error",
          path: `policyExceptions[${metadata.name}]`,
          message: `nothing of the shop needs it in ${environment.name}`,
          expected: "an object that fails without it",
          hint: "remove the exception",
        }),
      ),
  ];
}

function keyOf({ policy, kind, namespace, name }: ReportedResult): string {
  return [policy, kind, namespace, name].join("\u0000");
}

function noReport(environment: Environment, output: string): Finding {
  return {
    code: "tool-failed",
    severity: "error",
    path: `environments[${environment.name}]`,
    message: "the Kyverno command line printed no report",
    hint: output.trim().slice(0, 500),
  };
}
