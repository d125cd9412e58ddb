import { type MatcherValue, matching } from "@plinth/metrics";

/**
 * A matcher for routes: `*` stands for a part of a segment, `**` for any rest, `{id}` for itself. A span's name has the method before the route.
 *
 * @param method Whether the label holds `GET /points` as well as `/points`.
 */
export function routeMatcher(route: string, { method = false }: { readonly method?: boolean } = {}): MatcherValue {
  const pattern = route
    .split(/(\/\*\*|\*\*|\*)/)
    .map((part) => {
      if (part === "/**") return "(/.*)?";
      if (part === "**") return ".*";
      return part === "*" ? "[^/]*" : part.replace(/[\\.+?()|[\]{}^$]/g, "\\$&");
    })
    .join("");
  return matching(`${method ? "([A-Z]+ )?" : ""}${pattern}`);
}
