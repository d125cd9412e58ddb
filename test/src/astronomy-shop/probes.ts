import { type NamedPort, portsOf, type Service } from "@plinth/core";
import { Duration } from "cdk8s";
import { type ContainerProps, Probe } from "cdk8s-plus-34";

/** Where images of others tell how they are; ours do at `/healthz`. */
const healthPaths: Readonly<Record<string, { readonly port: string; readonly path: string }>> = {
  // https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--ready
  envoy: { port: "admin", path: "/ready" },
  // https://nginx.org/en/docs/http/ngx_http_stub_status_module.html
  nginx: { port: "http", path: "/status" },
};

/** A service that answers is asked at its port; a consumer runs the check of its image, which knows when it last polled. */
export function probesOf(service: Service): Pick<ContainerProps, "liveness" | "readiness" | "startup"> {
  const ask = probeOf(service);
  const period = Duration.seconds(10);
  const timeout = Duration.seconds(2);
  return {
    // Up to two minutes to start: the JVM of `ad` takes most of one on a busy node.
    startup: ask({ periodSeconds: Duration.seconds(5), timeoutSeconds: timeout, failureThreshold: 24 }),
    liveness: ask({ periodSeconds: period, timeoutSeconds: timeout, failureThreshold: 3 }),
    readiness: ask({ periodSeconds: Duration.seconds(5), timeoutSeconds: timeout, failureThreshold: 2 }),
  };
}

interface Rhythm {
  readonly periodSeconds: Duration;
  readonly timeoutSeconds: Duration;
  readonly failureThreshold: number;
}

function probeOf(service: Service): (rhythm: Rhythm) => Probe {
  const ports = portsOf(service);
  const health = healthPaths[service.language];
  const named = (name: string): NamedPort | undefined => ports.find((port) => port.name === name);
  const port = (health === undefined ? undefined : named(health.port)) ?? ports[0];
  if (port === undefined) return (rhythm) => Probe.fromCommand(["/app/healthcheck"], rhythm);
  if (port.protocol === "grpc") return (rhythm) => Probe.fromGrpc({ ...rhythm, port: port.port });
  if (port.protocol === "http")
    return (rhythm) => Probe.fromHttpGet(health?.path ?? "/healthz", { ...rhythm, port: port.port });
  return (rhythm) => Probe.fromTcpSocket({ ...rhythm, port: port.port });
}
