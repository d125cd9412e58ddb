import type { Cluster } from "@plinth/core";

/** AWS partitions other than the common one, by the beginning of their regions: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const partitions: Readonly<Record<string, string>> = {
  "cn-": "aws-cn",
  "eu-isoe-": "aws-iso-e",
  "eusc-": "aws-eusc",
  "us-gov-": "aws-us-gov",
  "us-iso-": "aws-iso",
  "us-isob-": "aws-iso-b",
  "us-isof-": "aws-iso-f",
};

// Role names and the path before them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const rolePattern = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/** True for the name of an IAM role, with or without a path before it: `checkout`, `shop/checkout`. */
export function isRoleName(text: string): boolean {
  return rolePattern.test(text);
}

/** The name of an IAM role without the path before it: `shop/checkout` is `checkout`. */
export function withoutPath(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}

/**
 * The ARN of an IAM role in a cluster's account.
 *
 * @example
 * const arn: string = roleArn("checkout", { account: "111122223333", region: "eu-central-1" });
 * // arn:aws:iam::111122223333:role/checkout
 */
export function roleArn(role: string, { account, region }: Pick<Cluster, "account" | "region">): string {
  const partition = Object.entries(partitions).find(([beginning]) => region.startsWith(beginning))?.[1] ?? "aws";
  return `arn:${partition}:iam::${account}:role/${role}`;
}
