import "./pulumi-copy";
import type { ComponentResource } from "@pulumi/pulumi";

/** Fields that Pulumi itself sets on a component. */
const OWN = /^(__|urn$)/;

/**
 * A component's fields, to register as its outputs, so that outputs are listed only once, as fields. Call it in
 * the constructor's last statement: `this.registerOutputs(fieldsOf(this))`.
 */
export function fieldsOf(component: ComponentResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(component).filter(([field]) => !OWN.test(field)));
}
