import type { Observation, Recorded } from '../scene/observation.js';
import type { Rule, Source, Verdict } from '../rules/rule.js';

/** The result of one rule. */
export interface RuleReport {
  readonly id: string;
  readonly promise: string;
  readonly basis: Rule['basis'];
  readonly verdict: Verdict;

  /** Why the verdict is not `'holds'`. `null` if it is `'holds'`. */
  readonly reason: string | null;

  /**
   * The path that calls took to the server with a call object. `null` if no call arrived. On a double
   * of COM ({@link HostReport.double}) it is `'double'`, unless a call took the bridge.
   */
  readonly path: 'system' | 'bridge' | 'double' | null;
  readonly source: Source;
  readonly observations: readonly Observation[];

  /** What was seen and is not judged, because nothing promises it. */
  readonly recorded: readonly Recorded[];
}

/**
 * How the client calls: through `IMethodCall`, the interface of async-com, or through `IDispatch`, as
 * automation clients do. Calls through `IDispatch` always take the bridge.
 */
export type ClientKind = 'method-call' | 'automation';

/** The machine that the rules were observed on. */
export interface HostReport {
  readonly windows: string;

  /** The version of Wine. `null` on Windows. */
  readonly wine: string | null;
  readonly node: string;
  readonly arch: string;

  /**
   * The side of a call on which a double of COM stands in for Windows. `null` if there is no double.
   * Only the test addon has one. What holds on a double says nothing about Windows.
   */
  readonly double: 'server' | null;

  readonly client: ClientKind;

  /** Whether COM offers asynchronous calls on a proxy, and therefore the system path. */
  readonly callFactoryOnProxies: boolean;

  /** Ticks of `QueryPerformanceCounter` in a second. Every `time` is in ticks. */
  readonly ticksPerSecond: number;
  readonly serverProcessId: number;
  readonly clientProcessId: number;
}

/**
 * Returns whether COM must make the server's call objects, so that a call over the bridge is a
 * fault. On Windows it always must, because a verification registers its asynchronous interface.
 * On a double of COM the double must.
 */
export function systemPathIsDue({
  wine,
  callFactoryOnProxies,
  double,
  client,
}: Pick<HostReport, 'wine' | 'callFactoryOnProxies' | 'double' | 'client'>): boolean {
  if (client === 'automation') return false;
  return wine === null || callFactoryOnProxies || double !== null;
}

/**
 * Labels a report of a rule that was played on a double of COM, so that nobody takes it for a report
 * about Windows.
 */
export function onDouble(report: RuleReport): RuleReport {
  return report.path === 'bridge' ? report : { ...report, path: 'double' };
}

export interface Report {
  readonly host: HostReport;
  readonly rules: readonly RuleReport[];
}
