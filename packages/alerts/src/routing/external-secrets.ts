import { buildUntypedResource, type Environment, type Resource } from "@plinth/core";
import type { AlertmanagerConfig } from "./alertmanager-config.ts";
import { secretFilesOf } from "./secret-files.ts";

/** Where the secrets of the routing are stored. */
export interface SecretStoreOptions {
  /** The store of External Secrets that reads them. @default the ClusterSecretStore `platform` */
  readonly secretStore?: SecretStoreReference;
  /** The key of a secret in the store. @default `plinth/<environment>/alerting/<name>` */
  readonly secretKey?: (environment: Environment, name: string) => string;
}

export interface SecretStoreReference {
  readonly kind: "SecretStore" | "ClusterSecretStore";
  readonly name: string;
}

/**
 * An ExternalSecret, as far as Plinth writes one, with the defaults of its CRD.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
interface ExternalSecret {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: SecretStoreReference;
    readonly target: { readonly name: string; readonly creationPolicy: "Owner"; readonly deletionPolicy: "Retain" };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: {
        readonly key: string;
        readonly property: string;
        readonly conversionStrategy: "Default";
        readonly decodingStrategy: "None";
        readonly metadataPolicy: "None";
      };
    }[];
  };
}

const platformStore: SecretStoreReference = { kind: "ClusterSecretStore", name: "platform" };

/**
 * The ExternalSecrets that bring what a routing reads as files: one for each Secret, each of its keys a property of one entry in the store.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const production = environmentNamed(platform, "production");
 * alertingExternalSecrets("monitoring", production, alertmanagerConfig(platform, production)).map(({ metadata }) => metadata.name);
 */
export function alertingExternalSecrets(
  namespace: string,
  environment: Environment,
  config: AlertmanagerConfig,
  { secretStore = platformStore, secretKey = defaultKey }: SecretStoreOptions = {},
): readonly Resource[] {
  const keysOf = Map.groupBy(secretFilesOf(config), ({ secret }) => secret);
  return [...keysOf].map(([secret, files]) => {
    const body: ExternalSecret = {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: secret, namespace },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: secretStore,
        target: { name: secret, creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [...new Set(files.map(({ key }) => key))].map((key) => ({
          secretKey: key,
          remoteRef: {
            key: secretKey(environment, secret.replace(/^alertmanager-/, "")),
            property: key,
            conversionStrategy: "Default",
            decodingStrategy: "None",
            metadataPolicy: "None",
          },
        })),
      },
    };
    return buildUntypedResource({ ...body });
  });
}

function defaultKey(environment: Environment, name: string): string {
  return `plinth/${environment.name}/alerting/${name}`;
}
