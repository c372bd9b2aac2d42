/** What AWS accepts in the names and paths of roles: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const NAME = /^[a-zA-Z0-9][\w.-]*$/;

const REPOSITORY = /^[a-zA-Z0-9][a-zA-Z0-9-]*\/[\w.-]+$/;

/** What the examples have, to be replaced. */
const PLACEHOLDER = "your-organization";

export const NAME_FORM = "letters, digits and . _ -, without a wildcard";
export const REPOSITORY_FORM = "OWNER/NAME of your repository, without a wildcard";
export const ORGANIZATION_FORM = "your organization, as in app.pulumi.com/<organization>";

/** Whether a text can be the name of a project or a stack. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Whether a text names one repository on GitHub, and not the example's. */
export function ownRepository(text: string): boolean {
  return REPOSITORY.test(text) && !text.startsWith(`${PLACEHOLDER}/`);
}

/** Whether a text names one organization of Pulumi Cloud, and not the example's. */
export function ownOrganization(text: string): boolean {
  return isName(text) && text !== PLACEHOLDER;
}
