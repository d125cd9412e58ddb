import { type Finding, nearestName, type Platform, type PolicyException, runsIn, serviceNamed } from "@plinth/core";
import { isClusterScoped } from "../admission/match.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { actionsIn, rolloutOf } from "../admission/rollout.ts";
import { groupsOf } from "../rollout/policy-group.ts";
import { type ChangingPolicy, changingPolicies } from "./changing-policies.ts";
import { endFindings } from "./exception-end.ts";
import { exceptedObjects, judgedKinds } from "./exception-scope.ts";
import { exceptionsNamespace, holdsIn } from "./policy-exceptions.ts";

/**
 * What is wrong with the exceptions of a platform: from no policy, for nothing that the policy judges or refuses, for too much, and, for a day, past their
 * end or soon there.
 */
export function exceptionFindings(
  platform: Platform,
  policies: readonly AnyPolicy[],
  today: string | undefined,
): readonly Finding[] {
  if (platform.policyExceptions.length === 0) return [];
  const changing = changingPolicies(platform);
  return [
    ...platform.policyExceptions.flatMap((exception) => {
      const policy = policies.find(({ name }) => name === exception.policy);
      return [
        ...(policy === undefined
          ? [noPolicy(exception, policies, changing)]
          : [...scopeFindings(exception, policy, platform), ...imageFindings(exception, policy)]),
        ...(today === undefined ? [] : endFindings(exception, today)),
      ];
    }),
    ...namespaceFindings(platform),
  ];
}

function about(exception: PolicyException, field: string): Pick<Finding, "path" | "source"> {
  return {
    ...(exception.source === undefined ? {} : { source: exception.source }),
    path: `policyExceptions[${exception.name}].${field}`,
  };
}

function noPolicy(
  exception: PolicyException,
  policies: readonly AnyPolicy[],
  changing: readonly ChangingPolicy[],
): Finding {
  const where = about(exception, "policy");
  const { policy } = exception;
  const changes = changing.find(({ name }) => name === policy);
  if (changes !== undefined)
    return {
      code: "conflicting-fields",
      severity: "error",
      ...where,
      message: `${policy} ${changes.does}: it finds fault with nothing that could be let pass`,
      expected: "a policy that refuses",
      example: JSON.stringify(policies[0]?.name ?? "disallow-host-path"),
      hint: "remove the entry, and say in the object what it should be instead",
    };
  const members = policies.filter((each) => groupsOf(each).includes(policy));
  if (members.length > 0)
    return {
      code: "conflicting-fields",
      severity: "error",
      ...where,
      message: `${JSON.stringify(policy)} is ${members.length} policies: an exception is from one, so that the others still hold`,
      expected: "the policy that refuses the object, as its message names it",
      example: JSON.stringify(members[0]?.name ?? "disallow-host-path"),
    };
  const names = policies.map(({ name }) => name);
  const nearest = nearestName(policy.replace(/-(enforce|warn)$/, ""), names);
  return {
    code: "unknown-reference",
    severity: "error",
    ...where,
    message: `there is no policy ${JSON.stringify(policy)}`,
    expected: `one of ${names.toSorted().join(", ")}`,
    example: JSON.stringify(nearest ?? names[0] ?? "disallow-host-path"),
    ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
  };
}

function scopeFindings(exception: PolicyException, policy: AnyPolicy, platform: Platform): Finding[] {
  const objects = exceptedObjects(exception, policy, platform);
  const cluster = isClusterScoped(policy.match);
  const kinds = judgedKinds(policy);
  if (cluster !== (objects.namespace === undefined))
    return [
      {
        code: "conflicting-fields",
        severity: "error",
        ...about(exception, "for"),
        message: cluster
          ? `${policy.name} is about objects that are in no namespace, and so in no team's`
          : `${policy.name} is about objects in namespaces, and no team is named`,
        expected: cluster ? "one object, without a team" : "a service, or a team and one of its objects",
        example: cluster
          ? `for: { resource: { kind: ${JSON.stringify(kinds[0])}, name: "node-reader" } }`
          : `for: { team: ${JSON.stringify(platform.teams[0]?.name ?? "backend")}, resource: { kind: ${JSON.stringify(kinds[0])}, name: "old-api" } }`,
      },
    ];
  const { kind, name } = exception.for.resource ?? {};
  if (kind !== undefined && !kinds.includes(kind)) {
    const nearest = nearestName(kind, kinds);
    return [
      {
        code: "without-effect",
        severity: "error",
        ...about(exception, "for.resource.kind"),
        message: `${policy.name} judges no ${kind}`,
        expected: `one of ${kinds.join(", ")}`,
        example: `kind: ${JSON.stringify(nearest ?? kinds.at(-1))}`,
      },
    ];
  }
  return [...widthFindings(exception, name), ...forceFindings(exception, policy, platform)];
}

