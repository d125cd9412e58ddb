import type { Consequence } from "../consequence.ts";

/**
 * What is true of several things of an environment, said once. Of those that stand alone nothing changes.
 *
 * @param noun What they are, in the plural: `alerts`.
 * @param folds Which consequences may be said together.
 */
export function alikeTogether(
  consequences: readonly Consequence[],
  noun: string,
  folds: (consequence: Consequence) => boolean,
): readonly Consequence[] {
  const groups = Map.groupBy(consequences.filter(folds), ({ environment, rule, text }) =>
    [environment, rule, text].join("\n"),
  );
  return [
    ...consequences.filter((consequence) => !folds(consequence)),
    ...[...groups.values()].flatMap((group) => (group.length === 1 ? group : [foldedInto(group, noun)])),
  ];
}

function foldedInto(group: readonly Consequence[], noun: string): Consequence {
  const [first] = group;
  if (first === undefined) throw new RangeError("Nothing is not said of anything.");
  const { team, service, ...rest } = first;
  const [sameTeam, sameService] = [
    group.every((each) => each.team === team),
    group.every((each) => each.service === service),
  ];
  return {
    ...rest,
    ...(team !== undefined && sameTeam ? { team } : {}),
    ...(service !== undefined && sameService ? { service } : {}),
    subject: `${group.length} ${noun}`,
    text: inThePlural(rest.text),
    details: [
      ...new Set(group.map((each) => [each.subject, each.service].filter((name) => name !== undefined).join(" of "))),
    ].sort(),
    objects: [...new Set(group.flatMap(({ objects }) => objects))],
    files: [...new Set(group.flatMap(({ files }) => files))],
  };
}

/** `lead to another runbook`: a text begins with its verb. */
function inThePlural(text: string): string {
  return text
    .replace(/^is\b/, "are")
    .replace(/^has\b/, "have")
    .replace(/^(\w+)s\b/, "$1");
}
