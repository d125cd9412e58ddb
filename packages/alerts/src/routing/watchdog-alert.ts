/** The alert that always fires: as long as it arrives, the way from Prometheus to Alertmanager is open. */
export const watchdogAlert = "Watchdog";
