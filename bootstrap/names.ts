/**
 * What AWS accepts in the names and paths of roles, with a start that no option of a command has:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const NAME = /^[a-zA-Z0-9][\w.-]*$/;

/**
 * Accounts of an enterprise that manages its users end with `_` and its short code:
 * https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
const REPOSITORY = /^[a-zA-Z0-9][\w-]*\/(?!\.{1,2}$)(?!.*\.git$)[\w.-]+$/;

/** What the examples have, to be replaced. */
const PLACEHOLDER = /^your-organization(\/|$)/i;

export const NAME_FORM = "letters, digits and . _ -, with a letter or a digit first";
export const REPOSITORY_FORM = "OWNER/NAME of your repository, without .git or a wildcard";
export const ORGANIZATION_FORM = "your organization, as in app.pulumi.com/<organization>";

/** Whether a text can be the name of a project or a stack. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Whether a text names one repository on GitHub, and not the example's. */
export function ownRepository(text: string): boolean {
  return REPOSITORY.test(text) && !PLACEHOLDER.test(text);
}

/** Whether a text names one organization of Pulumi Cloud, and not the example's. */
export function ownOrganization(text: string): boolean {
  return isName(text) && !PLACEHOLDER.test(text);
}
