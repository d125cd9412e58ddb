import { idOf, type Options } from "../configuration/component.ts";
import type { ClientAuthenticator } from "../extensions/authenticator.ts";

/** `auth`: the extension that proves who the collector is. */
export function authOptions(auth: ClientAuthenticator | undefined): Options | undefined {
  return auth === undefined ? undefined : { authenticator: idOf(auth) };
}
