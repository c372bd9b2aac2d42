import { readPassages, type VectorFiles } from "./vector-files";
import type { Passage } from "./passage";
import { LoadedVectorStore, type VectorStore } from "./vector-store";

/** Copies the vector files to the folder and reads them. */
export async function load(files: VectorFiles, folder: string, signal: AbortSignal): Promise<VectorStore> {
  const passages: Passage[] = [];
  for (const file of await files.copyTo(folder, signal)) {
    signal.throwIfAborted();
    passages.push(...(await readPassages(file)));
  }
  return new LoadedVectorStore(passages);
}
