import { dashboardNameProblems } from "../../components/observability/dashboard-rules";
import { Problems, type Problem } from "../../components/core/problems";
import { namePrefixOf, type StackNames } from "../../components/core/stack-names";
import { repositoryNameProblems } from "../../components/images/repository-name";

/**
 * What is wrong with the names of the project and of the stack: AWS takes fewer of the names that follow from them than Pulumi does of
 * projects and stacks.
 *
 * @param images names of the images that repositories are created for
 */
export function nameProblems({ project, stack }: StackNames, images: readonly string[]): readonly Problem[] {
  // With a stack's name that is always taken, what is refused is the project's.
  const ofProject = formProblems(
    namePrefixOf({ project, stack: "dev" }),
    images,
    "The project's name, in Pulumi.yaml,",
    project,
  );
  return ofProject.length > 0
    ? ofProject
    : formProblems(namePrefixOf({ project, stack }), images, "The stack's name", stack);
}

function formProblems(
  namePrefix: string,
  images: readonly string[],
  property: string,
  got: string,
): readonly Problem[] {
  const refused = images.flatMap((image) => repositoryNameProblems(`${namePrefix}/${image}`));
  const named = refused.length === 0 && dashboardNameProblems(namePrefix).length === 0;
  const lowerCase =
    "lower-case letters and digits with - or _ between them: repositories and the dashboard are named after it";
  const problems = new Problems();
  problems.expect(named, property, lowerCase, got);
  return problems.all();
}
