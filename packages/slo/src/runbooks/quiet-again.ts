/** What every page on a burning budget ends with. */
export const quietAgain =
  "The alert ends by itself a few minutes after the cause does. The budget that was used up stays used up until its events are older than the period: until then agree with whoever depends on the service what to ship.";
