/** How many bytes of a file are needed to know its processor. */
export const ELF_HEAD_BYTES = 20;

/** e_machine, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html, with the names that images use. */
const MACHINES: Readonly<Record<number, string>> = {
  3: "386",
  8: "mips",
  20: "ppc",
  21: "ppc64",
  22: "s390x",
  40: "arm",
  62: "amd64",
  183: "arm64",
  243: "riscv64",
  258: "loong64",
};

const PROGRAM = /^(usr\/)?s?bin\/[^/]+$/;
const LOADER = /^(usr\/)?lib(32|64|x32)?\/([^/]+\/)?ld(-[^/]+)?\.so(\.\d+)*$/;

const EXECUTABLE = 2;
const SHARED = 3;

/** The processor of a program or shared library; undefined if a file is neither, or for an unknown processor. */
export function processorOf(head: Buffer): string | undefined {
  if (head.length < ELF_HEAD_BYTES || head.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const read = (offset: number) => (head[5] === 2 ? head.readUInt16BE(offset) : head.readUInt16LE(offset));
  const type = read(16);
  return type === EXECUTABLE || type === SHARED ? MACHINES[read(18)] : undefined;
}

/**
 * Whether the system can't run without a file: a program in the system's folders, or the program loader. Only these show
 * the processor of a base image; toolchains and packages may contain files for other processors elsewhere.
 */
export function isSystemFile(path: string): boolean {
  return PROGRAM.test(path) || LOADER.test(path);
}
