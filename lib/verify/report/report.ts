import type { Observation } from '../scene/observation.js';
import type { Rule, Source, Verdict } from '../rules/rule.js';

/** What came of one rule. */
export interface RuleReport {
  readonly id: string;
  readonly promise: string;
  readonly basis: Rule['basis'];
  readonly verdict: Verdict;

  /** Why it is not `'holds'`; `null` where it is. */
  readonly reason: string | null;

  /** The path that calls took to the server that has a call object; `null` where none came. */
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

/**
 * Whether COM is due to make the server's call objects, so that a call over the bridge is a fault:
 * on Windows always, for the server of a verification has its asynchronous interface registered.
 */
export function systemPathIsDue({
  wine,
  callFactoryOnProxies,
}: Pick<HostReport, 'wine' | 'callFactoryOnProxies'>): boolean {
  return wine === null || callFactoryOnProxies;
}

export interface Report {
  readonly host: HostReport;
  readonly rules: readonly RuleReport[];
}
