import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { about } from "../whole/about.ts";

/** A sentence about one application of Argo CD. */
export interface Said {
  readonly rule: Consequence["rule"];
  readonly change: ObjectChange;
  /** Of the application. */
  readonly name: string;
  readonly text: string;
  readonly details?: readonly string[];
  readonly team?: string;
  readonly service?: string;
}

/** What is true of several is said once. @param total How many there are in the environment. */
export function together(environment: string, said: readonly Said[], total: () => number): readonly Consequence[] {
  const groups = Map.groupBy(said, ({ rule, text }) => [rule, text].join("\n"));
  return [...groups.values()].flatMap((group): readonly Consequence[] => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.map(({ name }) => name).sort();
    const teams = [...new Set(group.map(({ team }) => team))];
    const [team] = teams;
    const subject =
      names.length === 1
        ? `application ${first.name}`
        : names.length === total()
          ? "every application"
          : `${names.length} applications`;
    return [
      {
        rule: first.rule,
        ...about(environment, ...group.map(({ change }) => change)),
        ...(teams.length === 1 && team !== undefined ? { team } : {}),
        ...(group.length === 1 && first.service !== undefined ? { service: first.service } : {}),
        subject,
        text: names.length === 1 || names.length === total() ? first.text : ofSeveral(first.text),
        details: [...new Set(group.flatMap(({ details = [] }) => details)), ...(names.length === 1 ? [] : names)],
      },
    ];
  });
}

const irregular: Readonly<Record<string, string>> = { is: "are", does: "do", undoes: "undo" };

/** `are synced by themselves`: the words of one application, said of several. */
function ofSeveral(text: string): string {
  const [verb = "", ...rest] = text.split(" ");
  return [irregular[verb] ?? verb.replace(/s$/, ""), ...rest].join(" ").replace("by itself", "by themselves");
}
