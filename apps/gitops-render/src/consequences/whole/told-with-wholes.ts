import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { ruleOf } from "../risk/rule-of.ts";
import { differsOnlyByName, type Naming, namingService, namingTeam } from "./named-differences.ts";
import { type Whole, wholeIn } from "./whole.ts";

/**
 * What follows from a service or a team that comes or goes is told with it: the policy that names all services names it, too; the dashboard of its team has a row
 * for it. What an expert would name on its own stays: connections with the outside, cloud roles, ways to more than somebody holds, data.
 */
export function toldWithWholes(
  comparison: TreeComparison,
  consequences: readonly Consequence[],
): readonly Consequence[] {
  return [...Map.groupBy(consequences, ({ environment }) => environment)].flatMap(([environment, here]) => {
    const wholes = wholesOf(here);
    return wholes.length === 0 ? here : new Followers(comparison, environment, wholes).toldWith(here);
  });
}

const wholeRules: ReadonlySet<string> = new Set([
  ...["service-added", "service-removed", "data-service-added", "data-service-removed", "service-changed-team"],
  ...["service-tier-raised", "service-tier-lowered", "team-added", "team-removed"],
]);

/** Something that comes or goes, the consequence that tells of it, and what names it. */
interface ToldWhole {
  readonly consequence: Consequence;
  readonly names: Naming;
  /** What follows from it: sentences, and changed objects. */
  readonly sentences: string[];
  readonly objects: string[];
}

function wholesOf(here: readonly Consequence[]): readonly ToldWhole[] {
  return here
    .filter(({ rule }) => wholeRules.has(rule))
    .map((consequence) => {
      const [kind, name = ""] = consequence.subject.split(" ");
      const names = kind === "team" ? namesOfTeam(consequence, name) : namesOf(consequence, name);
      return { consequence, names, sentences: [], objects: [] };
    })
    .sort((a, b) => (a.consequence.subject < b.consequence.subject ? -1 : 1));
}

/** A team, and the services that come or go with it. */
function namesOfTeam({ details }: Consequence, team: string): Naming {
  const services = details.find((detail) => detail.startsWith("services: "))?.slice("services: ".length) ?? "";
  const names = [
    namingTeam(team),
    ...services
      .split(", ")
      .filter((name) => name !== "")
      .map(namingService),
  ];
  return (text) => names.some((each) => each(text));
}

/** A service that changes hands is named by the namespaces of both teams, too. */
function namesOf({ rule, concerns = [] }: Consequence, service: string): Naming {
  const names = [namingService(service), ...(rule === "service-changed-team" ? concerns.map(namingTeam) : [])];
  return (text) => names.some((each) => each(text));
}

class Followers {
  readonly #wholes: readonly ToldWhole[];
  readonly #whole: Whole;
  readonly #changes = new Map<string, ObjectChange>();
  readonly #byName = new Map<string, boolean>();

  constructor(comparison: TreeComparison, environment: string, wholes: readonly ToldWhole[]) {
    this.#wholes = wholes;
    this.#whole = wholeIn(comparison, environment);
    for (const change of comparison.changesIn(environment)) {
      const object = change.after ?? change.before;
      if (object !== undefined) this.#changes.set(object.identity, change);
    }
  }

  toldWith(here: readonly Consequence[]): readonly Consequence[] {
    const staying = here.filter((consequence) => {
      const whole = this.#follows(consequence) ? this.#wholeOf(consequence) : undefined;
      whole?.sentences.push(...sentencesOf(consequence));
      whole?.objects.push(...consequence.objects);
      return whole === undefined;
    });
    const spokenOf = new Set(here.flatMap(({ objects }) => objects));
    for (const identity of this.#changes.keys()) {
      if (spokenOf.has(identity)) continue;
      const whole = this.#wholes.find(({ names }) => this.#isNamed(identity, names));
      // The panels of a team's dashboard move when a row of a service comes or goes.
      if (this.#differsByName(identity) || this.#objectOf(identity)?.entry.component === "dashboards")
        whole?.objects.push(identity);
    }
    return staying.map((consequence) => {
      const whole = this.#wholes.find((each) => each.consequence === consequence);
      return whole === undefined ? consequence : this.#withFollowers(whole);
    });
  }

  #withFollowers({ consequence, sentences, objects }: ToldWhole): Consequence {
    const files = objects.flatMap((identity) => this.#objectOf(identity)?.path ?? []);
    return {
      ...consequence,
      details: [...consequence.details, ...new Set(sentences.toSorted())],
      objects: [...new Set([...consequence.objects, ...objects])],
      files: [...new Set([...consequence.files, ...files])],
    };
  }

  #follows({ rule, subject, objects }: Consequence): boolean {
    if (wholeRules.has(rule)) return false;
    if (rule === "service-joins-network" || rule === "service-leaves-network")
      return this.#wholes.some(({ names }) => names(subject));
    if (/^(?:permission|account)-/.test(rule))
      return objects.length > 0 && objects.every((each) => this.#ownsForTeam(each));
    return (
      followingDomains.has(ruleOf(rule).domain) &&
      !ownRules.test(rule) &&
      objects.every((each) => this.#differsByName(each))
    );
  }

  /** The first one that a consequence names; else the first that one of its objects names. */
  #wholeOf({ subject, text, objects }: Consequence): ToldWhole | undefined {
    return (
      this.#wholes.find(({ names }) => names(`${subject} ${text}`)) ??
      this.#wholes.find(({ names }) => objects.some((identity) => this.#isNamed(identity, names)))
    );
  }

  #objectOf(identity: string): ObjectChange["after"] {
    const change = this.#changes.get(identity);
    return change?.after ?? change?.before;
  }

  /** True for what the groups of a team hold because the team is there. */
  #ownsForTeam(identity: string): boolean {
    const team = this.#objectOf(identity)?.entry.team;
    return (team !== undefined && this.#whole.ownsTeam(team)) || this.#differsByName(identity);
  }

  #differsByName(identity: string): boolean {
    const known = this.#byName.get(identity);
    if (known !== undefined) return known;
    const change = this.#changes.get(identity);
    const differs =
      change !== undefined && differsOnlyByName(change, (text) => this.#wholes.some(({ names }) => names(text)));
    this.#byName.set(identity, differs);
    return differs;
  }

  #isNamed(identity: string, names: Naming): boolean {
    const change = this.#changes.get(identity);
    return [change?.before, change?.after].some(
      (object) => object !== undefined && names(JSON.stringify(object.resource)),
    );
  }
}

const followingDomains: ReadonlySet<string> = new Set([
  "permissions",
  "network",
  "policies",
  "alerts",
  "telemetry",
  "dashboards",
]);
// Told on their own: an expert would name them even of something new.
const ownRules = /^(?:escalation|cloud-role|connection|isolation|exception|dead-mans)/;

function sentencesOf({ rule, subject, text, details }: Consequence): readonly string[] {
  return rule === "service-joins-network" || rule === "service-leaves-network" ? details : [`${subject} ${text}`];
}
