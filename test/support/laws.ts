import { expect } from "chai";
import type { Deployment } from "./deploy";

/** The laws that hold for every component and for the whole program; see each for what it keeps out. */
export function expectLaws(up: Deployment<unknown>, preview: Deployment<unknown>): void {
  everyChildHasAComponent(up);
  childrenAreNamedAfterTheirParent(up);
  previewShowsWhatUpMakes(up, preview);
  outputsAreTheFields(up);
}

/** 1: a resource outside of any component is nobody's. */
function everyChildHasAComponent({ resources }: Deployment<unknown>): void {
  const components = new Set(
    resources.filter(({ custom, type }) => !custom && type !== "pulumi:pulumi:Stack").map(({ urn }) => urn),
  );
  // A provider is the program's: components are handed theirs.
  const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"));
  const orphans = made.filter(({ parent }) => !components.has(parent));
  expect(
    orphans.map(({ urn }) => urn),
    "resources without a component",
  ).to.deep.equal([]);
}

/** 2: logical names are a contract; a prefix keeps two components of one kind apart. */
function childrenAreNamedAfterTheirParent({ resources }: Deployment<unknown>): void {
  const nameOf = new Map(
    resources.map(({ urn, name, type }) => [urn, type === "pulumi:pulumi:Stack" ? "" : `${name}-`]),
  );
  const strangers = resources.filter(({ parent, name }) => !name.startsWith(nameOf.get(parent) ?? ""));
  expect(
    strangers.map(({ urn }) => urn),
    "children not named after their parent",
  ).to.deep.equal([]);
}

/** 3: what is created inside `apply` is missing from a preview. */
function previewShowsWhatUpMakes(up: Deployment<unknown>, preview: Deployment<unknown>): void {
  const urnsOf = ({ resources }: Deployment<unknown>) => resources.map(({ urn }) => urn).sort();
  expect(urnsOf(preview), "resources in the preview").to.deep.equal(urnsOf(up));
}

/** 4: what a component registers is what it shows. */
function outputsAreTheFields({ finished, resources }: Deployment<unknown>): void {
  for (const { component, outputs } of finished) {
    const fields = Object.keys(component).filter((field) => !field.startsWith("__") && field !== "urn");
    expect(Object.keys(outputs).sort(), `outputs of ${component.constructor.name}`).to.deep.equal(fields.sort());
  }
  const components = resources.filter(
    ({ custom, remote, type }) => !custom && !remote && type !== "pulumi:pulumi:Stack",
  );
  expect(finished.length, "components that registered their outputs").to.equal(components.length);
}
