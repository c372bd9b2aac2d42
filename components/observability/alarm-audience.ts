/** Who gets alarms. */
interface AlarmAudience {
  readonly production: boolean;
  /** Addresses that are subscribed to the alarms' topic. */
  readonly emails: readonly string[];
  /** Whether somebody subscribes to the topic by other means. */
  readonly subscribedElsewhere: boolean;
}

/** The warning where nobody would get production's alarms; undefined where somebody does. */
export function unheard({ production, emails, subscribedElsewhere }: AlarmAudience): string | undefined {
  if (!production || emails.length > 0 || subscribedElsewhere) return undefined;
  return (
    "alarms.emails is empty, so production's alarms reach nobody. " +
    'Add an address by `pulumi config set --path "alarms.emails[0]" you@example.com`, ' +
    "or subscribe to the topic (the output alarmTopicArn) yourself and set alarms.subscribedElsewhere to true."
  );
}
