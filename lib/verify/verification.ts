import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { type Remote, startProcess } from './processes/channel.js';
import type { ServerFunctions, VerifyingFunctions } from './processes/functions.js';
import type { HostReport, RuleReport } from './report/report.js';
import { sceneDeadline } from './scene/run-rule.js';
import type { Witness } from './scene/stage.js';

/** How long processes may take to end that are told to, in milliseconds. */
const endDeadline = 5000;

interface Processes {
  /** The server's; the others end with it. */
  readonly process: ChildProcess;
  readonly server: Remote<ServerFunctions>;
  readonly host: HostReport;
}

/**
 * A server process and a client process that play the contract's rules between them.
 *
 * @example
 * await using verification = await Verification.start();
 * const report = await verification.run('IMP-3');
 */
export class Verification {
  readonly #start: () => Promise<Processes>;
  #processes: Processes;
  #fault: string | undefined;

  private constructor(start: () => Promise<Processes>, processes: Processes) {
    this.#start = start;
    this.#processes = processes;
  }

  /**
   * Starts both processes and connects them.
   *
   * @param env - The server process's environment.
   * @param witness - Asked at each look, after the others; what it sees must agree with them.
   * @param deadline - How long a rule may take, in milliseconds.
   * @throws Error - one of them ended before they were connected; what it said is on stderr.
   */
  static async start(
    env = process.env,
    witness?: Witness,
    deadline = sceneDeadline,
  ): Promise<Verification> {
    const start = (): Promise<Processes> => startProcesses(env, witness, deadline);
    return new Verification(start, await start());
  }

  /** The machine, and the processes as they are now. */
  get host(): HostReport {
    return this.#processes.host;
  }

  /**
   * Plays one rule. Where it did not come to an end, others take the place of the processes.
   *
   * @throws Error - there is no such rule, or a process has ended.
   */
  async run(ruleId: string): Promise<RuleReport> {
    const { report, ended } = await this.#processes.server.rule(ruleId);
    if (!ended) await this.#startAnew();
    return report;
  }

  /** Breaks one promise in the server process; `'none'` mends it. Only in the test build. */
  async setFault(name: string): Promise<void> {
    await this.#processes.server.fault(name);
    this.#fault = name;
  }

  /** Collects the server process's garbage, for a measure of its memory. It needs `--expose-gc`. */
  collectGarbage(): Promise<void> {
    return this.#processes.server.collectGarbage();
  }

  /** Ends both processes. */
  async close(): Promise<void> {
    const { process, server } = this.#processes;
    if (process.exitCode !== null) return;
    await server.close();
    const ended = once(process, 'exit');
    process.disconnect();
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #startAnew(): Promise<void> {
    await endNow(this.#processes.process);
    this.#processes = await this.#start();
    if (this.#fault !== undefined) await this.setFault(this.#fault);
  }
}

async function startProcesses(
  env: NodeJS.ProcessEnv,
  witness: Witness | undefined,
  deadline: number,
): Promise<Processes> {
  const args = [String(deadline), ...(witness ? ['further-witness'] : [])];
  const functions: VerifyingFunctions = { look: witness };
  const script = new URL('./processes/server-process.js', import.meta.url);
  const { process, remote, ready } = await startProcess<ServerFunctions, HostReport>(script, args, {
    name: 'the server process',
    env,
    functions,
  });
  return { process, server: remote, host: ready };
}

/** Ends a process whatever it is at, if it can by itself: what it wrote to the registry goes then. */
async function endNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill(), endDeadline);
  child.disconnect();
  await ended;
  clearTimeout(timer);
}
