import { z } from "zod";

/** The form of an e-mail address, as browsers have it, below a domain. */
export const EMAIL = new RegExp(`(?=^[^@]{1,64}@[^@]+\\.[^@.]+$)(?=^.{3,254}$)${z.regexes.html5Email.source}`);
