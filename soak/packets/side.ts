// What both sides of this part have in common: pairs of a hostile process and the process that it
// attacks, one of which contains async-com and the other only COM.
import { testAddon, type Resources } from '#test/support/test-addon.js';

import type { Counts, Growth } from '../part.js';
import { GaveWay } from './programs.js';

/** Packets of a seed. The same numbers always give the same packets. */
export interface Packets {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}

/** What packets have led to. */
export interface Seen {
  /** How many reached the code behind COM. */
  readonly reached: number;
  readonly counts: Counts;
}

/** A hostile process, and the process that it attacks. */
export interface Attack {
  /** The id of the process that is attacked. */
  readonly pid: number;
  /**
   * Sends the packets, and then checks that the attacked process works and has kept nothing.
   *
   * @throws GaveWay - The process has ended, or does not answer.
   * @throws Error - Another promise of async-com did not hold.
   */
  attack(packets: Packets): Promise<Seen>;
  /** Returns which of the packets have a procedure number that no interface has. */
  procedures(packets: Packets): Promise<readonly number[]>;
  /** Returns a packet in words. */
  show(seed: number, index: number): Promise<string>;
  end(): Promise<void>;
  kill(): Promise<void>;
}

export interface Side {
  /** A word for counts: 'server'. */
  readonly name: string;
  startOurs(): Promise<Attack>;
  startPlain(): Promise<Attack>;
}

export interface Growths {
  readonly ours: Growth;
  readonly plain: Growth;
}

export interface Batch extends Seen {
  readonly growth: Growths | undefined;
}

/** The attacks on one side, and what follows when a process ends. */
export class RunningSide {
  readonly #side: Side;
  #ours: Attack | undefined;
  #plain: Attack | undefined;
  /** The processes that have been through a whole batch since they started. */
  readonly #warm = new Set<'ours' | 'plain'>();

  constructor(side: Side) {
    this.#side = side;
  }

  async start(): Promise<void> {
    this.#ours ??= await this.#side.startOurs();
    this.#plain ??= await this.#side.startPlain();
  }

