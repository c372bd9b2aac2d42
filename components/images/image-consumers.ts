import type * as pulumi from "@pulumi/pulumi";

/** The components that run an image, collected while the program runs. */
export class ImageConsumers {
  private readonly found: pulumi.Resource[] = [];
  private complete = false;

  /** `release` is called at the first consumer. Its argument resolves to all consumers after the program has run, because any line may use the image. */
  constructor(private readonly release: (consumers: Promise<pulumi.Resource[]>) => void) {}

  /**
   * Adds a consumer.
   *
   * @throws after the program has run: the release would not wait for this consumer
   */
  add(consumer: pulumi.Resource): void {
    if (this.complete)
      throw new Error("an image must be used while the program runs, not after an await or in an apply");
    if (this.found.push(consumer) === 1) this.release(this.all());
  }

  private async all(): Promise<pulumi.Resource[]> {
    await new Promise((resolve) => setImmediate(resolve));
    this.complete = true;
    return this.found;
  }
}
