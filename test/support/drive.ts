/** Uses a system in one way, and says what came of it. */
export type Drive = () => Promise<string>;

/** `done`, or what an error says. */
export async function outcome(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return "done";
  } catch (error) {
    return String(error);
  }
}
