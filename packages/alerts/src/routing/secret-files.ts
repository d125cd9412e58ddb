import type { AlertmanagerConfig } from "./alertmanager-config.ts";
import { secretsFolder } from "./receivers.ts";

/** A key of a Secret that a configuration reads as a file. */
export interface SecretFile {
  /** Name of the Secret: one of `Alertmanager.spec.secrets`. */
  readonly secret: string;
  readonly key: string;
}

/**
 * The secrets that a configuration needs, by name: what must be in the Alertmanager's namespace and mounted into it.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * secretFilesOf(alertmanagerConfig(platform, environmentNamed(platform, "development"))); // [{ secret: "alertmanager-watchdog", key: "url" }]
 */
export function secretFilesOf({ global, receivers }: AlertmanagerConfig): readonly SecretFile[] {
  const paths = [
    global?.smtp_auth_password_file,
    ...receivers.flatMap(({ pagerduty_configs = [], slack_configs = [], webhook_configs = [] }) => [
      ...pagerduty_configs.map(({ routing_key_file }) => routing_key_file),
      ...slack_configs.map(({ api_url_file }) => api_url_file),
      ...webhook_configs.map(({ url_file }) => url_file),
    ]),
  ];
  return [...new Set(paths)].flatMap((path) => {
    const [secret, key] = path?.startsWith(`${secretsFolder}/`) ? path.slice(secretsFolder.length + 1).split("/") : [];
    return secret === undefined || key === undefined ? [] : [{ secret, key }];
  });
}
