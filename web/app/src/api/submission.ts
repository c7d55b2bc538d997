// A form handed in once, however often it is sent: one Idempotency-Key for one body until the server has
// answered. A body that went out without an answer is sent again as it was, before anything newer.
import { newKey } from "./client";
import { isWorthRetrying, Refusal } from "./refusal";

export interface Sent<Body> {
  key: string;
  body: Body;
}

export interface Done<Body, Answer> {
  answer: Answer;
  body: Body; // what was stored: not what was just handed in, where an older body was still unanswered
}

export type Send<Body, Answer> = (body: Body, key: string) => Promise<Answer>;

export class Submission<Body, Answer> {
  private unanswered: Sent<Body> | null;
  private running: Promise<Done<Body, Answer>> | null = null;

  // `unanswered`: what an earlier visit to this page sent without an answer; `keep` stores it.
  constructor(
    private readonly send: Send<Body, Answer>,
    unanswered: Sent<Body> | null = null,
    private readonly keep: (sent: Sent<Body> | null) => void = () => {},
  ) {
    this.unanswered = unanswered;
  }

  get pending(): Sent<Body> | null {
    return this.unanswered;
  }

  // A second click while the first is on its way gets the first one's answer.
  submit(body: Body): Promise<Done<Body, Answer>> {
    this.running ??= this.run(body).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(body: Body): Promise<Done<Body, Answer>> {
    const sent = this.unanswered ?? { key: newKey(), body };
    this.remember(sent);
    try {
      const answer = await this.send(sent.body, sent.key);
      this.remember(null);
      return { answer, body: sent.body };
    } catch (error) {
      // Without an answer, or with an accident (5xx), it may have been stored all the same. A refusal, and a
      // full queue, left nothing.
      const refused = error instanceof Refusal && (error.isBusy || !isWorthRetrying(error));
      if (refused) this.remember(null);
      throw error;
    }
  }

  private remember(sent: Sent<Body> | null): void {
    this.unanswered = sent;
    this.keep(sent);
  }
}
