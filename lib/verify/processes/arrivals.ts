import type { ServerCall } from '../../server/server-call.js';
import type { ExpectedCall, HeldCall } from '../scene/scene-processes.js';

/**
 * Matches expected calls with calls that arrive. Each call has a ticket as its argument. The
 * handler of such a call returns only after the scene calls `letGo()`.
 */
export class Arrivals {
  readonly #expected = new Map<number, (call: ServerCall) => Promise<void>>();
  #lastTicket = 0;

  /** Returns a ticket for a call, and a promise of the call that arrives with it. */
  expect(): ExpectedCall {
    const ticket = ++this.#lastTicket;
    const arrived = new Promise<HeldCall>((resolve) => {
      this.#expected.set(ticket, (call) => {
        this.#expected.delete(ticket);
        return new Promise<void>((handlerReturns) => {
          resolve({
            call,
            letGo() {
              handlerReturns();
              return Promise.resolve();
            },
          });
        });
      });
    });
    return { ticket, arrived };
  }

  /**
   * Returns the call that `make` makes. Its `letGo()` also waits until the client has its answer.
   */
  async of(make: (ticket: number) => Promise<unknown>): Promise<HeldCall> {
    const { ticket, arrived } = this.expect();
    const answered = make(ticket).finally(() => this.#expected.delete(ticket));
    // The client's call may fail before it reaches the handler.
    const failed = answered.then(() => new Promise<never>(() => undefined));
    const { call, letGo } = await Promise.race([arrived, failed]);
    return {
      call,
      async letGo() {
        await letGo();
        await answered;
      },
    };
  }

  /** Handles such a call: the server's method `scene`. */
  handle(call: ServerCall, ticket: number): Promise<void> | undefined {
    return this.#expected.get(ticket)?.(call);
  }
}
