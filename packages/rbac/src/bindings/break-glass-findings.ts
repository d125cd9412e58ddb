import { type BreakGlass, daysBetween, type Finding, type Platform } from "@plinth/core";
import { clusterAdminName, clusterWideRoles, emergencyNamespaceRoles } from "../roles/roles-by-name.ts";
import { type FindingPlace, placeOf } from "./finding-place.ts";

/** What outlives a quarter is no emergency: it belongs into the roles, where everybody sees it. */
const longest = 90;
/** So long before the end somebody is told. */
const notice = 7;

/** What is wrong with the entries of `breakGlass`, and which are past their day. */
export function breakGlassFindings(
  platform: Platform,
  today: string | undefined,
  deletedByItself: boolean,
): readonly Finding[] {
  // Groups of teams and of the platform are refused by the model itself.
  const guests = new Set(platform.teams.flatMap(({ tenancy }) => tenancy.bindings.map(({ group }) => group)));
  return platform.breakGlass.flatMap((entry) => {
    const place = (field: keyof BreakGlass): FindingPlace => placeOf(`breakGlass[${entry.name}].${field}`, entry);
    return [
      ...roleFindings(entry, place("role")),
      ...(guests.has(entry.group) ? [dailyGroup(entry, place("group"))] : []),
      ...(today === undefined ? [] : endFindings(entry, today, place("until"))),
      ...(deletedByItself ? [] : [nothingDeletes(entry, place("until"))]),
    ];
  });
}

function roleFindings({ role, team }: BreakGlass, place: FindingPlace): Finding[] {
  const inCluster = [...clusterWideRoles.map(({ name }) => name), clusterAdminName];
  const inNamespace = emergencyNamespaceRoles.map(({ name }) => name);
  const [allowed, others] = team === undefined ? [inCluster, inNamespace] : [inNamespace, inCluster];
  if (allowed.includes(role)) return [];
  const [example = ""] = allowed.slice(-1);
  const expected = `one of ${allowed.join(", ")}`;
  if (others.includes(role))
    return [
      {
        code: "conflicting-fields",
        severity: "error",
        ...place,
        message:
          team === undefined
            ? `${JSON.stringify(role)} is a role of one namespace, and no team is named`
            : `${JSON.stringify(role)} is a role of the whole cluster, and holds in the namespace of ${team} alone`,
        expected: team === undefined ? `a team, or ${expected}` : `no team, or ${expected}`,
        example: JSON.stringify(team === undefined ? "platform-admin" : example),
      },
    ];
  const reserved = /^system:|^(admin|edit|view)$/.test(role);
  return [
    {
      code: reserved ? "invalid-field" : "unknown-reference",
      severity: "error",
      ...place,
      message: reserved ? `nobody may hold ${JSON.stringify(role)}` : `there is no role ${JSON.stringify(role)}`,
      expected,
      example: JSON.stringify(team === undefined ? "platform-admin" : example),
    },
  ];
}

function dailyGroup({ group, name }: BreakGlass, place: FindingPlace): Finding {
  return {
    code: "conflicting-fields",
    severity: "error",
    ...place,
    message: `${JSON.stringify(group)} works in a team's namespace day by day: all of its members would hold this, too`,
    expected: "a group of its own, empty in quiet times, that the identity provider lets people join for hours",
    example: JSON.stringify(`break-glass-${name}`),
  };
}

function endFindings({ name, until }: BreakGlass, today: string, place: FindingPlace): Finding[] {
  const left = daysBetween(today, until);
  if (left < 0)
    return [
      {
        code: "expired",
        severity: "error",
        ...place,
        message: `the break-glass ${name} held until ${until}`,
        expected: "a day that is not past",
        hint: "remove the entry: the cluster has deleted the binding, and a render must not bring it back",
      },
    ];
  if (left > longest)
    return [
      {
        code: "invalid-field",
        severity: "error",
        ...place,
        message: `${until} is ${left} days away`,
        expected: `at most ${longest} days: what is needed for longer is a role, and no emergency`,
      },
    ];
  return left > notice
    ? []
    : [
        {
          code: "expired",
          severity: "warning",
          ...place,
          message: `the break-glass ${name} ends ${left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`}`,
          expected: "the entry's removal by then",
          hint: "remove the entry when it is over; a later day takes a new approval",
        },
      ];
}

function nothingDeletes({ name, until }: BreakGlass, place: FindingPlace): Finding {
  return {
    code: "without-effect",
    severity: "warning",
    ...place,
    message: `nothing in the cluster deletes the binding of ${name} after ${until}`,
    expected: 'a component whose software is "kyverno" or "kyverno-cleanup-controller", which deletes by itself',
    hint: "delete the binding by hand on that day",
  };
}
