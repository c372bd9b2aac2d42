import { parseSettings } from "../../stacks/config/settings";
import { configOf } from "./stacks";

/** The thresholds that a stack has by default. */
export const DEFAULT_THRESHOLDS = parseSettings(configOf("prod"), "graviton-containers", "prod").alarms.thresholds;