  /**
   * Sends packets to both processes.
   *
   * @param beside - Whether the plain process gets them as well.
   * @throws Error - async-com's process gives way, and the plain one does not.
   */
  async run(packets: Packets, beside: boolean): Promise<Batch> {
    await this.start();
    const { name } = this.#side;
    const before = this.#measure();
    const [ours, plain] = await Promise.all([
      tried(this.#ours, packets),
      beside ? tried(this.#plain, packets) : undefined,
    ]);
    const counts: Record<string, number> = {};
    if (plain instanceof GaveWay) {
      counts[`plain ${name} gave way`] = 1;
      await this.#restart('plain');
    }
    if (ours instanceof GaveWay) {
      counts[`${name} gave way`] = 1;
      await this.#restart('ours');
      const host = plain instanceof GaveWay || (await this.#requireThatHostGivesWay(packets, ours));
      if (!host) counts[`${name} gave way, and did not again`] = 1;
      // What was counted has ended with the process.
      return { reached: 0, counts, growth: undefined };
    }
    let growth: Growths | undefined;
    if (beside && !(plain instanceof GaveWay)) {
      const after = this.#measure();
      if (before !== undefined && after !== undefined && this.#warm.size === 2) {
        growth = {
          ours: grown(before.ours, after.ours, packets.count),
          plain: grown(before.plain, after.plain, packets.count),
        };
      }
      this.#warm.add('plain');
    }
    this.#warm.add('ours');
    for (const [what, count] of Object.entries(ours.counts)) counts[`${name}: ${what}`] = count;
    const lavish = growth !== undefined && isLavish(growth);
    if (lavish) {
      counts[`${name}: batches with lengths that were believed`] = 1;
      if (growth !== undefined && growth.ours.bytes > lavishBytes)
        counts[`${name}: bytes kept`] = 1;
      if (growth !== undefined && growth.plain.bytes > lavishBytes) {
        counts[`plain ${name}: bytes kept`] = 1;
      }
    }
    await this.#replaceIfHuge();
    return { reached: ours.reached, counts, growth: lavish ? undefined : growth };
  }

  async end(): Promise<void> {
    await Promise.all([this.#ours?.end(), this.#plain?.end()]);
  }

  #measure(): { ours: Resources; plain: Resources } | undefined {
    if (this.#ours === undefined || this.#plain === undefined) return undefined;
    try {
      return {
        ours: testAddon.resourcesOf(this.#ours.pid),
        plain: testAddon.resourcesOf(this.#plain.pid),
      };
    } catch {
      return undefined; // a process has just ended
    }
  }

  async #restart(which: 'ours' | 'plain'): Promise<void> {
    this.#warm.delete(which);
    if (which === 'ours') {
      await this.#ours?.kill();
      this.#ours = undefined;
    } else {
      await this.#plain?.kill();
      this.#plain = undefined;
    }
  }

  /** Wine believes lengths in packets, and does not free all that it allocates for them. */
  async #replaceIfHuge(): Promise<void> {
    const now = this.#measure();
    if (now === undefined) return;
    if (now.ours.bytes > hugeBytes) await this.#restart('ours');
    if (now.plain.bytes > hugeBytes) await this.#restart('plain');
  }

  /**
   * Finds out whether the host gives way, or async-com. Sends the same packets to plain processes, and
   * then to new processes of async-com.
   *
   * @returns false if no process gave way again. What corrupts a heap does not always end a process: it
   *   depends on what lies there.
   * @throws Error - async-com gives way.
   */
  async #requireThatHostGivesWay(packets: Packets, why: GaveWay): Promise<boolean> {
    const { name } = this.#side;
    if (await this.#givesWayToProcedures(packets)) return true;
    for (let turn = 0; turn < 3; ++turn) {
      if (await givesWay(() => this.#side.startPlain(), packets)) return true;
    }
    let found = packets;
    if (!(await givesWay(() => this.#side.startOurs(), found))) return false;
    while (found.count > 1) {
      const half = Math.ceil(found.count / 2);
      const first = { ...found, count: half };
      const second = { ...found, first: found.first + half, count: found.count - half };
      if (await givesWay(() => this.#side.startOurs(), first)) found = first;
      else if (await givesWay(() => this.#side.startOurs(), second)) found = second;
      else break;
    }
    // A single packet that corrupts a heap shows it when it is repeated.
    const repeated = async (start: () => Promise<Attack>): Promise<boolean> => {
      if (found.count > 1) return false;
      for (let turn = 0; turn < 3; ++turn) {
        if (await givesWay(start, found, 200)) return true;
      }
      return false;
    };
    if (await repeated(() => this.#side.startPlain())) return true;
    const attack = await this.#side.startOurs();
    const packet = await attack.show(found.seed, found.first);
    await attack.kill();
    throw new Error(
      `the ${name} gives way (${why.message}) to ${inWords(found)}, and the plain one does not. ` +
        `The first of these packets: ${packet}`,
    );
  }

  /**
   * Wine looks up a procedure's number without a check (NdrStubCall2). What it then calls, in async-com
   * as well, depends on what lies behind the table: often it is the object's Release.
   */
  async #givesWayToProcedures({ seed, first, count }: Packets): Promise<boolean> {
    const attack = await this.#side.startOurs();
    try {
      for (const index of await attack.procedures({ seed, first, count })) {
        const one = { seed, first: index, count: 1 };
        if ((await tried(attack, one)) instanceof GaveWay) return true;
      }
      return false;
    } finally {
      await attack.kill();
    }
  }
}

/** Far more than a batch leaves: a length in a packet was believed. */
const lavishBytes = 64 * 2 ** 20;

const hugeBytes = 3 * 2 ** 30;

function isLavish({ ours, plain }: Growths): boolean {
  return ours.bytes > lavishBytes || plain.bytes > lavishBytes;
}

function grown(before: Resources, after: Resources, units: number): Growth {
  return {
    units,
    handles: after.handles - before.handles,
    threads: after.threads - before.threads,
    bytes: after.bytes - before.bytes,
  };
}

async function tried(attack: Attack | undefined, packets: Packets): Promise<Seen | GaveWay> {
  if (attack === undefined) throw new Error('no process was started');
  try {
    return await attack.attack(packets);
  } catch (error) {
    if (error instanceof GaveWay) return error;
    throw error;
  }
}

async function givesWay(
  start: () => Promise<Attack>,
  packets: Packets,
  times = 1,
): Promise<boolean> {
  const attack = await start();
  try {
    for (let turn = 0; turn < times; ++turn) {
      if ((await tried(attack, packets)) instanceof GaveWay) return true;
    }
    return false;
  } finally {
    await attack.kill();
  }
}

/**
 * @param exceptions - As `testAddon.exceptionsSeen()` returns them.
 * @throws GaveWay - One happened in async-com, and not in what the host does before or after.
 */
export function requireThatNoneIsOurs(exceptions: Counts): void {
  for (const place of Object.keys(exceptions)) {
    // The innermost of these two: COM's proxies and stubs, which read and free packets, or async-com.
    const whose = /rpcrt4\.dll|async_com\.node/i.exec(place)?.[0];
    if (whose === 'async_com.node') throw new GaveWay(`an exception in async-com: ${place}`);
  }
}

function inWords({ seed, first, count }: Packets): string {
  return `the packets ${String(first)} to ${String(first + count - 1)} of seed ${String(seed)}`;
}
