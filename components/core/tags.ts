/** Tag keys to values. */
export type Tags = Readonly<Record<string, string>>;
