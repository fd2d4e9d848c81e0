import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { endProcess, type Remote, startProcess } from '../ipc/channel.js';
import type { ServerFunctions, VerifyingFunctions } from './processes/functions.js';
import type { ClientKind, HostReport, RuleReport } from './report/report.js';
import { sceneDeadline } from './scene/run-rule.js';
import type { Witness } from './scene/scene-processes.js';

/** How long the processes may take to end, in milliseconds. */
const endDeadline = 5000;

interface Processes {
  /** The server process. The other processes end with it. */
  readonly process: ChildProcess;
  readonly server: Remote<ServerFunctions>;
  readonly host: HostReport;
}

/**
 * A server process and a client process in which the rules of the contract are checked.
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
   * @param env - The environment of the server process.
   * @param witness - A further witness. It looks after the others, and must see what they see.
   * @param deadline - How long a rule may take, in milliseconds.
   * @param client - How the client calls.
   * @throws Error - One of the processes ended before they were connected. Its output is on stderr.
   */
  static async start(
    env = process.env,
    witness?: Witness,
    deadline = sceneDeadline,
    client: ClientKind = 'method-call',
  ): Promise<Verification> {
    const start = (): Promise<Processes> => startProcesses(env, witness, deadline, client);
    return new Verification(start, await start());
  }

  /** The machine, and the processes that run now. */
  get host(): HostReport {
    return this.#processes.host;
  }

  /**
   * Checks one rule. If the rule's scene does not end, this replaces the processes.
   *
   * @throws Error - There is no such rule, or a process has ended.
   */
  async run(ruleId: string): Promise<RuleReport> {
    const { report, ended } = await this.#processes.server.rule(ruleId);
    if (!ended) await this.#restart();
    return report;
  }

  /**
   * Breaks one promise in the server process. `'none'` repairs it. Only the test addon can do this.
   */
  async setFault(name: string): Promise<void> {
    await this.#processes.server.fault(name);
    this.#fault = name;
  }

  /**
   * Collects the garbage of the server process before its memory is measured. Needs `--expose-gc`.
   */
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

  async #restart(): Promise<void> {
    await endProcess(this.#processes.process, endDeadline);
    this.#processes = await this.#start();
    if (this.#fault !== undefined) await this.setFault(this.#fault);
  }
}

async function startProcesses(
  env: NodeJS.ProcessEnv,
  witness: Witness | undefined,
  deadline: number,
  client: ClientKind,
): Promise<Processes> {
  const args = [String(deadline), client, ...(witness ? ['further-witness'] : [])];
  const functions: VerifyingFunctions = { look: witness };
  const script = new URL('./processes/server-process.js', import.meta.url);
  const { process, remote, ready } = await startProcess<ServerFunctions, HostReport>(script, args, {
    name: 'the server process',
    env,
    functions,
  });
  return { process, server: remote, host: ready };
}
