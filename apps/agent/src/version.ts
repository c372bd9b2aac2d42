/** What every deck is marked with, and so what tells one deployed image from another. */
export const version = "1.0.0";
