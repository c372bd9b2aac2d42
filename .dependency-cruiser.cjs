// Which folder may import which: one way only, so that a subject can be read, tested and published without those above it.
const ARROWS = {
  core: [],
  lambda: ["core"],
  storage: ["core"],
  observability: ["core"],
  agent: ["core"],
  network: ["core", "storage"],
  images: ["core", "storage"],
  fargate: ["core", "network"],
  inference: ["core", "lambda", "storage"],
};

const subjects = Object.entries(ARROWS).map(([subject, below]) => ({
  name: `${subject}-imports-${below.join("-and-") || "nothing-else"}`,
  comment: "CONTRIBUTING.md, Where things are",
  severity: "error",
  from: { path: `^components/${subject}/` },
  to: {
    path: "^(components|stacks|apps|lab|test|bench)/|^index[.]ts$",
    pathNot: `^components/(${[subject, ...below].join("|")})/`,
  },
}));

module.exports = {
  forbidden: [
    ...subjects,
    {
      name: "no-subject-without-arrows",
      comment: "A new folder of components has its row in ARROWS.",
      severity: "error",
      from: { path: "^components/[^/]+/", pathNot: `^components/(${Object.keys(ARROWS).join("|")})/` },
      to: {},
    },
    {
      name: "steps-run-alone",
      comment: "A step is a process of its own: the program only starts it, and both know its variables and its rules.",
      severity: "error",
      from: { path: "^(components|stacks)/", pathNot: "/steps/" },
      to: { path: "/steps/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "configuration-makes-nothing",
      comment: "Configuration is read before anything is created: it uses rules, not components.",
      severity: "error",
      from: { path: "^stacks/config/" },
      to: { path: "@pulumi/(aws|awsx|command|docker-build)/", reachable: true },
    },
    {
      name: "configuration-knows-no-stack",
      severity: "error",
      from: { path: "^stacks/config/" },
      to: { path: "^stacks/(?!config/)" },
    },
    {
      name: "stacks-import-components",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(apps|lab|test|bench)/|^index[.]ts$" },
    },
    {
      name: "bootstrap-imports-core",
      comment:
        "A project of its own, which an account has before any stack. It reports what is wrong with keys as stacks do.",
      severity: "error",
      from: { path: "^bootstrap/" },
      to: {
        path: "^(components|deployments|stacks|apps|lab|test|bench)/|^index[.]ts$",
        pathNot: "^components/core/|^stacks/config/(given|issues|key-list|key-path|placeholders|values)[.]ts$",
      },
    },
    {
      name: "deployments-imports-bootstrap-and-core",
      comment: "A project of its own, with other credentials than bootstrap/, whose roles it uses.",
      severity: "error",
      from: { path: "^deployments/" },
      to: {
        path: "^(bootstrap|components|stacks|apps|lab|test|bench)/|^index[.]ts$",
        pathNot: "^bootstrap/(keys|names|trust)[.]ts$|^components/core/",
      },
    },
    {
      name: "deployments-need-no-aws",
      comment: "It is applied with a Pulumi Cloud token, without AWS credentials.",
      severity: "error",
      from: { path: "^deployments/" },
      to: { path: "@pulumi/(aws|awsx|command|docker-build)/", reachable: true },
    },
    {
      name: "nothing-imports-bootstrap-or-deployments",
      severity: "error",
      from: { path: "^(components|stacks)/|^index[.]ts$" },
      to: { path: "^(bootstrap|deployments)/" },
    },
    {
      name: "no-cycle",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphan",
      severity: "error",
      from: { orphan: true, path: "^(components|stacks)/", pathNot: "/steps/" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^components/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
