import { z } from "zod";

/** An e-mail address by the browsers' rule, with a domain. */
export const EMAIL = new RegExp(`(?=^[^@]{1,64}@[^@]+\\.[^@.]+$)(?=^.{3,254}$)${z.regexes.html5Email.source}`);
