// The package comes without types.
declare module "asl-validator" {
  /** What is wrong with a state machine's definition. */
  export default function aslValidator(definition: unknown): { readonly isValid: boolean; readonly errors: unknown[] };
}
