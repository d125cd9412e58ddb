import type { ClientTls } from "../exporters/client-tls.ts";

/** How a back end that is given as `host:port` is spoken to: in plain text inside the cluster, by TLS everywhere else. */
export function protectionFor(hostAndPort: string): { readonly tls?: ClientTls } {
  const host = hostAndPort.replace(/:\d+$/, "");
  const inCluster = !host.includes(".") || /\.svc(\.cluster\.local)?$/.test(host);
  return inCluster ? { tls: "plaintext" } : {};
}
