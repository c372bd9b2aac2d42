// The grammar of https://github.com/distribution/reference/blob/v0.6.0/regexp.go
const PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const REFERENCE = new RegExp(`^(?:(${HOST})/)?(${PART}(?:/${PART})*)(?::(\\w[\\w.-]{0,127}))?(?:@(${DIGEST}))?$`);
const LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const LONGEST_PATH = 255;

/** Whether this is a valid image name for `FROM` and `COPY --from`. */
export function isImageName(name: string): boolean {
  if (/^[a-f0-9]{64}$/.test(name)) return false;
  const { host, path } = split(name);
  if (path.split(":")[0] !== path.split(":")[0]?.toLowerCase()) return false;
  const [, , repository = "", , digest] = REFERENCE.exec(`${host}/${path}`) ?? [];
  return repository !== "" && repository.length <= LONGEST_PATH && (digest === undefined || isDigest(digest));
}

/** A name without a host is Docker Hub's. */
function split(name: string): { host: string; path: string } {
  const hub = "docker.io";
  const slash = name.indexOf("/");
  if (slash === -1) return { host: hub, path: `library/${name}` };
  const first = name.slice(0, slash);
  const isHost = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  const host = isHost ? first.replace(/^index\.docker\.io$/, hub) : hub;
  const path = isHost ? name.slice(slash + 1) : name;
  return { host, path: host === hub && !path.includes("/") ? `library/${path}` : path };
}

function isDigest(digest: string): boolean {
  const [algorithm = "", hex = ""] = digest.split(":");
  return LENGTHS[algorithm] === hex.length && hex === hex.toLowerCase();
}
