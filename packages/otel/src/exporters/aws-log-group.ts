import { type Options, written } from "../configuration/component.ts";

/** Days that CloudWatch keeps a log group, from the list that it knows. */
export type LogRetentionDays = (typeof logRetentionDays)[number];

/** Retentions that CloudWatch takes, in days; 0 is for ever. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentionDays = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The log group that data goes to. */
export interface AwsLogGroup {
  /** Its retention where the exporter makes it. @default 0: for ever */
  readonly logRetention?: LogRetentionDays;
  /** Tags where the exporter makes it, 50 at most. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

export function logGroupOptions({ logRetention, tags }: AwsLogGroup): Options {
  return written({ log_retention: logRetention, tags });
}
