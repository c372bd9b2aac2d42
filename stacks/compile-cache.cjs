// Node.js keeps what it compiles, in a folder below the machine's temporary one or in $NODE_COMPILE_CACHE, so the next
// run compiles only what has changed. Pulumi.yaml has it required before the program and Pulumi's SDK are loaded.
require("node:module").enableCompileCache();
