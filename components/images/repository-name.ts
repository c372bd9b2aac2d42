import { Problems, type Problem } from "../core/problems";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
/** The characters of a repository's name, for regular expressions; Docker's are the same. */
export const REPOSITORY_PATH = String.raw`${PART}(\/${PART})*`;
const REPOSITORY_NAME = new RegExp(`^(?=.{2,250}$)${REPOSITORY_PATH}$`);

/** Problems with the name of a repository; its cache repository's name is 6 characters longer. */
export function repositoryNameProblems(repositoryName: string): readonly Problem[] {
  const problems = new Problems();
  const allowed = "2-250 lower-case letters, digits and . _ - / between them";
  problems.expect(REPOSITORY_NAME.test(repositoryName), "repositoryName", allowed, repositoryName);
  return problems.all();
}
