import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { type ObjectFixture, object, untypedObject } from "../admission/object-fixture.ts";

const backend = { service: { name: "cart", port: { name: "http" } } };

/** What of an Ingress policies read. */
export interface IngressFixture {
  /** Hosts of its rules; `undefined` is a rule for every host. */
  readonly hosts?: readonly (string | undefined)[];
  /** Hosts of each of its certificates. */
  readonly tls?: readonly (readonly string[])[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Where everything goes that no rule names. */
  readonly defaultBackend?: boolean;
}

/** An Ingress to try policies on. */
export function ingress({ hosts = [], tls, annotations, defaultBackend = false }: IngressFixture): ObjectFixture {
  return object(
    Ingress,
    {
      spec: {
        ...(defaultBackend ? { defaultBackend: backend } : {}),
        ...(tls === undefined ? {} : { tls: tls.map((names) => ({ hosts: [...names], secretName: "cart-tls" })) }),
        ...(hosts.length === 0
          ? {}
          : {
              rules: hosts.map((host) => ({
                ...(host === undefined ? {} : { host }),
                http: { paths: [{ path: "/", pathType: "Prefix" as const, backend }] },
              })),
            }),
      },
    },
    annotations === undefined ? {} : { annotations },
  );
}

/** A route of the Gateway API to try policies on. */
export function route(kind: "GRPCRoute" | "HTTPRoute", hostnames?: readonly string[]): ObjectFixture {
  return untypedObject({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind,
    spec: {
      parentRefs: [{ name: "shared", namespace: "istio-system" }],
      ...(hostnames === undefined ? {} : { hostnames }),
      rules: [{ backendRefs: [{ name: "cart", port: 8080 }] }],
    },
  });
}
