/** What the command line's exit codes mean. Scripts rely on them. */
export const exitCodes = {
  /** Done, or nothing to do. */
  ok: 0,
  /** `--check`: the folder is not what the model says. */
  drift: 1,
  /** `diff --fail-on`: a consequence has that risk, or a worse one. */
  consequences: 1,
  /** `explain`: somebody may not, a connection is closed, a manifest is refused. */
  no: 1,
  /** The platform, an option or the folder's content is wrong. Nothing was written. */
  invalid: 2,
  /** The surroundings failed: no permission, a full disk, another render. */
  environment: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
