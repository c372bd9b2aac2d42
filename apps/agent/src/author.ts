import { ConverseCommand, type BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";

/** Writes the Markdown of a deck about something. */
export interface Author {
  write(prompt: string): Promise<string>;
}

const instructions = [
  "You write slide decks in Markdown for Marp.",
  "Answer with the Markdown alone, in the language of the request.",
  "The first slide is a title: one line that starts with #.",
  "Separate slides by a line with three hyphens.",
  "Each further slide has one heading that starts with ## and three to five short bullets.",
  "Write at most twelve slides. Use no HTML and no images.",
].join(" ");

/** A model of Amazon Bedrock. */
export class BedrockAuthor implements Author {
  constructor(
    private readonly modelId: string,
    private readonly bedrock: Pick<BedrockRuntimeClient, "send">,
  ) {}

  async write(prompt: string): Promise<string> {
    const { output, stopReason } = await this.bedrock.send(
      new ConverseCommand({
        modelId: this.modelId,
        system: [{ text: instructions }],
        messages: [{ role: "user", content: [{ text: prompt }] }],
        inferenceConfig: { maxTokens: 4096, temperature: 0.2 },
      }),
    );
    const answer = (output?.message?.content ?? []).flatMap(({ text }) => (text === undefined ? [] : [text])).join("");
    const markdown = unfenced(answer.trim());
    if (markdown === "") throw new Error(`the model ended by ${stopReason ?? "no reason"} without a text`);
    return markdown;
  }
}

/** Models like to put their answer into a code block. */
function unfenced(answer: string): string {
  return /^```(?:markdown|md)?\n([\s\S]*?)\n```$/.exec(answer)?.[1] ?? answer;
}
