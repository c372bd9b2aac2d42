/** What the health check reports, and so what tells one deployed image from another. */
export const version = "1.0.0";
