import type { Consequence } from "../consequence.ts";
import type { About } from "../whole/about.ts";
import { without } from "../whole/pairs.ts";
import type { Whole } from "../whole/whole.ts";
import { type KeptTraces, slowText } from "./sampling.ts";

/** What is kept of traces that was not, and the other way round. */
export function samplingChanges(
  base: About,
  whole: Whole,
  before: KeptTraces,
  after: KeptTraces,
): readonly Consequence[] {
  return [
    ...shareChanges(base, before, after),
    ...guarantees(base, before, after),
    ...slowChanges(base, whole, before, after),
    ...otherPolicies(base, before, after),
  ];
}

function shareChanges(base: About, before: KeptTraces, after: KeptTraces): readonly Consequence[] {
  const shareOf = ({ shares, share }: KeptTraces, key: string): number => Math.max(shares.get(key) ?? 0, share);
  const kinds = [...new Set([...before.shares.keys(), ...after.shares.keys()])].sort();
  return ["", ...kinds].flatMap((key): readonly Consequence[] => {
    const [was, is] = key === "" ? [before.share, after.share] : [shareOf(before, key), shareOf(after, key)];
    if (was === is) return [];
    const value = key.slice(key.indexOf("=") + 1);
    const whose =
      key === ""
        ? kinds.length === 0
          ? "traces"
          : "other traces"
        : key.startsWith("service.criticality=")
          ? `traces of tier ${value}`
          : `traces with ${key}`;
    return [
      {
        rule: is < was ? "sampling-reduced" : "sampling-increased",
        ...base,
        subject: whose,
        text: `are kept to ${is} %, not to ${was} %${timesText(was, is)}`,
        details: [],
      },
    ];
  });
}

/** How much more or less there is to store. */
function timesText(was: number, is: number): string {
  if (was === 0 || is === 0) return "";
  const [factor, word] = is > was ? [is / was, "more"] : [was / is, "fewer"];
  return `: ${Number(factor.toPrecision(2))} times ${word}`;
}

function guarantees(base: About, before: KeptTraces, after: KeptTraces): readonly Consequence[] {
  const told = (kinds: readonly string[], fate: "added" | "removed"): readonly Consequence[] =>
    kinds.map((kind) => ({
      rule: `sampling-guarantee-${fate}`,
      ...base,
      subject: kind,
      text: fate === "added" ? "are all kept" : "are not all kept any more",
      details: [],
    }));
  // All traces are: the guarantee says nothing.
  const [was, is] = [before, after].map(({ share, guarantees: list }) => (share === 100 ? [] : list));
  if (before.share === 100 || after.share === 100) return [];
  return [...told(without(is ?? [], was ?? []), "added"), ...told(without(was ?? [], is ?? []), "removed")];
}

function slowChanges(base: About, whole: Whole, before: KeptTraces, after: KeptTraces): readonly Consequence[] {
  if (before.share === 100 || after.share === 100) return [];
  const consequence = (
    about: About,
    subject: string,
    was: number | undefined,
    is: number | undefined,
  ): Consequence => ({
    rule:
      (is ?? Number.POSITIVE_INFINITY) > (was ?? Number.POSITIVE_INFINITY)
        ? "slow-traces-from-later"
        : "slow-traces-from-sooner",
    ...about,
    subject,
    text: `are all kept ${slowText(is)}, not ${slowText(was)}`,
    details: [],
  });
  const services = [...new Set([...before.slowServices.keys(), ...after.slowServices.keys()])].sort();
  return [
    ...(before.slowFrom === after.slowFrom ? [] : [consequence(base, "slow traces", before.slowFrom, after.slowFrom)]),
    ...services.flatMap((service): readonly Consequence[] => {
      const [own, ownNow] = [before.slowServices.get(service), after.slowServices.get(service)];
      if (own === ownNow || whole.ownsService(service)) return [];
      const [was, is] = [own ?? before.slowFrom, ownNow ?? after.slowFrom];
      return was === is ? [] : [consequence({ ...base, service }, `slow traces through ${service}`, was, is)];
    }),
  ];
}

function otherPolicies(base: About, before: KeptTraces, after: KeptTraces): readonly Consequence[] {
  const names = [...new Set([...before.others.keys(), ...after.others.keys()])].sort();
  const changed = names.filter((name) => before.others.get(name) !== after.others.get(name));
  return changed.length === 0
    ? []
    : [
        {
          rule: "sampling-policy-changed",
          ...base,
          subject: "traces",
          text: "are chosen in another way",
          details: changed.map((name) => `policy ${name}`),
        },
      ];
}
