import type { ComponentResource } from "@pulumi/pulumi";

/** What Pulumi itself keeps on a component. */
const OWN = /^(__|urn$)/;

/**
 * A component's fields, to register as its outputs: what a component shows is listed once, where the fields are declared. Call it as
 * the constructor's last statement, `this.registerOutputs(fieldsOf(this))`.
 */
export function fieldsOf(component: ComponentResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(component).filter(([field]) => !OWN.test(field)));
}
