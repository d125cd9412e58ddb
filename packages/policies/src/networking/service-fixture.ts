import { Service } from "kubernetes-models/v1/Service";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";

/** What of a Service policies read. */
export interface ServiceFixture {
  readonly type?: "ClusterIP" | "ExternalName" | "LoadBalancer" | "NodePort";
  readonly externalIPs?: readonly string[];
  readonly externalName?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Service to try policies on. */
export function service({ externalIPs, annotations, ...spec }: ServiceFixture = {}): ObjectFixture {
  return object(
    Service,
    {
      spec: {
        ...spec,
        ...(externalIPs === undefined ? {} : { externalIPs: [...externalIPs] }),
        selector: { "app.kubernetes.io/name": "cart" },
        ports: [{ name: "http", port: 80 }],
      },
    },
    annotations === undefined ? {} : { annotations },
  );
}
