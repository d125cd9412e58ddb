import { join } from "node:path";
import { type Component, type Environment, type Finding, type Platform, plan, type Resource } from "@plinth/core";
import {
  type Cluster,
  type Connection,
  type ConnectionChanges,
  clusterOf,
  compareConnections,
  connections,
  declaredConnections,
  describeConnection,
  isolationOf,
  policyComponents,
} from "@plinth/policies";
import type { Judge, JudgeContext } from "./judge.ts";
import { analyze } from "./network-analyzer.ts";
import { isNetworkPolicy } from "./network-policies.ts";
import { type DeclaredDependency, declaredDependencies } from "./network-removal-dependencies.ts";

// While the analyzer runs for one, the next is rendered.
const CONCURRENT = 2;

/** Each declared dependency of each service is taken out of the model, one at a time: exactly its connections close, and nothing else opens or closes. */
export const networkRemoval: Judge = {
  name: "network-removal",
  purpose: "a dependency that is not declared any more closes its connections and no others",
  tools: ["netpol-analyzer"],
  judge: async (context) => {
    const components = networkComponents(context.platform);
    const findings: Finding[] = [];
    let removals = 0;
    let closed = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, components, context);
      removals += judged.removals;
      closed += judged.closed;
      findings.push(...judged.findings);
    }
    return { read: `${removals} removals, which close ${closed} connections`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  components: readonly Component[],
  { platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly removals: number; readonly closed: number; readonly findings: readonly Finding[] }> {
  const before = stateOf(platform, environment, components);
  const seen = await analyze(before.cluster, before.policies, join(workFolder, environment.name), signal);
  if (seen.connections === undefined) return { removals: 0, closed: 0, findings: [seen.failure] };
  const all = seen.connections;
  const dependencies = declaredDependencies(platform, environment);
  const queue = [...dependencies.entries()];
  const findings: Finding[] = [];
  let closed = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      signal.throwIfAborted();
      const [number, dependency] = next;
      const after = stateOf(dependency.without, environment, components);
      const focus = touchedWorkloads(before, after);
      const folder = join(workFolder, `${environment.name}-${number}`);
      const analysis =
        focus.length === 0 ? { connections: [] } : await analyze(after.cluster, after.policies, folder, signal, focus);
      if (analysis.connections === undefined) {
        findings.push(analysis.failure);
        continue;
      }
      const declared = compareConnections(before.declared, after.declared);
      closed += declared.closed.length;
      findings.push(
        ...declarationFindings(dependency, environment, declared),
        ...readerFindings(dependency, environment, declared, {
          "Plinth's evaluator": compareConnections(before.open, after.open),
          "netpol-analyzer": compareConnections(all.filter(hasEndIn(focus)), analysis.connections),
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  return { removals: dependencies.length, closed, findings };
}

/** What a platform means in an environment: what it declares, what it renders, and what that allows. */
interface State {
  readonly cluster: Cluster;
  readonly policies: readonly Resource[];
  readonly declared: readonly Connection[];
  readonly open: readonly Connection[];
}

function stateOf(platform: Platform, environment: Environment, components: readonly Component[]): State {
  const cluster = clusterOf(platform, environment);
  const { files } = plan({ ...platform, environments: [environment] }, components);
  const policies = files.flatMap(({ resource }) =>
    resource !== undefined && isNetworkPolicy(resource) ? [resource] : [],
  );
  return {
    cluster,
    policies,
    declared: declaredConnections(platform, environment),
    open: connections(cluster, policies),
  };
}

/** The components that render NetworkPolicies: the others take time and change nothing here. */
function networkComponents(platform: Platform): readonly Component[] {
  const names = new Set(
    plan(platform, policyComponents).files.flatMap(({ entry, resource }) =>
      resource !== undefined && isNetworkPolicy(resource) ? [entry.component] : [],
    ),
  );
  return policyComponents.filter(({ name }) => names.has(name));
}

/**
 * The workloads that a policy selects which is there before or after alone, or is another. Of two workloads whose policies are all the same, the connection
 * is the same: the analyzer looks at the others, in a quarter of the time.
 */
function touchedWorkloads(before: State, after: State): readonly string[] {
  const [old, now] = [before, after].map(({ policies }) => new Map(policies.map((each) => [nameOf(each), each])));
  const changed = new Set(
    [...(old ?? new Map()), ...(now ?? new Map())]
      .map(([name]) => name)
      .filter((name) => JSON.stringify(old?.get(name)) !== JSON.stringify(now?.get(name))),
  );
  const touched = [before, after].flatMap(({ cluster, policies }) =>
    isolationOf(cluster, policies)
      .filter(({ ingress, egress }) => [...ingress, ...egress].some((name) => changed.has(name)))
      .map(({ workload: { namespace, name } }) => `${namespace}/${name}`),
  );
  return [...new Set(touched)];
}

function nameOf({ metadata: { namespace, name } }: Resource): string {
  return `${namespace}/${name}`;
}

function hasEndIn(focus: readonly string[]): (connection: Connection) => boolean {
  return ({ source, destination }) =>
    [source, destination].some((end) => end.kind === "workload" && focus.includes(`${end.namespace}/${end.name}`));
}

/** What the declarations themselves make of it: something closes, and only of this service. */
function declarationFindings(
  { service, name, sharesTarget }: DeclaredDependency,
  environment: Environment,
  { opened, closed }: ConnectionChanges,
): readonly Finding[] {
  const strangers = [...opened, ...closed].filter(
    ({ source, destination }) =>
      ![source, destination].some((end) => end.kind === "workload" && end.name === service.name),
  );
  return [
    ...(closed.length === 0 && !sharesTarget
      ? [
          refused(
            { service, name },
            environment,
            "no connection is declared less",
            "at least one: what is declared opens one",
          ),
        ]
      : []),
    ...strangers.map((connection) =>
      refused(
        { service, name },
        environment,
        `${describeConnection(connection)} is declared otherwise`,
        `only connections of ${service.name}`,
      ),
    ),
  ];
}

/** Where what a reader of the policies sees change is not what the declarations say. */
function readerFindings(
  dependency: DeclaredDependency,
  environment: Environment,
  declared: ConnectionChanges,
  readers: Readonly<Record<string, ConnectionChanges>>,
): readonly Finding[] {
  return Object.entries(readers).flatMap(([reader, seen]) => {
    const closing = compareConnections(declared.closed, seen.closed);
    const opening = compareConnections(declared.opened, seen.opened);
    const refuse = (verb: string, expected: string): ((connection: Connection) => Finding) => {
      return (connection) =>
        refused(dependency, environment, `${describeConnection(connection)} ${verb}, says ${reader}`, expected);
    };
    return [
      ...closing.opened.map(refuse("closes", "open as before")),
      ...closing.closed.map(refuse("stays open", "closed")),
      ...opening.opened.map(refuse("opens", "closed as before")),
      ...opening.closed.map(refuse("stays closed", "open")),
    ];
  });
}

function refused(
  { service, name }: Pick<DeclaredDependency, "service" | "name">,
  environment: Environment,
  message: string,
  expected: string,
): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    ...(service.source === undefined ? {} : { source: service.source }),
    message: `${environment.name}: when ${service.name} does not say "${name}", ${message}`,
    expected,
  };
}
