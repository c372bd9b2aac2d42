import * as fc from "fast-check";

// The same random cases in every run, so that no change is refused for what it did not do; another seed looks for more.
fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 1) });
