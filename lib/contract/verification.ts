import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { answer, Asker, firstMessage, forkProcess } from './ipc.js';
import type { HostReport, RuleReport } from './report.js';
import type { Witness } from './scene.js';

/**
 * A server process and a client process that play the contract's rules between them.
 *
 * @example
 * await using verification = await Verification.start();
 * const report = await verification.run('IMP-3');
 */
export class Verification {
  readonly host: HostReport;
  readonly #process: ChildProcess;
  readonly #server: Asker;

  private constructor(process: ChildProcess, server: Asker, host: HostReport) {
    this.#process = process;
    this.#server = server;
    this.host = host;
  }

  /**
   * Starts both processes and connects them.
   *
   * @param env - The server process's environment.
   * @param witness - Asked at each look, after the others; what it sees must agree with them.
   * @throws Error - one of them ended before they were connected; what it said is on stderr.
   */
  static async start(env = process.env, witness?: Witness): Promise<Verification> {
    const child = forkProcess('./server-process.js', witness ? ['further-witness'] : [], env);
    const server = new Asker(child, 'server');
    if (witness !== undefined) answer(child, { look: witness });
    const host = await firstMessage<HostReport>(child, 'server');
    return new Verification(child, server, host);
  }

  /** Plays one rule. @throws Error - there is no such rule, or a process has ended. */
  run(ruleId: string): Promise<RuleReport> {
    return this.#server.ask('rule', ruleId);
  }

  /** Breaks one promise in the server process; `'none'` mends it. Only in the test build. */
  setFault(name: string): Promise<void> {
    return this.#server.ask('fault', name);
  }

  /** Collects the server process's garbage, for a measure of its memory. It needs `--expose-gc`. */
  collectGarbage(): Promise<void> {
    return this.#server.ask('collectGarbage');
  }

  /** Ends both processes. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    await this.#server.ask('close');
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
