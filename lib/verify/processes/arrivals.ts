import type { ServerCall } from '../../server/server-call.js';
import type { ExpectedCall, HeldCall } from '../scene/stage.js';

/**
 * Pairs calls that are expected with calls that arrive, by a ticket that the call carries. The handler
 * of such a call does not return before the scene lets it go.
 */
export class Arrivals {
  readonly #expected = new Map<number, (call: ServerCall) => Promise<void>>();
  #lastTicket = 0;

  /** A ticket for a call, and the call when it has arrived. */
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

  /** The call that `make` makes with the ticket. Letting it go also waits for the client's answer. */
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

  /** The server's method that takes such calls. */
  handle(call: ServerCall, ticket: number): Promise<void> | undefined {
    return this.#expected.get(ticket)?.(call);
  }
}
