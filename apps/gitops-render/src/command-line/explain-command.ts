import { type Command, InvalidArgumentError } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { ExplainOptions } from "./explain.ts";
import { type ModelWords, modelOptions, modelSources, todayOption } from "./model-options.ts";
import { folder, moment, several } from "./option-values.ts";
import type { Terminal } from "./terminal.ts";

interface SharedWords extends ModelWords {
  readonly out: string;
  readonly environment: readonly string[];
  readonly today: string;
  readonly json?: boolean;
}

type Labels = Readonly<Record<string, string>>;

const examples = `
Examples:
  gitops-render explain can group:backend-developers create pods/exec -n team-backend -e production
  gitops-render explain can serviceaccount:team-backend/checkout get secrets -n team-backend
  gitops-render explain network frontend checkout 5050
  gitops-render explain network checkout 203.0.113.7 443 -e production
  gitops-render explain alert alertname=HighErrorRate service=checkout --at 2026-12-24T03:00:00Z
  gitops-render explain policy deploy/deployment.yaml -n team-backend -e production
  gitops-render explain resource networkpolicy/team-backend/checkout-ingress

Exit codes:
  0  yes, or told
  1  no: somebody may not, a connection is closed, a manifest is refused; in one environment at least
  2  the platform or the question is wrong
`;

/** Adds the questions that a reader of the model may ask. What answers them is loaded when it is asked. */
export function explainCommand(
  command: Command,
  root: string,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): void {
  command
    .description("answer a question about the platform, with what decides it and where that comes from")
    .addHelpText("after", examples);

  shared(command.command("can").description("whether somebody may do something"))
    .argument("<subject>", "group:<name>, user:<name> or serviceaccount:<namespace>/<name>; a name alone is a group's")
    .argument("<verb>", "get, list, create, … as RBAC has them")
    .argument("<resource>", "pods, pods/log, deployments.apps")
    .argument("[name]", "of the object")
    .option("-n, --namespace <name>", "where (default: in the whole cluster)")
    .action(
      async (
        subject: string,
        verb: string,
        resource: string,
        name: string | undefined,
        words: SharedWords & { namespace?: string },
      ) => {
        const { explainCan } = await import("../explain/explain-can.ts");
        const { namespace } = words;
        const question = {
          subject,
          verb,
          resource,
          ...(name === undefined ? {} : { name }),
          ...(namespace === undefined ? {} : { namespace }),
        };
        done(await ask(words, root, (explained) => explainCan(explained, question), terminal));
      },
    );

  shared(command.command("network").description("whether NetworkPolicies allow a connection"))
    .argument("<from>", "a service, data store or part of the platform, alone or as namespace/name; or an IP address")
    .argument("<to>", "the same")
    .argument("<port>", "of the pod that is connected to: 5050, 53/udp")
    .action(async (from: string, to: string, port: string, words: SharedWords) => {
      const { explainNetwork } = await import("../explain/explain-network.ts");
      done(await ask(words, root, (explained) => explainNetwork(explained, { from, to, port }), terminal));
    });

  shared(command.command("alert").description("who is told of an alert, and why"))
    .argument("<label=value...>", "its labels; alertname names it", labels)
    .option("--at <time>", "when it fires: 2026-12-24T03:00:00Z (default: at any time)", moment)
    .option("--firing <label=value,...>", "another alert that fires; may be repeated", firing, [])
    .action(async (said: Labels, words: SharedWords & { at?: Date; firing: readonly Labels[] }) => {
      const { explainAlert } = await import("../explain/explain-alert.ts");
      const question = { labels: said, firing: words.firing, ...(words.at === undefined ? {} : { time: words.at }) };
      done(await ask(words, root, (explained) => explainAlert(explained, question), terminal));
    });

  shared(command.command("policy").description("what the admission policies say of manifests"))
    .argument("<file...>", "YAML of Kubernetes objects")
    .option("-n, --namespace <name>", "where they go when they do not say")
    .action(async (files: readonly string[], words: SharedWords & { namespace?: string }) => {
      const { explainManifests } = await import("./explain.ts");
      const { namespace } = words;
      const options = { ...fromShared(words, root), ...(namespace === undefined ? {} : { namespace }) };
      done(await explainManifests(options, files, terminal));
    });

  shared(command.command("resource").description("which component and which part of the model make an object"))
    .argument("<file or object>", "a file below the output folder, or kind/namespace/name")
    .action(async (asked: string, words: SharedWords) => {
      const { explainResource } = await import("../explain/explain-resource.ts");
      done(await ask(words, root, (explained) => explainResource(explained, asked, words.out), terminal));
    });
}

async function ask(
  words: SharedWords,
  root: string,
  question: Parameters<typeof import("./explain.ts").explain>[1],
  terminal: Terminal,
): Promise<ExitCode> {
  const { explain } = await import("./explain.ts");
  return explain(fromShared(words, root), question, terminal);
}

function shared(command: Command): Command {
  modelOptions(command)
    .option("--out <folder>", "the output folder, as files are named below it", folder, "rendered")
    .option("-e, --environment <name>", "only this environment; may be repeated", several, []);
  return todayOption(command, "the day on which exceptions have ended or not").option(
    "--json",
    "print one JSON document instead of lines",
  );
}

function fromShared(words: SharedWords, root: string): ExplainOptions {
  const { out, environment, today, json = false } = words;
  return {
    ...modelSources(words),
    out,
    root,
    // A question is asked of what is there; `render` asks the compiler.
    checkTypes: false,
    today,
    environments: environment,
    json,
  };
}

function labels(text: string, earlier: Labels = {}): Labels {
  return { ...earlier, ...pair(text) };
}

function firing(text: string, earlier: readonly Labels[]): readonly Labels[] {
  return [...earlier, Object.assign({}, ...text.split(",").map(pair))];
}

function pair(text: string): Labels {
  const [, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('A label is written name=value: "severity=critical".');
  return { [name]: value };
}
