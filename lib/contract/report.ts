import type { Observation } from './observation.js';
import type { Rule, Source, Verdict } from './rule.js';

/** What came of one rule. */
export interface RuleReport {
  readonly id: string;
  readonly promise: string;
  readonly basis: Rule['basis'];
  readonly verdict: Verdict;

  /** Why it is not `'holds'`; `null` where it is. */
  readonly reason: string | null;

  /** The path its calls took; `null` where none came so far. */
  readonly path: 'system' | 'bridge' | null;
  readonly source: Source;
  readonly observations: readonly Observation[];
}

/** The machine that the rules were observed on. */
export interface HostReport {
  readonly windows: string;

  /** The version of Wine; `null` on Windows itself. */
  readonly wine: string | null;
  readonly node: string;
  readonly arch: string;

  /** Whether COM offers asynchronous calls on a proxy, and so the system path. */
  readonly callFactoryOnProxies: boolean;

  /** Ticks of `QueryPerformanceCounter` a second: the unit of every `time`. */
  readonly ticksPerSecond: number;
  readonly serverProcessId: number;
  readonly clientProcessId: number;
}

export interface Report {
  readonly host: HostReport;
  readonly rules: readonly RuleReport[];
}
