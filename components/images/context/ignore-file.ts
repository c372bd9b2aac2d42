import * as fs from "node:fs";
import * as path from "node:path";
import { ContextError, withFile } from "./error";

/** The ignore file of a context, and its text. */
export interface IgnoreFile {
  readonly file: string;
  readonly content: Buffer;
}

/**
 * The ignore file that BuildKit would choose: the Dockerfile's own, `<Dockerfile>.dockerignore` beside it, wherever that is, or else `.dockerignore`
 * of the context (https://docs.docker.com/build/concepts/context/#filename-and-location). BuildKit never combines the two.
 *
 * @throws ContextError if the ignore file is a link that BuildKit would not follow
 */
export function ignoreFileOf(context: string, dockerfile: string, hasFrontend: () => boolean): IgnoreFile | undefined {
  const own = ignoreFile(path.dirname(dockerfile), `${path.basename(dockerfile)}.dockerignore`);
  // A frontend from an image can't distinguish an empty file from a missing one; BuildKit's built-in frontend can.
  const isOwn = own !== undefined && (own.content.length > 0 || !hasFrontend());
  return isOwn ? own : ignoreFile(context, ".dockerignore");
}

function ignoreFile(folder: string, name: string): IgnoreFile | undefined {
  const file = path.join(folder, name);
  return withFile(file, () => {
    if (isLink(file) && !isInside(folder, file))
      throw new ContextError("have an ignore file that is a file, or a relative link to one in the same folder", file);
    const isFile = fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
    return isFile ? { file, content: fs.readFileSync(file) } : undefined;
  });
}

function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** BuildKit sees nothing outside the folder, and resolves an absolute link from there. */
function isInside(folder: string, link: string): boolean {
  if (path.isAbsolute(fs.readlinkSync(link)) || !fs.existsSync(link)) return false;
  const [first] = path.relative(fs.realpathSync(folder), fs.realpathSync(link)).split(path.sep);
  return first !== "..";
}
