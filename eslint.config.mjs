import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const infrastructure = ["index.ts", "bootstrap/**/*.ts", "components/**/*.ts", "deployments/**/*.ts", "stacks/**/*.ts"];

// Services of a team's own have checks of their own.
const samples = ["agent", "command", "query", "vendor-api", "vision"];
const ownApps = ["apps/*/", ...samples.map((app) => `!apps/${app}/`)];

export default tseslint.config(
  {
    ignores: ["**/node_modules/", "**/dist/", ".lab*/", ".staging/", "lab/offline-pulumi/plugins/checks/", ...ownApps],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: "./tsconfig.json" } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_" }],
    },
  },
  {
    files: infrastructure,
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/prefer-nullish-coalescing": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      // The package's index loads every service of AWS, and a second of every run with them.
      "no-restricted-imports": [
        "error",
        {
          paths: ["@pulumi/aws", "@pulumi/awsx", "@pulumi/command"].map((name) => ({
            name,
            message: `Import a part of it, as in ${name}/<part>.`,
          })),
        },
      ],
      // What AWS names by its partition comes from components/core/partition.ts, so that a further one is a change of that file.
      "no-restricted-syntax": [
        "error",
        ...["Literal[value=PARTITION]", "TemplateElement[value.raw=PARTITION]", "Literal[regex.pattern=PARTITION]"].map(
          (selector) => ({
            selector: selector.replace("PARTITION", String.raw`/arn:aws|amazonaws|console\.aws|\.on\.aws/`),
            message: "Use what components/core/partition.ts exports.",
          }),
        ),
      ],
      "max-lines": ["error", { max: 200 }],
      "max-lines-per-function": ["error", { max: 40 }],
      "max-depth": ["error", 2],
    },
  },
  { files: ["components/core/partition.ts"], rules: { "no-restricted-syntax": "off" } },
  {
    // One reader of configuration in each program.
    files: infrastructure,
    ignores: ["stacks/config/config.ts", "bootstrap/keys.ts", "components/*/steps/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Configuration is read in stacks/config/config.ts." },
        { object: "pulumi", property: "Config", message: "Configuration is read in stacks/config/config.ts." },
        { object: "pulumi", property: "getStack", message: "Configuration is read in stacks/config/config.ts." },
      ],
    },
  },
  {
    // Tests read what the mocks recorded, which has no type.
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);