/** Names hold no wildcards, and a whole team is more than a reason covers. */
function widthFindings(exception: PolicyException, name: string | undefined): Finding[] {
  const { service, team, resource } = exception.for;
  if (name !== undefined && !/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/.test(name))
    return [
      {
        code: "invalid-field",
        severity: "error",
        ...about(exception, "for.resource.name"),
        message: `${JSON.stringify(name)} is the name of no object`,
        expected: "the whole name: an exception for more than one object is one for each",
        example: 'name: "old-api"',
      },
    ];
  if (service !== undefined || resource !== undefined) return [];
  return [
    {
      code: "conflicting-fields",
      severity: "warning",
      ...about(exception, "for"),
      message: `holds for everything that the team ${team} will ever run`,
      expected: "a service, or one object of the team",
      example: `for: { team: ${JSON.stringify(team)}, resource: { kind: "Deployment", name: "old-api" } }`,
    },
  ];
}

/** Where an exception is of no use: its policy judges nothing there, or only reports and is to do no more. */
function forceFindings(exception: PolicyException, policy: AnyPolicy, platform: Platform): Finding[] {
  if (policy.auditOnly === true) return [withoutEffect(exception, "policy", `${policy.name} never refuses anything`)];
  const spoken = platform.environments.filter(
    ({ name }) => exception.environments?.some((each) => each === name) ?? true,
  );
  const held = spoken.filter((environment) => holdsIn(exception, policy, platform, environment));
  if (held.length === 0) {
    const service = exception.for.service === undefined ? undefined : serviceNamed(platform, exception.for.service);
    const runs = service === undefined || spoken.some((environment) => runsIn(service, environment));
    const names = spoken.map(({ name }) => name).join(", ");
    return [
      withoutEffect(
        exception,
        exception.environments === undefined ? "policy" : "environments",
        runs
          ? `${policy.name} judges nothing in ${names}: what it reads came with Kubernetes ${policy.since ?? ""}`.trim()
          : `${exception.for.service} does not run in ${names}`,
      ),
    ];
  }
  const { namespace } = exceptedObjects(exception, policy, platform);
  const idle = held.filter((environment) => {
    const resolved = policyIn(policy, platform, environment) ?? policy;
    const rollout = rolloutOf(resolved, platform, environment);
    return namespace === undefined ? actionsIn(rollout).includes("audit") : rollout.audit.includes(namespace);
  });
  // Where the next step is known, an exception may come before it.
  const awaited = platform.policyRollouts.some(
    ({ policies, next }) => next !== undefined && next.action !== "audit" && groupsOf(policy).includes(policies),
  );
  if (awaited || (exception.environments === undefined && idle.length < held.length)) return [];
  return idle.map((environment) => ({
    ...withoutEffect(
      exception,
      "environments",
      `${policy.name} refuses nothing there in ${environment.name}: it reports`,
    ),
    severity: "warning",
  }));
}

function withoutEffect(exception: PolicyException, field: string, message: string): Finding {
  return {
    code: "without-effect",
    severity: "error",
    ...about(exception, field),
    message,
    expected: "an environment in which the policy refuses what the exception is for",
    hint: "remove the entry",
  };
}

function imageFindings(exception: PolicyException, policy: AnyPolicy): Finding[] {
  const { images } = exception;
  if (images === undefined) return [];
  if (policy.match.kind !== "pods")
    return [
      {
        code: "conflicting-fields",
        severity: "error",
        ...about(exception, "images"),
        message: `${policy.name} judges no pods, and nothing else runs an image`,
        expected: "no images",
        hint: "leave images out",
      },
    ];
  return images.flatMap((image, index): Finding[] =>
    /^[a-z0-9][^\s*]*\*?$/.test(image)
      ? []
      : [
          {
            code: "invalid-field",
            severity: "error",
            ...about(exception, `images[${index}]`),
            message: `is ${JSON.stringify(image)}`,
            expected: "the name of an image, with * at the end for any rest",
            example: '"registry.example.com/legacy/*"',
          },
        ],
  );
}

/** Whoever may write to the namespace of exceptions, may let anything pass. */
function namespaceFindings({ teams }: Platform): Finding[] {
  return teams
    .filter(({ namespace }) => namespace === exceptionsNamespace)
    .map(({ name, source }) => ({
      code: "conflicting-fields",
      severity: "error",
      ...(source === undefined ? {} : { source }),
      path: `teams[${name}].namespace`,
      message: `${exceptionsNamespace} holds the exceptions of all teams`,
      expected: "a namespace of the team's own",
      example: JSON.stringify(`team-${name}`),
    }));
}
