import type { Environment, Finding, Platform } from "@plinth/core";
import { isRoleName, withoutPath } from "../workload-identity/role-arn.ts";
import { groupsIn, roleOfGroup } from "./groups-in.ts";

// https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
const reservedBeginnings = ["system:", "eks:", "aws:", "amazon:", "iam:"];

/** What stands between a group of the model and people who get into the cluster as its members. */
export function clusterAccessFindings(platform: Platform): Finding[] {
  return platform.environments.flatMap((environment) => {
    const about = problemsOf(platform, environment);
    const { name, source } = environment;
    return about.map(
      ({ field, ...problem }): Finding => ({
        ...(source === undefined ? {} : { source }),
        path: `environments[${name}].access.authentication${field}`,
        ...problem,
      }),
    );
  });
}

interface Problem extends Omit<Finding, "path" | "source"> {
  /** Below `access.authentication`. */
  readonly field: string;
}

function problemsOf(platform: Platform, environment: Environment): Problem[] {
  const { by, roles, nodeRoles } = environment.access.authentication;
  if (by === "oidc")
    return roles.size === 0 && nodeRoles.length === 0
      ? []
      : [
          {
            field: "",
            code: "without-effect",
            severity: "warning",
            message: "names IAM roles, and the identity provider says who is in which group",
            expected: "by: access-entries or aws-auth, or no roles",
            example: '{ by: "access-entries" }',
          },
        ];
  const groups = groupsIn(platform, environment);
  return [
    ...[...roles.keys()].filter((group) => !groups.includes(group)).map((group) => unknownGroup(group, environment)),
    ...groups.flatMap((group) => groupProblems(group, environment)),
    ...nodeRoles.flatMap((role, index) => (isRoleName(role) ? [] : [noRoleName(role, `.nodeRoles[${index}]`)])),
    ...sharedRoles(groups, environment),
    ...(by === "aws-auth" && nodeRoles.length === 0 ? [nodesLeftOut] : []),
  ];
}

function unknownGroup(group: string, { name }: Environment): Problem {
  return {
    field: `.roles.${group}`,
    code: "unknown-reference",
    severity: "error",
    message: `nothing is bound to a group ${JSON.stringify(group)} in ${name}`,
    expected: "a group of a team, of the platform, of tenancy.bindings or of breakGlass",
  };
}

function groupProblems(group: string, environment: Environment): Problem[] {
  const role = roleOfGroup(environment, group);
  const field = `.roles.${group}`;
  const beginning = reservedBeginnings.find((each) => group.startsWith(each));
  return [
    ...(isRoleName(role)
      ? []
      : [
          {
            ...noRoleName(role, field),
            hint: `say which role stands for the group: roles: { ${JSON.stringify(group)}: "…" }`,
          },
        ]),
    ...(beginning === undefined || environment.access.authentication.by !== "access-entries"
      ? []
      : [
          {
            field,
            code: "invalid-field",
            severity: "error",
            message: `an access entry refuses the group ${JSON.stringify(group)}`,
            expected: `a name that does not begin with ${reservedBeginnings.join(", ")}`,
            example: JSON.stringify(group.slice(beginning.length)),
          } satisfies Problem,
        ]),
  ];
}

function noRoleName(role: string, field: string): Problem {
  return {
    field,
    code: "invalid-field",
    severity: "error",
    message: `${JSON.stringify(role)} is not the name of an IAM role`,
    expected:
      "at most 64 letters, digits and + = , . @ _ -, with a path before it or without; the account comes from the environment",
    example: '"backend-developers"',
  };
}

/** A role that stands for two groups puts everybody who takes it into both. The older map knows no paths, so two roles of one name are one there. */
function sharedRoles(groups: readonly string[], environment: Environment): Problem[] {
  const known = environment.access.authentication.by === "aws-auth" ? withoutPath : (role: string): string => role;
  return [...Map.groupBy(groups, (group) => known(roleOfGroup(environment, group)))].flatMap(
    ([role, [first = "", ...others]]) =>
      others.map(
        (group): Problem => ({
          field: `.roles.${group}`,
          code: "conflicting-fields",
          severity: "error",
          message: `the IAM role ${JSON.stringify(role)} stands for ${first} already: whoever takes it is in both groups`,
          expected: "an IAM role for each group",
          example: JSON.stringify(group),
        }),
      ),
  );
}

const nodesLeftOut: Problem = {
  field: ".nodeRoles",
  code: "invalid-field",
  severity: "error",
  message: "is empty: the map without the nodes' roles cuts every node off",
  expected: "the IAM roles of the nodes",
  example: 'nodeRoles: ["shop-production-nodes"]',
};
