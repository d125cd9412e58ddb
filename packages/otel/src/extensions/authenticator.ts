import type { Extension } from "../configuration/component.ts";
import { type PlainComponent, plainExtension } from "../configuration/plain.ts";

/** An extension that proves to a back end who the collector is: what an exporter may name. */
export interface ClientAuthenticator extends Extension {
  readonly provesIdentity: true;
}

/** An extension that asks senders who they are: what a receiver may name. */
export interface ServerAuthenticator extends Extension {
  readonly asksIdentity: true;
}

/**
 * An authenticator of a type that Plinth does not know, for exporters and receivers alike.
 *
 * @example
 * const token = plainAuthenticator({ type: "googleclientauth", options: { project: "shop" } });
 * otlpGrpc({ endpoint: "telemetry.googleapis.com:443", auth: token });
 */
export function plainAuthenticator(component: PlainComponent): ClientAuthenticator & ServerAuthenticator {
  return { ...plainExtension(component), provesIdentity: true, asksIdentity: true };
}
