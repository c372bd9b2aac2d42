import { settingsOf } from "./settings";

/** The thresholds that a stack has by default. */
export const DEFAULT_THRESHOLDS = settingsOf().alarms.thresholds;
